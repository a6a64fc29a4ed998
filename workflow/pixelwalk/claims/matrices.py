"""Convolutions as Toeplitz matrices, and what holds of such matrices (2, 9 and 10)."""

import itertools

import numpy as np

from pixelwalk import ledger
from pixelwalk.claims import circulants, convergence, invertible, limits
from pixelwalk.matrices import convolution, nearest

# Largest relative difference of single and double precision, over a few layers.
_AGREED = 1e-5


def measure(rows, columns, taps, draws, sizes, stream):
    """Measure all that the claims of sections 2, 9 and 10 on matrices need.

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
    dict
        The datasets of kind `matrices`.
    """
    symbols = stream.normal(size=(2, draws, 2 * (taps // 2) + 1))
    return {
        "sizes": np.array(sizes),
        **examples(rows, columns, taps),
        **structure(rows, columns, taps, draws, stream),
        **circulants.lattices(rows, columns),
        **circulants.algebra(rows, columns, draws, stream),
        **invertible.singular(),
        **limits.limits(*symbols, sizes),
        **limits.special(sizes),
        **limits.spectrum(*symbols[:, 0], sizes),
    }


def examples(rows, columns, taps):
    """Make matrices to be looked at, of filters that number their taps from 1.

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
    names, found = [], []
    for (grid, shape), padding, stride in itertools.product(
        (("line", (rows * columns,)), ("image", (rows, columns))),
        convolution.PADDINGS,
        (1, 2),
    ):
        kernels = stream.integers(1, 10, (draws, *len(shape) * [taps]))
        out = convolution.output_shape(kernels.shape[1:], shape, padding, stride)
        names.append(f"{grid}, {padding}, stride {stride}")
        found.append(
            max(
                _from_toeplitz(
                    convolution.matrix(k, shape, padding, stride), out, shape
                )
                for k in kernels
            )
        )
    line = (rows * columns,)
    kernels = stream.integers(1, 10, (draws, taps, 2, 2))
    matrices = [convolution.matrix(kernel, line, "same") for kernel in kernels]
    mixed = max(_from_toeplitz(m, (2 * line[0],), (2 * line[0],)) for m in matrices)
    return {
        "layers": names,
        "toeplitz_distance": np.array(found),
        "channels_distance": mixed,
    }


def _from_toeplitz(matrix, out, shape):
    dense = matrix.toarray()
    return nearest.distance(dense, nearest.toeplitz(dense, out, shape))


def judge(convolutions, matrices):
    """Judge the claims on matrices.

    Parameters
    ----------
    convolutions : object
        Results of `networks.convolution.compare`.
    matrices : object
        Results of `measure`.

    Returns
    -------
    list of dict
        Seven entries of the ledger, without `evidence`, in the order of the paper.
    """
    return [
        judge_convolution(convolutions, matrices),
        circulants.judge_lattice(matrices),
        circulants.judge_product(matrices),
        circulants.judge_inverse(matrices),
        convergence.judge_product(matrices),
        convergence.judge_circulant(matrices),
        invertible.judge(matrices),
    ]


def judge_convolution(convolutions, matrices):
    """Judge whether convolutional layers multiply by Toeplitz matrices."""
    distances = dict(
        zip(matrices.layers, matrices.toeplitz_distance.tolist(), strict=True)
    )
    plain = [value for name, value in distances.items() if name.endswith("stride 1")]
    strided = [value for name, value in distances.items() if name.endswith("stride 2")]
    differences = convolutions.difference.tolist()
    dead = np.equal(convolutions.active, 0)
    measured = {
        "relative difference from Keras": dict(
            zip(convolutions.networks, differences, strict=True)
        ),
        "distance from Toeplitz, stride 1": max(plain),
        "distance from Toeplitz, stride 2": max(strided),
        "distance from Toeplitz, two channels": float(matrices.channels_distance),
    }
    entry = ledger.claim(
        "convolution-is-toeplitz",
        "2",
        "A convolutional layer multiplies its input by a banded Toeplitz matrix, adds "
        "a bias and applies an activation.",
        None,
        measured,
        "supported if networks of convolutional layers with ReLU in Keras and through "
        f"matrices differ by at most {_AGREED:g} of the largest output in every case "
        "(not measured if one gives only zeros), and every matrix of one channel and "
        "stride 1 is Toeplitz (on images: doubly block Toeplitz) exactly; else refuted",
        ledger.supported(max(differences) <= _AGREED and max(plain) == 0),
        "Keras computes in single precision, whose spacing is 1.2e-7. With a stride "
        "above 1 the matrix is not Toeplitz itself but has some of the rows of one, "
        "and with several channels it has a Toeplitz matrix for every pair of them.",
    )
    if dead.any() and entry["verdict"] == "supported":
        names = ", ".join(np.array(convolutions.networks)[dead])
        reason = (
            f"All outputs are zero, on both ways, of: {names}. Name more draws, or "
            "another seed."
        )
        return ledger.not_measured(entry, reason)
    return entry
