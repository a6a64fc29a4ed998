"""Reduction of figures to a total size."""

import io

from PIL import Image

#: Widths to try, in pixels; the first is about that of the page's column.
WIDTHS = (960, 800, 640, 480, 320)


def shrink(pictures, most):
    """Reduce pictures to the largest common width with which they fit a total size.

    Parameters
    ----------
    pictures : sequence of path-like
        PNG files.
    most : int
        Largest total size in bytes; the least of `WIDTHS` may exceed it.

    Returns
    -------
    list of bytes
        PNG files, none wider than before.

    Raises
    ------
    OSError
        If a file is missing or not a picture.
    """
    for width in WIDTHS:
        small = [_shrunk(path, width) for path in pictures]
        if sum(map(len, small)) <= most:
            break
    return small


def _shrunk(path, width):
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    if whole.width > width:
        height = round(whole.height * width / whole.width)
        whole = whole.resize((width, height), Image.Resampling.LANCZOS)
    # Other methods lose rare colours, such as that of a thin line.
    plain = whole.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    with io.BytesIO() as file:
        plain.save(file, "PNG", optimize=True)
        return file.getvalue()
