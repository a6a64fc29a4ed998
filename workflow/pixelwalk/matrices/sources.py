"""The input and target image of a linear network, as reduced arrays of numbers."""

from pixelwalk.compute import bits


def reduced(image, side):
    """Average squares of pixels; incomplete squares at the edges are dropped.

    Parameters
    ----------
    image : ndarray, shape (rows, columns)
    side : int
        Side of the squares in pixels.

    Returns
    -------
    ndarray of float64, shape (rows // side, columns // side)

    Raises
    ------
    ValueError
        If the image is smaller than one square.
    """
    rows, columns = (size // side for size in image.shape)
    if not (rows and columns):
        raise ValueError(
            f"an image of {image.shape[0]} x {image.shape[1]} pixels has no square of "
            f"{side} x {side}; reduce must be at most its smaller side"
        )
    kept = image[: rows * side, : columns * side].astype(float)
    return kept.reshape(rows, side, columns, side).mean(axis=(1, 3))


def numbers(pixels, position):
    """Return one image, or the mean of all, as floating-point numbers.

    Parameters
    ----------
    pixels : bits.Packed (spins) or ndarray of uint8 (grey), shape (n, rows, columns)
    position : int or "mean"
        Position of the image, from 0.

    Returns
    -------
    ndarray of float64, shape (rows, columns)
        Spins -1 and +1, or grey values scaled to 0 to 1.

    Raises
    ------
    ValueError
        If the position is out of range.
    """
    packed = isinstance(pixels, bits.Packed)
    if position == "mean":
        image = pixels.on_counts() / len(pixels) if packed else pixels.mean(axis=0)
    elif position >= len(pixels):
        raise ValueError(
            f"there are {len(pixels)} images, so input and target lie in 0 .. "
            f"{len(pixels) - 1}, got {position}"
        )
    else:
        end = position + 1
        one = pixels.part(position, end).unpack() if packed else pixels[position:end]
        image = one[0]
    return 2.0 * image - 1 if packed else image / 255


def image(pixels, position, settings):
    """Return an image, reduced and on the grid that an entry of the configuration says.

    Parameters
    ----------
    pixels, position
        As in `numbers`.
    settings : mapping
        Settings `reduce` and `shifts` of the entry.

    Returns
    -------
    ndarray of float64, shape (rows, columns) or (n,)
    """
    small = reduced(numbers(pixels, position), settings["reduce"])
    return small.ravel() if settings["shifts"] == "line" else small


def pair(pixels, settings):
    """Return the input and target image that an entry of the configuration selects.

    Parameters
    ----------
    pixels : bits.Packed or ndarray of uint8, shape (n, rows, columns)
    settings : mapping
        Settings `input`, `target`, `reduce` and `shifts` of the entry.

    Returns
    -------
    source, target : ndarray of float64, shape (rows, columns) or (n,)
    """
    return [image(pixels, settings[which], settings) for which in ("input", "target")]
