"""Measure how far the best linear maps are from stochastic matrices."""

from pixelwalk.matrices import circulant, shifts

import numpy as np

#: Most pairs of images.
PAIRS = 30

# Sums below this share of the absolute weight are rounding.
_ROUNDING = 1e-12


def likeness(images, stream):
    """Measure the best map of pairs of images, and of the same with permuted pixels.

    Parameters
    ----------
    images : sequence of ndarray of float, shape ``shape``
        Two or more; no image is in two pairs.
    stream : numpy.random.Generator
        Chooses the pairs, and permutes pixels, for each image anew.

    Returns
    -------
    dict of ndarray, shape (2, pairs)
        For the images and for permuted ones: `negative`, `row_spread` and
        `column_spread`, as `measure` gives them.
    """
    order = stream.permutation(len(images))[: 2 * min(PAIRS, len(images) // 2)]
    rows = []
    for first, second in order.reshape(-1, 2):
        pair = images[first], images[second]
        mixed = [stream.permuted(one) for one in pair]
        maps = (circulant.dense(shifts.optimum(*two)) for two in (pair, mixed))
        rows.append([measure(matrix) for matrix in maps])
    names = ("negative", "row_spread", "column_spread")
    table = np.array(rows).reshape(-1, 2, len(names))
    return dict(zip(names, table.transpose(2, 1, 0), strict=True))


def measure(matrix):
    """Measure how far a matrix is from a stochastic one, up to a positive factor.

    Returns
    -------
    negative : float
        Share of the negative entries in the sum of absolute values.
    row_spread, column_spread : float
        Largest less smallest sum over a row (column), over the largest absolute value
        of such a sum; 2 at most, and 0 if all are zero but for rounding.
    """
    size = np.abs(matrix).sum() or 1
    spreads = []
    for sums in (matrix.sum(axis=1), matrix.sum(axis=0)):
        largest = np.abs(sums).max()
        zero = largest <= _ROUNDING * size / len(matrix)
        spreads.append(0.0 if zero else float(np.ptp(sums) / largest))
    return float(-matrix[matrix < 0].sum() / size), *spreads
