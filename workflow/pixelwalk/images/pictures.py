"""Grey images from files of one's own: pictures and arrays."""

from pathlib import Path

import numpy as np

from pixelwalk import storage
from pixelwalk.idx import read_idx

#: Ways to make one channel of three: that of ITU-R BT.601, or one of them alone.
GREYS = ("luma", "red", "green", "blue")

_LUMA = np.array([299, 587, 114])  # thousandths


def read_pictures(paths, *, grey="luma"):
    """Read PNG, JPEG and TIFF files as grey images.

    Parameters
    ----------
    paths : sequence of path-like
        The files. Of several pages or frames the first counts; a photograph is turned
        upright as its EXIF data say; what is transparent shows black.
    grey : {"luma", "red", "green", "blue"}
        How colours become grey.

    Returns
    -------
    list of ndarray of uint8, shape (rows, columns)
        Grey values, 0 (black) to 255; those of 16 bits are divided by 257.

    Raises
    ------
    ValueError
        If a file is no such picture, or is broken.
    OSError
        If a file cannot be opened.
    """
    return [_read_picture(path, grey) for path in paths]


def _read_picture(path, grey):
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with (
            Path(path).open("rb") as file,
            Image.open(file, formats=("PNG", "JPEG", "TIFF")) as picture,
        ):
            upright = ImageOps.exif_transpose(picture)
            if upright.mode.startswith(("I", "F")):
                return to_grey_values(np.asarray(upright), path)
            if upright.has_transparency_data:
                black = Image.new("RGBA", upright.size, (0, 0, 0, 255))
                upright = Image.alpha_composite(black, upright.convert("RGBA"))
            return to_grey(np.asarray(upright.convert("RGB")), grey)
    except UnidentifiedImageError:
        raise _broken(path, "it is in none of these formats") from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        if getattr(error, "errno", None) or str(error).startswith(str(path)):
            raise  # the file cannot be opened, or it is said already
        raise _broken(path, error) from None
    except Image.DecompressionBombError as error:
        raise _broken(path, error) from None


def _broken(path, error):
    return ValueError(
        f"{path}: expected a PNG, JPEG or TIFF file, but it cannot be read ({error}); "
        "replace it or take it out of the folder"
    )


def read_arrays(path, kind, labels=None, *, grey="luma"):
    """Read images, and labels where there are any, from a file of arrays.

    Parameters
    ----------
    path : path-like
        A file of the kind.
    kind : {"npy", "npz", "hdf5", "idx"}
        What it is: a single array; arrays named `images` and, if there are labels,
        `labels` (or a single one of any name); or a file as those of MNIST.
    labels : path-like, optional
        A `.npy` or IDX file with the labels.
    grey : {"luma", "red", "green", "blue"}
        How colours become grey.

    Returns
    -------
    images : ndarray of uint8, shape (n, rows, columns)
    labels : ndarray of int64, shape (n,), or None
        None where none are known.

    Raises
    ------
    ValueError
        If the arrays are not images and labels, or the file is broken.
    OSError
        If the file cannot be opened.
    """
    if kind == "idx":
        found = {"images": read_idx(path, 3)}
    else:
        found = storage.read_arrays(path, kind, ("images", "labels"))
    if labels is not None:
        plain = Path(labels).suffix == ".npy"
        numbers = (
            storage.read_arrays(labels, "npy", ("labels",))["labels"]
            if plain
            else read_idx(labels, 1)
        )
        found["labels"] = numbers
    images = _as_images(found["images"], path, grey)
    if found.get("labels") is None:
        return images, None
    return images, _as_labels(found["labels"], len(images), labels or path)


def _as_images(array, path, grey):
    colours = array.ndim == 4 and array.shape[-1] in (3, 4)
    if not colours and array.ndim != 3:
        raise ValueError(
            f"{path}: expected images of shape (n, rows, columns) or (n, rows, "
            f"columns, 3), got {array.shape}"
        )
    if array.size == 0:
        raise ValueError(f"{path}: expected images, got none: shape {array.shape}")
    values = to_grey_values(array, path)
    return to_grey(values[..., :3], grey) if colours else values


def _as_labels(array, count, path):
    if array.shape != (count,):
        raise ValueError(
            f"{path}: expected a label for each of {count} images, got labels of "
            f"shape {array.shape}"
        )
    whole = array.dtype.kind in "iub" and (array >= 0).all()
    if not whole:
        raise ValueError(
            f"{path}: expected labels that are whole numbers of at least 0, got "
            f"{array.dtype}, as in {array.ravel()[0]}"
        )
    return array.astype(np.int64)


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
        return ((colours @ _LUMA + 500) // 1000).astype(np.uint8)
    return np.ascontiguousarray(colours[..., GREYS.index(grey) - 1])


def to_grey_values(array, path):
    """Bring values to 0 to 255.

    Parameters
    ----------
    array : ndarray
        Booleans; whole numbers of 0 to 255, or of up to 65535, which are divided by
        257; or fractions of 0 to 1, or of up to 255.
    path : path-like
        Where they come from.

    Returns
    -------
    ndarray of uint8, of the same shape

    Raises
    ------
    ValueError
        If they are no such values.
    """
    if array.dtype == np.uint8:
        return array
    if array.dtype == bool:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{path}: expected numbers, got {array.dtype}")
    low, high = array.min(), array.max()
    limit = 255 if array.dtype.kind == "f" else 65535
    if not 0 <= low <= high <= limit:  # also if one is nan
        raise ValueError(
            f"{path}: expected grey values of 0 to 255 (whole numbers also to 65535, "
            f"fractions also 0 to 1), got {array.dtype} from {low} to {high}"
        )
    if array.dtype.kind == "f" and high <= 1:
        scale = 255.0
    elif high <= 255 and array.dtype != np.uint16:
        scale = 1.0
    else:
        scale = 1 / 257
    return np.rint(array * scale).astype(np.uint8)
