"""What the values of images mean: which is white, and how colours become grey."""

import logging

import numpy as np

log = logging.getLogger(__name__)

#: Ways to make one channel of three: that of ITU-R BT.601, or one of them alone.
GREYS = ("luma", "red", "green", "blue")

_LUMA = (299, 587, 114)  # thousandths
_STRIP = 1 << 18  # values or pixels that are computed with at once


def white_of_type(dtype):
    """White, as the type of values says.

    Parameters
    ----------
    dtype : numpy.dtype

    Returns
    -------
    int or None
        1 of booleans, 255 of unsigned 8 bits, 65535 of unsigned 16 bits; None where
        only the values tell.
    """
    if dtype.kind == "b":
        return 1
    return {("u", 1): 255, ("u", 2): 65535}.get((dtype.kind, dtype.itemsize))


def white_of_range(dtype, low, high, path):
    """White, as all values of a set together say.

    Parameters
    ----------
    dtype : numpy.dtype
        Of whole numbers or fractions.
    low, high : float
        The smallest and the largest value of the whole set.
    path : path-like
        Where they come from, for errors.

    Returns
    -------
    int
        Of fractions 1 or 255, of whole numbers 255 or 65535: the least that `high` does
        not exceed by more than an error of rounding.

    Raises
    ------
    ValueError
        If the range is no usual one.
    """
    choices = (1, 255) if dtype.kind == "f" else (255, 65535)
    if dtype.kind != "f" and 0 < high <= 1:
        log.warning("%s: the largest value is 1, of 255; if 1 is white: scale: 1", path)
    for white in choices:
        dark = white == 255 and dtype.kind == "f" and high < 2  # hardly meant
        if not dark and fits(dtype, low, high, white):
            return white
    expected = "fractions of 0 to 1, or of up to 255"
    if dtype.kind != "f":
        expected = "whole numbers of 0 to 255, or of up to 65535"
    raise ValueError(
        f"{path}: expected grey values, {expected}, got {dtype} from {low} to {high}"
        + _advice(low, high)
    )


def _advice(low, high):
    """Say what to do about values that are no usual ones."""
    if low >= 0 and np.isfinite(high):
        return f"; say which value is white, as in scale: {high:g}"
    return "; replace what is below 0 or no number"


def fits(dtype, low, high, white):
    """Tell whether values lie between 0 and white, but for an error of rounding."""
    least = max(1e-6, 4 * np.finfo(dtype).eps) if dtype.kind == "f" else 0
    return -least * white <= low <= high <= white * (1 + least)


def check_scale(scale, white, path):
    """Refuse a white that no value of a type can have.

    Parameters
    ----------
    scale : "auto" or float
        As the configuration has it.
    white : int or None
        The largest that the type can have, if it says.
    path : path-like
        Where the values come from.

    Raises
    ------
    ValueError
        The file, what was expected and what came.
    """
    if scale != "auto" and white and scale > white:
        raise ValueError(
            f"{path}: expected a scale of at most {white}, the largest value of its "
            f"type, got {scale:g}"
        )


def check(array, white, path):
    """Refuse values that are not between 0 and white.

    Raises
    ------
    ValueError
        The file, what was expected and what came.
    """
    low, high = array.min(), array.max()
    if not fits(array.dtype, low, high, white):
        raise ValueError(
            f"{path}: expected grey values of 0 (black) to {white} (white), got "
            f"{array.dtype} from {low} to {high}{_advice(low, high)}"
        )


def to_bytes(array, white):
    """Bring values to 0 to 255.

    Parameters
    ----------
    array : ndarray
        Values of 0 to `white`.
    white : float
        What becomes 255.

    Returns
    -------
    ndarray of uint8, of the same shape
        Rounded; what is below 0 or above white by an error of rounding is cut off.
    """
    if array.dtype == np.uint8 and white == 255:
        return array
    if array.dtype == bool:
        return array.view(np.uint8) * np.uint8(255)
    made = _in_strips(
        array.reshape(-1),
        lambda part: np.clip(np.rint(part.astype(np.float64) * 255 / white), 0, 255),
    )
    return made.reshape(array.shape)


def on_black(array, opacity):
    """Lay images over black.

    Parameters
    ----------
    array : ndarray of uint8, shape (..., 3) or (...)
    opacity : ndarray of uint8, shape (...)
        0 where they are transparent, to 255.

    Returns
    -------
    ndarray of uint8, of the shape of `array`
    """
    if opacity.ndim < array.ndim:
        opacity = opacity[..., None]
    return ((array.astype(np.uint16) * opacity + 127) // 255).astype(np.uint8)


def to_grey(colours, grey="luma"):
    """Make one channel of three.

    Parameters
    ----------
    colours : ndarray of uint8, shape (..., 3)
        Red, green, blue.
    grey : {"luma", "red", "green", "blue"}
        Which: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), or one alone.

    Returns
    -------
    ndarray of uint8, shape (...)
    """
    if grey == "luma":
        pixels = colours.reshape(-1, 3)
        made = _in_strips(pixels, lambda part: (part @ np.array(_LUMA) + 500) // 1000)
        return made.reshape(colours.shape[:-1])
    return np.ascontiguousarray(colours[..., GREYS.index(grey) - 1])


def _in_strips(values, function):
    """Apply a function to values or pixels, some at a time, to take little memory."""
    made = np.empty(len(values), np.uint8)
    for first in range(0, len(values), _STRIP):
        made[first : first + _STRIP] = function(values[first : first + _STRIP])
    return made
