"""Measure how local the best circulant matrix from one image to another is."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph
from studies.programme import closed_form
from studies.programme.kinds import Filters

import numpy as np

#: Largest share of the pixels in a small window.
SMALL = 0.1

#: Pairs of images, of input and target.
PAIRS = 200

# Fourier coefficients below this share of the largest are 0.
_ROUNDING = 1e-10


def best_filters(inputs, targets):
    """Return the filter of the least-squares W from all shifts of an image to another.

    Shifts are cyclic, along rows and columns, so W is block-circulant: a cyclic
    convolution whose Fourier coefficients are those of the target over those of the
    input (section 10).

    Parameters
    ----------
    inputs, targets : ndarray of float, shape (pairs, rows, columns)

    Returns
    -------
    ndarray of float64, shape (pairs, rows, columns)
        Of least norm where the input has coefficients of 0.
    """
    axes = (1, 2)
    before, after = (np.fft.fft2(images, axes=axes) for images in (inputs, targets))
    sizes = np.abs(before)
    kept = sizes > _ROUNDING * sizes.max(axis=axes, keepdims=True)
    ratio = np.divide(after, before, out=np.zeros_like(after), where=kept)
    return np.fft.ifft2(ratio, axes=axes).real


def window(shape):
    """Return the side of the largest odd square window of at most `SMALL` of an image.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns.

    Returns
    -------
    int
        Pixels; at least 1.
    """
    side = int(np.sqrt(SMALL * shape[0] * shape[1]))
    return max(1, min(side - (side + 1) % 2, *shape))


def taps_within(filters, side):
    """Return the share of the absolute weight in the best window of each filter.

    Parameters
    ----------
    filters : ndarray of float, shape (filters, rows, columns)
        On a grid with cyclic distances.
    side : int
        Side of the window, pixels.

    Returns
    -------
    ndarray of float64, shape (filters,)
        0 to 1; nan for a filter of zeros.
    """
    sizes = np.abs(filters)
    for axis in (1, 2):
        sizes = sum(np.roll(sizes, step, axis) for step in range(side))
    total = np.abs(filters).sum(axis=(1, 2))
    most = sizes.max(axis=(1, 2))
    return np.divide(most, total, out=np.full(len(total), np.nan), where=total > 0)


def measure_filters(images, stream):
    """Measure the locality of filters between random images, and permuted ones.

    Parameters
    ----------
    images : ndarray of float, shape (n, rows, columns)
    stream : numpy.random.Generator
        Draws pairs of different images, and permutations of the pixels of each.

    Returns
    -------
    Filters
    """
    count = min(PAIRS, len(images) // 2)
    chosen = images[stream.choice(len(images), 2 * count, replace=False)]
    flat = chosen.reshape(2 * count, -1)
    permuted = stream.permuted(flat, axis=1).reshape(chosen.shape)
    side = window(images.shape[1:])
    shares = [
        taps_within(best_filters(both[:count], both[count:]), side)
        for both in (chosen, permuted)
    ]
    return Filters(side=side, pixels=flat.shape[1], shares=np.array(shares))


if __name__ == "__main__":
    with stages.logged(snakemake):
        seed = snakemake.params.seed
        graph = storage.read(snakemake.input.graph, Graph)
        label = storage.origin(graph.attributes)["settings"].get("label", "any")
        pixels, source = storage.read_pixels(snakemake.input.images, label=label)
        values = closed_form.pixel_values(pixels).reshape(pixels.shape)
        storage.write(
            snakemake.output.filters,
            measure_filters(
                values, seeds.generator(seed, "filters", snakemake.wildcards.name)
            ),
            settings={"images": source["settings"]},
            source=graph.attributes,
            seed=seed,
        )
