"""The two images of a linear network: chosen, coded as numbers, and made smaller."""

from pixelwalk.compute import bits


def reduced(image, side):
    """Average squares of pixels into one; rows and columns that are left over go.

    Parameters
    ----------
    image : ndarray, shape (rows, columns)
    side : int
        Of the squares, in pixels.

    Returns
    -------
    ndarray of float64, shape (rows // side, columns // side)

    Raises
    ------
    ValueError
        If the image is smaller than a square.
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
    """Take one image, or the mean of all, and code it as numbers.

    Parameters
    ----------
    pixels : bits.Packed (spins) or ndarray of uint8 (grey), shape (n, rows, columns)
    position : int or "mean"
        Which image, from 0.

    Returns
    -------
    ndarray of float64, shape (rows, columns)
        Spins as -1 and +1, grey values from 0 to 1.

    Raises
    ------
    ValueError
        If there is no such image.
    """
    packed = isinstance(pixels, bits.Packed)
    if position == "mean":
        mean = pixels.on_counts() / len(pixels) if packed else pixels.mean(axis=0)
    elif position >= len(pixels):
        raise ValueError(
            f"there are {len(pixels)} images, so input and target lie in 0 .. "
            f"{len(pixels) - 1}, got {position}"
        )
    else:
        one = slice(position, position + 1)
        mean = (pixels.part(one.start, one.stop).unpack() if packed else pixels[one])[0]
    return 2.0 * mean - 1 if packed else mean / 255


def pair(pixels, settings):
    """Prepare the two images of an entry of the configuration.

    Parameters
    ----------
    pixels : bits.Packed or ndarray of uint8, shape (n, rows, columns)
    settings : mapping
        `input`, `target`, `reduce` and `shifts`, as config.yaml has them.

    Returns
    -------
    source, target : ndarray of float64, shape (rows, columns) or (n,)
    """
    images = [
        reduced(numbers(pixels, settings[which]), settings["reduce"])
        for which in ("input", "target")
    ]
    return [i.ravel() for i in images] if settings["shifts"] == "line" else images
