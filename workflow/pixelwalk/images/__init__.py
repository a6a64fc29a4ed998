"""Images from elsewhere: downloaded sets, digits of scikit-learn, files of one's own.

This is the only room that knows the network.
"""

import numpy as np

from pixelwalk import faults, sources
from pixelwalk.idx import read_idx
from pixelwalk.images.download import fetch
from pixelwalk.images.pictures import read_arrays, read_pictures
from pixelwalk.images.shape import shaped
from pixelwalk.mnist import ARCHIVES, is_official

__all__ = [
    "embedded_digits",
    "fetch",
    "load",
    "read_arrays",
    "read_labelled",
    "read_pictures",
    "select",
    "shaped",
]

# Of scikit-learn's 1,797 digits the first go to the training part.
_DIGITS_TRAIN = 1347

# Most pixels of an image whose pairs can all be held, if no size is given.
_MOST_PIXELS = 4096


def read_labelled(images_path, labels_path):
    """Read images and their labels from two IDX files that belong together.

    Parameters
    ----------
    images_path, labels_path : path-like
        As `read_idx` reads them.

    Returns
    -------
    images : ndarray of uint8, shape (count, rows, columns)
        Grey values, 0 (background) to 255.
    labels : ndarray of uint8, shape (count,)
        Digits, 0 to 9.

    Raises
    ------
    ValueError
        If a file is bad, the two do not match, or a label is not a digit.
    """
    images = read_idx(images_path, 3)
    labels = read_idx(labels_path, 1)
    if len(images) != len(labels):
        raise ValueError(
            f"{images_path} has {len(images)} images and {labels_path} "
            f"{len(labels)} labels; they must be of one part and as many"
        )
    if images.size == 0:
        raise ValueError(f"{images_path}: expected images, got none")
    if labels.max() > 9:
        raise ValueError(
            f"{labels_path}: expected labels of 0 to 9, got {labels.max()}"
        )
    return images, labels


def embedded_digits(part):
    """Digits that scikit-learn ships: 8 x 8 pixels, from the UCI repository.

    Parameters
    ----------
    part : {"train", "test"}
        The first 1,347 or the last 450 of the 1,797.

    Returns
    -------
    images : ndarray of uint8, shape (count, 8, 8)
        Grey values, scaled from 0 .. 16 to 0 .. 255.
    labels : ndarray of uint8, shape (count,)
        Digits, 0 to 9.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    chosen = slice(_DIGITS_TRAIN) if part == "train" else slice(_DIGITS_TRAIN, None)
    images = np.rint(digits.images[chosen] * (255 / 16)).astype(np.uint8)
    return images, digits.target[chosen].astype(np.uint8)


def load(settings, files):
    """Load the images of a set, all that its source has.

    Parameters
    ----------
    settings : dict
        Of the set, as the configuration has them: `source` and `part`, and `grey`,
        `size`, `fit`, `invert` and `level`, as in `shaped`.
    files : mapping
        Paths of the files, as `sources.files_of` names them.

    Returns
    -------
    images : ndarray of uint8, shape (count, rows, columns)
    labels : ndarray of int, shape (count,)
        0 where none are known.
    names : list of str
        What the labels 0, 1, ... are called; empty if they are just numbers.
    dataset : str
        What they are: ``MNIST`` only if both files are the official ones.

    Raises
    ------
    faults.Broken
        If what was downloaded has changed since.
    ValueError, OSError
        If a file is bad or missing, images are of different sizes or too large, or
        labels do not fit.
    """
    source, kind = settings["source"], sources.kind_of(settings["source"])
    found, labels, names = None, None, []
    dataset = f"the images in {source}"
    if kind == "digits":
        found, labels = embedded_digits(settings["part"])
        dataset = "the 8 x 8 digits of scikit-learn"
    elif kind == "archive":
        found, labels, dataset = _archive(source, files["images"], files["labels"])
    elif kind == "pictures":
        paths = files["images"]
        found = read_pictures(paths, grey=settings["grey"])
        labels, names = _labels_of([sources.label_of(path, source) for path in paths])
        called = paths
    else:
        found, labels = read_arrays(
            files["images"], kind, files.get("labels"), grey=settings["grey"]
        )
    if kind != "pictures":
        called = [f"image {number}" for number in range(len(found))]
    how = {key: settings[key] for key in ("size", "fit", "invert", "level")}
    made = shaped(found, names=called, **how)
    if settings["size"] == "as-is" and made[0].size > _MOST_PIXELS:
        raise ValueError(
            f"{source}: expected images of at most {_MOST_PIXELS} pixels, because "
            f"every pair of them counts, got {made.shape[1]} x {made.shape[2]}; give "
            "them a size, as in size: [28, 28]"
        )
    labels = np.zeros(len(made), np.uint8) if labels is None else labels
    return made, labels, names, dataset


def _archive(source, *paths):
    published = source if source in ARCHIVES else "mnist"
    try:
        foreign = [path for path in paths if not is_official(path, published)]
    except FileNotFoundError as error:
        raise OSError(faults.missing(error.filename)) from None
    if source in ARCHIVES and foreign:
        what = f"its {ARCHIVES[source].checksum} is no longer the official one"
        raise faults.Broken(foreign[0], what)
    title = f"the files in {source}" if foreign else ARCHIVES[published].title
    return *read_labelled(*paths), title


def _labels_of(names):
    """Give labels numbers in order, but those that are whole numbers stay."""
    known = sorted(set(names))
    if known == [""]:
        return None, []
    if all(map(_is_number, known)):
        return np.array([int(name) for name in names]), []
    return np.array([known.index(name) for name in names]), known


def _is_number(name):
    return name.isascii() and name.isdigit() and len(name) < 10


def _number(label, names):
    """Find the number of a label; of one that is not there, one that no image has."""
    if label in names:
        return names.index(label)
    return int(label) if _is_number(label) else -1


def select(labels, *, label, count, choose, stream, names=(), within="all"):
    """Choose images by their label.

    Parameters
    ----------
    labels : ndarray of int, shape (available,)
        Labels of the images to choose from.
    label : int, str or "any"
        The label to choose, or its name.
    count : int or "all"
        How many.
    choose : {"first", "random"}
        The first ones, or a choice without repetition.
    stream : numpy.random.Generator
        Where a random choice comes from.
    names : sequence of str
        What the labels 0, 1, ... are called.
    within : "all" or (int, int)
        Positions to choose from: the first, and the one after the last.

    Returns
    -------
    ndarray of int64, shape (count,)
        Positions in `labels`, ascending.

    Raises
    ------
    ValueError
        If there are fewer than `count`, or none.
    """
    number = (
        label if isinstance(label, int) or label == "any" else _number(label, names)
    )
    fits = np.full(len(labels), True) if label == "any" else labels == number
    fitting = np.flatnonzero(fits)
    if within != "all":
        fitting = fitting[(within[0] <= fitting) & (fitting < within[1])]
    wanted = len(fitting) if count == "all" else count
    if not 0 < wanted <= len(fitting):
        raise ValueError(
            f"expected at least {max(1, wanted)} images with label {label}, "
            f"got {len(fitting)}; ask for fewer, or for another label"
        )
    if choose == "first":
        return fitting[:wanted]
    return np.sort(stream.choice(fitting, wanted, replace=False))
