"""Bring images to one shape and to the values that are wanted."""

import numpy as np


def shaped(images, *, names, size="as-is", fit="pad", invert=False, level="none"):
    """Invert images, bring them to a size, and make them black and white.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns), or sequence of (rows, columns)
        Grey values.
    names : sequence of str
        What each is called, for errors.
    size : "as-is" or (int, int)
        Rows and columns. Each pixel is the mean over those that it covers.
    fit : {"pad", "crop"}
        How an image of other proportions comes to the size: with black borders, or cut
        off on both sides.
    invert : bool
        Put 255 - v in the place of v, before anything else.
    level : "none" or int
        In the end 255 where the value is above, else 0.

    Returns
    -------
    ndarray of uint8, shape (n, rows, columns)

    Raises
    ------
    ValueError
        If images are of different sizes, and none is given.
    """
    if size == "as-is":
        _check_equal(images, names)
        array = np.array(images) if isinstance(images, list) else images
        array = 255 - array if invert else array
    else:
        made = (255 - image if invert else image for image in images)
        array = np.array([_resized(image, size, fit) for image in made])
    if level != "none":
        array = np.where(array > level, np.uint8(255), np.uint8(0))
    return array


def _check_equal(images, names):
    shape = images[0].shape
    for image, name in zip(images, names, strict=True):
        if image.shape != shape:
            raise ValueError(
                "expected images of one size, got "
                f"{names[0]} of {shape[0]} x {shape[1]} and {name} of "
                f"{image.shape[0]} x {image.shape[1]} (rows x columns); give them a "
                "size, as in size: [28, 28]"
            )


def _resized(image, size, fit):
    from PIL import Image, ImageOps

    if image.shape == tuple(size):
        return image
    change = ImageOps.pad if fit == "pad" else ImageOps.fit
    # BOX makes no value that is not between those that it covers: black stays black.
    wanted = (size[1], size[0])
    made = change(Image.fromarray(image), wanted, method=Image.Resampling.BOX)
    return np.asarray(made)
