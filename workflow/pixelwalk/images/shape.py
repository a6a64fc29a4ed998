"""Bring images to one size and to the values that are wanted."""

from fractions import Fraction
from functools import lru_cache

import numpy as np
from scipy import sparse

_STRIP = 256  # rows of an image that are computed with at once


def shaped(image, *, size="as-is", fit="pad", invert=False, level="none"):
    """Invert an image, bring it to a size, and make it black and white.

    Parameters
    ----------
    image : ndarray of uint8, shape (rows, columns)
        Grey values.
    size : "as-is" or (int, int)
        Rows and columns. Each pixel is the mean over the area that it covers, in which
        parts of pixels count as parts, rounded.
    fit : {"pad", "crop"}
        How an image of other proportions comes to the size: with black borders, or cut
        off on both sides.
    invert : bool
        Put 255 - v in the place of v, before anything else.
    level : "none" or int
        In the end 255 where the value is above, else 0.

    Returns
    -------
    ndarray of uint8, shape (rows, columns)
    """
    if invert:
        image = 255 - image
    if size != "as-is" and image.shape != tuple(size):
        image = _resized(image, tuple(size), fit)
    if level != "none":
        image = np.where(image > level, np.uint8(255), np.uint8(0))
    return image


def _resized(image, size, fit):
    # A new pixel is a square of so many old ones on each side.
    sides = [Fraction(old, new) for old, new in zip(image.shape, size, strict=True)]
    side = max(sides) if fit == "pad" else min(sides)
    down, across = (
        _overlaps(old, new, side) for old, new in zip(image.shape, size, strict=True)
    )
    strips = range(0, len(image), _STRIP)
    narrow = np.hstack([across @ image[i : i + _STRIP].T for i in strips]).T
    # Both have whole numbers, so that sums are exact and a mirrored image gives a
    # mirrored one.
    area = float((2 * side.numerator) ** 2)
    return np.rint(down @ narrow / area).astype(np.uint8)


@lru_cache(maxsize=8)
def _overlaps(old, new, side):
    """Lengths that new pixels share with old ones, in parts of 1 / (2 denominator).

    The middle of the one line lies on that of the other.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (new, old)
    """
    unit, step = 2 * side.denominator, 2 * side.numerator
    start = old * side.denominator - new * side.numerator
    ends = start + step * np.arange(new + 1), unit * np.arange(old + 1)
    cuts = np.unique(np.concatenate(ends))
    cuts = cuts[(cuts >= max(start, 0)) & (cuts <= min(ends[0][-1], ends[1][-1]))]
    place = (cuts[:-1] - start) // step, cuts[:-1] // unit
    lengths = np.diff(cuts).astype(np.float64)
    return sparse.csr_array((lengths, place), shape=(new, old))
