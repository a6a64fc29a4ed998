"""Grey images from files of arrays."""

import logging
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from pixelwalk import storage
from pixelwalk.images import values

log = logging.getLogger(__name__)

_CHANNELS = (1, 3, 4)
_NARROW = 16  # rows of the tallest images that may have so few columns


class Arrays:
    """Images of an array, of which only those are read that are asked for.

    Parameters
    ----------
    rows : storage.Rows
        Shape (n, rows, columns), or (n, rows, columns, channels) with 1 channel, 3
        (red, green, blue) or 4 (and opacity: what is transparent shows black).
    grey : {"luma", "red", "green", "blue"}
        How colours become grey.
    scale : "auto" or float
        The value that is white. By itself it is True of booleans, 255 and 65535 of
        unsigned 8 and 16 bits; of other numbers it follows from the whole array.

    Raises
    ------
    ValueError
        If the array holds no images, or other values.
    """

    def __init__(self, rows, *, grey="luma", scale="auto"):
        self.rows, self.grey, self.scale = rows, grey, scale
        shape = rows.shape
        self.channels = shape[3] if len(shape) == 4 and shape[3] in _CHANNELS else 0
        if not self.channels and len(shape) != 3:
            raise ValueError(
                f"{rows.path}: expected images of shape (n, rows, columns) or (n, "
                f"rows, columns, 3), got {shape}; the axes must come in this order, "
                "also where n is 1"
            )
        if 0 in shape:
            raise ValueError(f"{rows.path}: expected images, got none: shape {shape}")
        if rows.dtype.kind not in "biuf":
            raise ValueError(f"{rows.path}: expected numbers, got {rows.dtype}")
        self.white, self.opaque = self._whites(scale)
        self.description = f"{rows.dtype}, white is {self.white:g}"

    def _whites(self, scale):
        """White of the colours, and what is wholly opaque."""
        known = values.white_of_type(self.rows.dtype)
        values.check_scale(scale, known, self.rows.path)
        if scale == "auto" and known:
            return known, known
        if scale != "auto" and self.channels != 4:
            return scale, None
        # The first row is of the colours, the second of the opacity.
        low, high = np.full(2, np.inf), np.full(2, -np.inf)
        for _, block in self.rows.blocks():
            parts = (block[..., :3], block[..., 3]) if self.channels == 4 else (block,)
            for part, some in enumerate(parts):
                low[part] = np.minimum(low[part], some.min())
                high[part] = np.maximum(high[part], some.max())
        path, dtype = self.rows.path, self.rows.dtype
        white, opaque = scale, None
        if scale == "auto":
            white = values.white_of_range(dtype, low[0], high[0], path)
        if self.channels == 4:
            opaque = known or values.white_of_range(dtype, low[1], high[1], path)
        return white, opaque

    def __len__(self):
        """Count the images."""
        return self.rows.shape[0]

    def name(self, position):
        """Name an image in errors."""
        return f"image {position}"

    def read(self, positions):
        """Read images.

        Parameters
        ----------
        positions : ndarray of int
            Which, ascending.

        Yields
        ------
        ndarray of uint8, shape (rows, columns)
            Grey values, 0 (black) to 255.
        """
        for image in self.rows.take(positions):
            yield self._grey(image)

    def _grey(self, image):
        colours = image[..., :3] if self.channels else image
        if self.scale != "auto":  # else it is known of the whole array
            values.check(colours, self.white, self.rows.path)
        made = values.to_bytes(colours, self.white)
        if self.channels:
            made = (
                made[..., 0] if self.channels == 1 else values.to_grey(made, self.grey)
            )
        if self.channels == 4:
            made = values.on_black(made, values.to_bytes(image[..., 3], self.opaque))
        return made


@contextmanager
def open_images(path, kind, labels=None, *, grey="luma", scale="auto"):
    """Open images, and labels where there are any, of a file of arrays.

    Parameters
    ----------
    path : path-like
        A file of the kind.
    kind : {"npy", "npz", "hdf5", "idx"}
        What it is: a single array; arrays named `images` and, if there are labels,
        `labels` (or a single one of any name); or a file as those of MNIST.
    labels : path-like, optional
        A `.npy` or IDX file with the labels.
    grey, scale
        As of `Arrays`.

    Yields
    ------
    images : Arrays
    labels : ndarray of int64, shape (n,), or None
        None where none are known.

    Raises
    ------
    ValueError
        If the arrays are not images and labels, or the file is broken.
    OSError
        If the file cannot be opened.
    """
    with ExitStack() as opened:
        if kind == "idx":
            found = {"images": opened.enter_context(storage.open_idx(path, 3))}
        else:
            names = ("images", "labels") if labels is None else ("images",)
            found = opened.enter_context(storage.open_arrays(path, kind, names))
            _check_axes(found["images"])
        if labels is not None and Path(labels).suffix.lower() == ".npy":
            beside = storage.open_arrays(labels, "npy", ("labels",))
            found |= opened.enter_context(beside)
        elif labels is not None:
            found["labels"] = opened.enter_context(storage.open_idx(labels, 1))
        images = Arrays(found["images"], grey=grey, scale=scale)
        numbers = None
        if "labels" in found:
            numbers = _labels(found["labels"], len(images))
        yield images, numbers


def _check_axes(rows):
    """Refuse an array that looks like a single picture; warn where it may be one."""
    if len(rows.shape) != 3 or 0 in rows.shape:
        return
    first, second, third = rows.shape
    told = f"{rows.path}: {rows.shape}"
    if third in _CHANNELS and second > _NARROW:
        raise ValueError(
            f"{rows.path}: expected images of shape (n, rows, columns), got "
            f"{rows.shape}, which looks like one picture with {third} channels; save "
            f"it as (1, {first}, {second}, {third}), or as {(*rows.shape, 1)} if it "
            f"holds {first} images of {second} x {third}"
        )
    if third in _CHANNELS:
        log.warning(
            "%s is read as %d images of %d x %d; one picture with channels must be "
            "(1, rows, columns, channels)",
            *(told, first, second, third),
        )
    elif first in _CHANNELS[1:] and min(second, third) > _NARROW:
        log.warning(
            "%s is read as %d grey images; one picture in colours must be (1, rows, "
            "columns, channels)",
            *(told, first),
        )


def _labels(rows, count):
    if rows.shape != (count,):
        raise ValueError(
            f"{rows.path}: expected a label for each of {count} images, got labels of "
            f"shape {rows.shape}"
        )
    array = rows.whole()
    if array.dtype.kind not in "iub" or not ((array >= 0) & (array < 2**62)).all():
        raise ValueError(
            f"{rows.path}: expected labels that are whole numbers of at least 0, got "
            f"{array.dtype}, as in {array.ravel()[0]}"
        )
    return array.astype(np.int64)
