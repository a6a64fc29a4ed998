"""Grey images from folders of pictures."""

import errno
import logging
import os
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from pixelwalk.images import values
from pixelwalk.sources.folders import FORMATS

# Pixels that a byte of a large picture stands for, at most: what deflate can reach, and
# so PNG. LZW, JPEG and run lengths reach less; the compressions below have no limit.
_MOST_PACKED = 1032 * 8
_LARGE = 1 << 25  # pixels; of no more than this any file may claim
_LARGE_UNBOUND = 89_000_000  # the same without a limit: 1.9 GB while it is decoded
_UNBOUND = {"group3", "group4", "tiff_ccitt", "zstd", "lzma", "webp"}  # of TIFF

log = logging.getLogger(__name__)

_BLACK_IS_ZERO, _WHITE_IS_ZERO = 1, 0  # TIFF's photometric interpretation
_PLANAR = 2  # TIFF's planar configuration: a plane for each colour


class Pictures:
    """Pictures of a folder, which are read one by one.

    Parameters
    ----------
    paths : sequence of path-like
        The files: PNG, JPEG, TIFF, BMP, GIF or WebP. Of several pages or frames the
        first counts; a photograph is turned upright as its EXIF data say; what is
        transparent shows black. Of colours of 16 bits the upper 8 count.
    grey : {"luma", "red", "green", "blue"}
        How colours become grey.
    scale : "auto" or float
        The value that is white. By itself it is the largest that the type can have, 255
        or 65535; of fractions, and of whole numbers of 32 bits, it follows from all
        pictures together.

    Raises
    ------
    ValueError
        If a file is no such picture, or is broken; if pictures with and without a white
        of their own are mixed, or the values are no usual ones.
    OSError
        If a file cannot be opened.
    """

    def __init__(self, paths, *, grey="luma", scale="auto"):
        self.paths, self.grey, self.scale = list(map(str, paths)), grey, scale
        kinds, whites, frames = zip(*map(_kind_of, self.paths), strict=True)
        for path, white in zip(self.paths, whites, strict=True):
            values.check_scale(scale, white, path)
        several = sum(count > 1 for count in frames)
        if several:
            log.warning("%d pictures have several frames: the first counts", several)
        found = sorted(Counter(kinds).items())
        told = ", ".join(f"{count} of {kind}" for kind, count in found)
        if scale == "auto" and None in whites and len(found) > 1:
            raise ValueError(
                f"{self.paths[whites.index(None)]}: expected pictures of one type, as "
                f"white follows from all of them together, got {told}; convert them, "
                "or say which value is white, as in scale: 255"
            )
        self.white = scale
        if scale == "auto":
            self.white = _white_of(self.paths) if None in whites else None
            if len(found) > 1:
                log.warning("pictures of several types, each with its white: %s", told)
        if self.white is not None:
            told += f", white is {self.white:g}"
        self.description = told

    def __len__(self):
        """Count the pictures."""
        return len(self.paths)

    def name(self, position):
        """Name a picture in errors: its path."""
        return self.paths[position]

    def read(self, positions):
        """Read pictures.

        Parameters
        ----------
        positions : sequence of int

        Yields
        ------
        ndarray of uint8, shape (rows, columns)
            Grey values, 0 (black) to 255.
        """
        for position in positions:
            yield self._read(self.paths[position])

    def _read(self, path):
        found, opacity, own = _decode(path)
        white = self.white or own
        if self.scale != "auto":
            values.check(found, white, path)
        made = values.to_bytes(found, white)
        if made.ndim == 3:
            made = values.to_grey(made, self.grey)
        return made if opacity is None else values.on_black(made, opacity)


def _white_of(paths):
    """White of pictures whose type does not tell it."""
    lows, highs = [], []
    for path in paths:
        found, _, _ = _decode(path)
        lows.append(found.min())
        highs.append(found.max())
    worst = paths[int(np.argmax(np.abs(np.array(highs) - np.array(lows))))]
    return values.white_of_range(found.dtype, np.min(lows), np.max(highs), worst)


@contextmanager
def _opened(path):
    """Open a picture; what is wrong with it is said in one line."""
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with Path(path).open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of tags that count for nothing here
            with Image.open(file, formats=list(FORMATS)) as picture:
                _check_size(picture, os.fstat(file.fileno()).st_size)
                yield picture
    except Image.DecompressionBombError:
        most = 2 * Image.MAX_IMAGE_PIXELS
        why = f"it has more than {most} pixels: make it smaller"
        raise _broken(path, why) from None
    except UnidentifiedImageError:
        raise _broken(path, "it is none of these, or of an unusual kind") from None
    except Exception as error:  # whatever a broken file makes Pillow raise
        if getattr(error, "errno", None) not in (None, 0, errno.EINVAL):
            raise
        raise _broken(path, error) from None


