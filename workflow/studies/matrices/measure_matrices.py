"""Measure Toeplitz and circulant matrices: examples, products, inverses and limits."""

import itertools

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import convolution, nearest
from studies.matrices import bias, circulants, kinds, limits, numbering

import numpy as np


def measure(rows, columns, taps, draws, sizes, stream):
    """Measure the matrices of convolutions and lattices, and matrices that grow.

    Parameters
    ----------
    rows, columns : int
        Size of images and lattices.
    taps : int
        Side of the filters, pixels.
    draws : int
        Random filters and matrices of each kind.
    sizes : sequence of int
        n of the growing matrices, ascending.
    stream : numpy.random.Generator

    Returns
    -------
    kinds.Matrices
    """
    symbols = stream.normal(size=(2, draws, 2 * (taps // 2) + 1))
    return kinds.Matrices(
        sizes=np.array(sizes),
        **examples(rows, columns, taps),
        **structure(rows, columns, taps, draws, stream),
        **circulants.lattices(rows, columns),
        **numbering.numberings(rows, columns),
        **circulants.algebra(rows, columns, draws, stream),
        **circulants.singular(),
        **limits.limits(*symbols, sizes),
        **limits.special(sizes),
        **limits.spectrum(*symbols[:, 0], sizes),
        **bias.biases(columns, taps, draws, stream),
    )


def examples(rows, columns, taps):
    """Build matrices for the figure, of filters whose taps are 1, 2, 3, ...

    Parameters
    ----------
    rows, columns : int
        Of the image; the line has as many sites as a row.
    taps : int
        Side of the filters.

    Returns
    -------
    dict of scipy.sparse.csr_array
        `valid`, `same` and `circular`, on the line; `image`, with padding `same`.
    """
    line = np.arange(1.0, taps + 1)
    square = np.arange(1.0, taps**2 + 1).reshape(taps, taps)
    return {
        padding: convolution.matrix(line, (columns,), padding)
        for padding in convolution.PADDINGS
    } | {"image": convolution.matrix(square, (rows, columns), "same")}


def structure(rows, columns, taps, draws, stream):
    """Measure how far the matrices of convolutions are from Toeplitz.

    The filters hold whole numbers, whose means are exact: 0 is 0.

    Parameters
    ----------
    rows, columns, taps, draws, stream
        As in `measure`.

    Returns
    -------
    dict
        `layers`: names, every padding on line and image with strides 1 and 2.
        `toeplitz_distance`, shape (layers,): largest relative distance from (doubly
        block) Toeplitz over the filters. `channels_distance`: the same for two channels
        in and out, on the line, without stride.
    """
    names, distances = [], []
    for (grid, shape), padding, stride in itertools.product(
        (("line", (rows * columns,)), ("image", (rows, columns))),
        convolution.PADDINGS,
        (1, 2),
    ):
        kernels = stream.integers(1, 10, (draws, *len(shape) * [taps]))
        out = convolution.output_shape(kernels.shape[1:], shape, padding, stride)
        matrices = (convolution.matrix(k, shape, padding, stride) for k in kernels)
        names.append(f"{grid}, {padding}, stride {stride}")
        distances.append(max(_from_toeplitz(m, out, shape) for m in matrices))
    line = (rows * columns,)
    kernels = stream.integers(1, 10, (draws, taps, 2, 2))
    matrices = [convolution.matrix(kernel, line, "same") for kernel in kernels]
    mixed = max(_from_toeplitz(m, (2 * line[0],), (2 * line[0],)) for m in matrices)
    return {
        "layers": names,
        "toeplitz_distance": np.array(distances),
        "channels_distance": mixed,
    }


def _from_toeplitz(matrix, out, shape):
    """Relative distance from the nearest (doubly block) Toeplitz matrix."""
    dense = matrix.toarray()
    return nearest.distance(dense, nearest.toeplitz(dense, out, shape))


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        matrices = measure(
            settings["rows"],
            settings["columns"],
            settings["filter"],
            settings["draws"],
            settings["sizes"],
            seeds.generator(seed, "matrices", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.matrices,
            matrices,
            settings=settings,
            seed=seed,
            libraries=["scipy"],
        )
