"""Measure how many of the shifts a map must learn from, by the number of pixels n."""

from pixelwalk.compute import bits
from pixelwalk.matrices import circulant, nearest, shifts, sources

import numpy as np

#: Share of the shifts that is left out.
SHARE = 0.1

# Pairs of images for each n, the range of n, and the sides of windows of spins.
_PAIRS, _FEWEST, _MOST = 10, 16, 400
_SIDES = (4, 5, 7, 10, 14, 20)


def pairs(pixels, settings, stream):
    """Choose pairs of images at several sizes.

    Spins are taken from windows in a corner of the lattice. Grey images are reduced to
    fewer pixels, in as many ways as give from 16 to 400.

    Parameters
    ----------
    pixels : bits.Packed (spins) or ndarray of uint8 (grey), shape (n, rows, columns)
    settings : mapping
        Setting `shifts` of the entry.
    stream : numpy.random.Generator

    Returns
    -------
    list of ndarray of float, shape (pairs, 2, ...)
        For each n, ascending; with other pairs at each.
    """
    sizes = []
    for cut in _cuts(pixels):
        chosen = [
            stream.choice(len(pixels), 2, replace=len(pixels) < 2)
            for _ in range(_PAIRS)
        ]
        images = [[cut(sources.numbers(pixels, i)) for i in two] for two in chosen]
        whole = np.array(images)
        line = settings["shifts"] == "line"
        sizes.append(whole.reshape(_PAIRS, 2, -1) if line else whole)
    return sizes


def _cuts(pixels):
    """Return functions that make an image smaller, the smallest result first."""
    rows, columns = pixels.shape[1:]
    if isinstance(pixels, bits.Packed):
        sides = [side for side in _SIDES if side <= min(rows, columns)]
        return [lambda image, side=side: image[:side, :side] for side in sides]
    by_size = {}
    for side in range(min(rows, columns), 0, -1):
        size = (rows // side) * (columns // side)
        if _FEWEST <= size <= _MOST:
            by_size[size] = lambda image, side=side: sources.reduced(image, side)
    return list(by_size.values())


def law(images, stream):
    """Measure how far maps from all but some of the shifts are from a convolution.

    Parameters
    ----------
    images : list of ndarray of float, shape (pairs, 2, ...)
        As `pairs` gives them.
    stream : numpy.random.Generator
        Chooses the shifts that are left out, and permutes pixels.

    Returns
    -------
    dict of ndarray
        `law_sizes`, shape (sizes,): n. Relative distances of the least-squares map from
        the nearest circulant matrix, shape (sizes, pairs): `law_tenth` with a tenth of
        the shifts left out (interpolated between whole numbers of shifts),
        `law_permuted` the same for images with permuted pixels, `law_one` with one
        left out, and `law_none` with none.
    """
    table = [
        [_distances(source, target, stream) for source, target in two] for two in images
    ]
    names = ("law_tenth", "law_permuted", "law_one", "law_none")
    count = len(images[0]) if images else 0
    columns = np.reshape(table, (len(images), count, len(names)))
    sizes = np.array([two[0, 0].size for two in images])
    return {"law_sizes": sizes} | dict(
        zip(names, np.moveaxis(columns, -1, 0), strict=True)
    )


def _distances(source, target, stream):
    order = stream.permutation(source.size)
    permuted = stream.permuted(source), stream.permuted(target)
    return (
        without(source, target, order, SHARE * source.size),
        without(*permuted, order, SHARE * source.size),
        without(source, target, order, 1),
        without(source, target, order, 0),
    )


def without(source, target, order, count):
    """Return the distance from circulant of the map without the last shifts in order.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
    order : ndarray of int, shape (n,)
        All shifts.
    count : float
        How many of them are left out; between whole numbers, the distances are
        interpolated.

    Returns
    -------
    float
    """
    inputs, targets = map(circulant.dense, (source, target))
    numbers = np.unique([np.floor(count), np.ceil(count)]).astype(int)
    distances = []
    for number in numbers:
        kept = order[: len(order) - number]
        learned = shifts.least_squares(inputs[:, kept], targets[:, kept])
        distances.append(nearest.from_circulant(learned, source.shape))
    return float(np.interp(count, numbers, distances))
