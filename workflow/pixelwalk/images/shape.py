"""Bring images to one size and to the values that are wanted."""

from fractions import Fraction
from functools import lru_cache

import numpy as np

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
    narrow = np.concatenate([image[i : i + _STRIP] @ across.T for i in strips])
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
    ndarray of float64, shape (new, old)
    """
    unit, step = 2 * side.denominator, 2 * side.numerator
    start = old * side.denominator - new * side.numerator
    low = start + step * np.arange(new)[:, None]
    there = unit * np.arange(old)
    shared = np.minimum(low + step, there + unit) - np.maximum(low, there)
    return np.clip(shared, 0, None).astype(np.float64)
