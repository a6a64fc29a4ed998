"""The weight of every pair of pixels, averaged over images (section 11).

A pair's weight is the mean over all images of a function of the two values. Counts and
sums of products are kept exactly (integers below 2**53), so the result does not depend
on the order or the number of blocks.
"""

import numba
import numpy as np

#: Kinds of weight; `x` and `y` are the values of two pixels in one image.
KINDS = {
    "coactivation": "1 if x and y are both above the level",
    "same-state": "1 if x and y are both above the level, or both not",
    "same-value": "1 if x = y and both are above the level",
    "product": "x y",
    "correlation": "x y, less the product of the means if centred",
}

# Images in a block: float32 counts are exact to 2**24, so far more would do.
_BLOCK = 4096


def pair_weights(pixels, kind, *, level=0, centred=False, square=False, diagonal=True):
    """Average the weight of every pair of pixels over images.

    Parameters
    ----------
    pixels : ndarray of int, shape (images, ...)
        Grey values (0 to 255) or spins (-1, +1).
    kind : str
        One of `KINDS`.
    level : int
        A pixel is on if its value is above this; ignored by product and correlation.
    centred : bool
        For `correlation`: subtract the product of the two means (covariance, the
        connected correlation).
    square : bool
        Square every weight in the end.
    diagonal : bool
        Keep the weight of a pixel with itself; else it is 0.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Symmetric; N is the number of pixels of an image.

    Raises
    ------
    ValueError
        If there are no images or the kind is unknown.
    """
    if len(pixels) == 0:
        raise ValueError("expected at least one image to average over, got none")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {tuple(KINDS)}, got {kind!r}")
    flat = np.asarray(pixels).reshape(len(pixels), -1)
    weights = _SUMS[kind](flat, level)
    if kind == "correlation" and centred:
        total = flat.sum(axis=0, dtype=float)
        # One exact difference of integers, and only then a division.
        weights = (len(flat) * weights - np.outer(total, total)) / len(flat)
    weights /= len(flat)
    if square:
        np.square(weights, out=weights)
    if not diagonal:
        np.fill_diagonal(weights, 0)
    return weights


def _gram(values, dtype):
    """Sum over images of the products of every two columns."""
    total = np.zeros((values.shape[1],) * 2)
    for start in range(0, len(values), _BLOCK):
        block = values[start : start + _BLOCK].astype(dtype)
        total += block.T @ block
    return total


def _coactivation(flat, level):
    return _gram(flat > level, np.float32)


def _same_state(flat, level):
    on = flat > level
    often = on.sum(axis=0, dtype=float)
    # Both off: images - x - y + both on.
    return 2 * _gram(on, np.float32) + (len(flat) - often[:, None] - often)


def _same_value(flat, level):
    columns = np.ascontiguousarray(flat.T)
    total = np.empty((len(columns),) * 2)
    _count_equal(columns, columns > level, total)
    return total


def _products(flat, _level):
    return _gram(flat, np.float64)


_SUMS = {
    "coactivation": _coactivation,
    "same-state": _same_state,
    "same-value": _same_value,
    "product": _products,
    "correlation": _products,
}


@numba.njit(nogil=True, cache=True)
def _count_equal(columns, on, total):
    for i in range(columns.shape[0]):
        for j in range(i, columns.shape[0]):
            equal = 0
            for image in range(columns.shape[1]):
                equal += (columns[i, image] == columns[j, image]) & on[i, image]
            total[i, j] = equal
            total[j, i] = equal
