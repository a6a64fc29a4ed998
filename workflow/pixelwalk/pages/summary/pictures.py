"""Figures made small enough to stand in a page together."""

import io

from PIL import Image

#: Widths to try, in pixels: first about that of the column in the page.
WIDTHS = (960, 800, 640, 480, 320)


def shrink(pictures, most):
    """Make pictures smaller, all to one width, until together they are small enough.

    Parameters
    ----------
    pictures : sequence of path-like
        PNG files.
    most : int
        Bytes that all of them together may have. Where even the least width of
        `WIDTHS` has more, it is that one.

    Returns
    -------
    list of bytes
        PNG files, none wider than it was.

    Raises
    ------
    OSError
        If one is missing or no picture.
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
    # Other methods give up rare colours, such as that of a thin line.
    plain = whole.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    with io.BytesIO() as file:
        plain.save(file, "PNG", optimize=True)
        return file.getvalue()