def _check_size(picture, size):
    """Refuse a small file that claims to be a very large picture."""
    pixels = picture.width * picture.height
    unbound = picture.format == "WEBP" or picture.info.get("compression") in _UNBOUND
    if pixels > max(_LARGE_UNBOUND if unbound else _LARGE, _MOST_PACKED * size):
        raise ValueError(
            f"it claims {picture.height} x {picture.width} pixels in {size} bytes"
            + ("; if it is right, save it as PNG" if unbound else "")
        )


def _broken(path, error):
    why = (str(error).splitlines() or [type(error).__name__])[0]
    return ValueError(
        f"{path}: expected a file of {', '.join(FORMATS)} with values of up to 16 bits "
        f"or fractions of 32, but it cannot be read ({why}); save it anew or take it "
        "out of the folder"
    )


def size_of(path):
    """Read the rows and columns of a picture from its header."""
    with _opened(path) as picture:
        return picture.height, picture.width


def _kind_of(path):
    """Read the header: type of values, the white of that type or None, and frames."""
    with _opened(path) as picture:
        frames = getattr(picture, "n_frames", 1)
        if picture.mode == "F":
            return "fractions", None, frames
        if picture.mode == "I":
            return "whole numbers of 32 bits", None, frames
        bits = _bits(picture)
        return f"{bits} bits", 2**bits - 1, frames


def _bits(picture):
    """Bits of a value as Pillow gives it."""
    if not picture.mode.startswith("I;16"):
        return 8
    return picture.tag_v2[258][0] if picture.format == "TIFF" else 16


def _decode(path):
    """Read a picture: values, opacity (of 255, or None), and the white of its type."""
    from PIL import ImageOps

    with _opened(path) as picture:
        _refuse_misread(picture)
        clear, reverse = _clear_value(picture), _is_reversed(picture)
        white = 2 ** _bits(picture) - 1
        ImageOps.exif_transpose(picture, in_place=True)
        if picture.mode.startswith(("I", "F")):
            found = np.asarray(picture)
            opacity = None if clear is None else (found != clear) * np.uint8(255)
            return (white - found if reverse else found), opacity, white
        if picture.mode in ("1", "L"):
            found = _pixels(picture, "L")
            opacity = None if clear is None else (found != clear) * np.uint8(255)
            return found, opacity, 255
        if picture.has_transparency_data:
            found = _pixels(picture, "RGBA")
            return found[..., :3], found[..., 3], 255
        return _pixels(picture, "RGB"), None, 255


def _pixels(picture, mode):
    """Pixels in a mode; `convert` copies the picture even if it is of that mode."""
    return np.asarray(picture if picture.mode == mode else picture.convert(mode))


def _refuse_misread(picture):
    """Refuse what Pillow takes for something else."""
    if picture.format == "PNG" and picture.mode == "RGB":
        deep = picture.tile and "16" in str(picture.tile[0][3])
        if deep and "transparency" in picture.info:
            raise ValueError(
                "a transparent colour of 16 bits; give it an alpha channel"
            )
    if picture.format == "TIFF" and picture.tag_v2.get(284) == _PLANAR:
        bits = picture.tag_v2.get(258, (8,))
        if max(bits) > 8 and picture.tag_v2.get(259, 1) == 1:
            raise ValueError(
                "colours of 16 bits, one after the other, not packed; save them packed "
                "(LZW, deflate) or pixel by pixel"
            )
    if picture.format == "TIFF":
        signed = 2 in picture.tag_v2.get(339, ())
        if signed and picture.mode == "L":
            raise ValueError("signed values of 8 bits; save them as unsigned")


def _clear_value(picture):
    """Find the grey value that a PNG file calls transparent, as Pillow gives them."""
    clear = picture.info.get("transparency")
    if picture.format != "PNG" or not isinstance(clear, int):
        return None
    if picture.mode == "L" and picture.tile:
        bits = {"L;2": 2, "L;4": 4}.get(picture.tile[0][3], 8)
        most = 2**bits - 1
        return (clear & most) * 255 // most
    return clear


def _is_reversed(picture):
    """Whether white is 0 in a TIFF file, where Pillow leaves that as it is."""
    if picture.format != "TIFF" or not picture.mode.startswith(("I", "F")):
        return False
    if picture.tag_v2.get(262, _BLACK_IS_ZERO) != _WHITE_IS_ZERO:
        return False
    if picture.mode in ("I", "F"):
        raise ValueError("white is 0, but not what black is; save it with black as 0")
    return True
