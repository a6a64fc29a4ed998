"""Images from elsewhere: downloaded sets, digits of scikit-learn, files of one's own.

This is the only room that knows the network.
"""

import logging
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from pixelwalk import sources, storage
from pixelwalk.images.arrays import Arrays, open_images
from pixelwalk.images.download import failed_before, fetch
from pixelwalk.images.pictures import Pictures
from pixelwalk.images.shape import shaped
from pixelwalk.jobs import faults, progress
from pixelwalk.sources import folders
from pixelwalk.sources.mnist import ARCHIVES, is_official

__all__ = [
    "Arrays",
    "Pictures",
    "Selection",
    "embedded_digits",
    "failed_before",
    "fetch",
    "load",
    "open_images",
    "select",
    "shaped",
]

log = logging.getLogger(__name__)

# Of scikit-learn's 1,797 digits the first go to the training part.
_DIGITS_TRAIN = 1347

# Most pixels of an image whose pairs can all be held, if no size is given.
_MOST_PIXELS = 4096


@dataclass(frozen=True)
class Selection:
    """Images of a set.

    Parameters
    ----------
    images : ndarray of uint8, shape (count, rows, columns)
        Grey values, 0 (black) to 255.
    labels : ndarray of int, shape (count,)
        0 where none are known.
    label_names : list of str
        What the labels 0, 1, ... are called; empty if they are just numbers.
    positions : ndarray of int64, shape (count,)
        Where the images stand in their source, from 0.
    dataset : str
        What they are: ``MNIST`` only if both files are the official ones.
    values : str
        What the values of the source are, and which is white.
    """

    images: np.ndarray
    labels: np.ndarray
    label_names: list
    positions: np.ndarray
    dataset: str
    values: str


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


def load(settings, files, *, stream):
    """Load images of a set.

    Parameters
    ----------
    settings : dict
        Of the set, as the configuration has them: `source` and `part`; `label`,
        `range`, `count` and `choose`, as in `select`; `grey` and `scale`, as of
        `Pictures`; `size`, `fit`, `invert` and `level`, as in `shaped`.
    files : mapping
        Paths of the files, as `sources.files_of` names them.
    stream : numpy.random.Generator
        Where a random choice comes from.

    Returns
    -------
    Selection

    Raises
    ------
    faults.Broken
        If what was downloaded has changed since.
    ValueError, OSError
        If a file is bad or missing, images are of different sizes or too large, or
        labels do not fit.
    """
    with _opened(settings, files) as (found, labels, names, dataset):
        if labels is None:
            labels = np.zeros(len(found), np.uint8)
        chosen = select(
            labels,
            label=settings["label"],
            count=settings["count"],
            choose=settings["choose"],
            names=names,
            within=settings["range"],
            stream=stream,
        )
        log.info("%d of %d images of %s", len(chosen), len(found), dataset)
        told = {key: settings[key] for key in ("invert", "size", "fit", "level")}
        log.info("values: %s; %s", found.description, told)
        made = _shaped(found, chosen, settings)
    if made.min() == made.max():
        log.warning(
            "every pixel of all images is %d: there is nothing to see", made.max()
        )
    return Selection(made, labels[chosen], names, chosen, dataset, found.description)


def _shaped(found, chosen, settings):
    """Read the chosen images one by one, each brought to its size at once."""
    how = {key: settings[key] for key in ("size", "fit", "invert", "level")}
    made = None
    for number, image in enumerate(found.read(chosen)):
        if how["size"] == "as-is":
            _check_shape(image.shape, made, found, chosen, number, settings["source"])
        image = shaped(image, **how)
        if made is None:
            made = np.empty((len(chosen), *image.shape), np.uint8)
        made[number] = image
        progress.report(log, number + 1, len(chosen), "images")
    return made


def _check_shape(shape, made, found, chosen, number, source):
    if made is not None and shape != made.shape[1:]:
        first = found.name(chosen[0])
        raise ValueError(
            f"expected images of one size, got {first} of {made.shape[1]} x "
            f"{made.shape[2]} and {found.name(chosen[number])} of {shape[0]} x "
            f"{shape[1]} (rows x columns); give them a size, as in size: [28, 28]"
        )
    if shape[0] * shape[1] > _MOST_PIXELS:
        raise ValueError(
            f"{source}: expected images of at most {_MOST_PIXELS} pixels, because "
            f"every pair of them counts, got {shape[0]} x {shape[1]}; give them a "
            "size, as in size: [28, 28]"
        )


@contextmanager
def _opened(settings, files):
    """Open a set: its images, labels (or None), names of labels, and what it is."""
    source, kind = settings["source"], sources.kind_of(settings["source"])
    how = {key: settings[key] for key in ("grey", "scale")}
    dataset = f"the images in {source}"
    if kind == "digits":
        images, labels = embedded_digits(settings["part"])
        dataset = "the 8 x 8 digits of scikit-learn"
        yield Arrays(storage.Held.of(source, images), **how), labels, [], dataset
    elif kind == "pictures":
        paths = files["images"]
        labels, names = _labels_of([folders.label_of(path, source) for path in paths])
        for line in folders.left_out(source):
            log.warning("%s", line)
        if settings["label"] == "any" and "any" in names:
            log.warning(
                "%s: label: any takes all sub-folders; label: any/ takes the one that "
                "is called any",
                source,
            )
        yield Pictures(paths, **how), labels, names, dataset
    else:
        archive = kind == "archive"
        if archive:
            kind, dataset = "idx", _checked_archive(source, files)
            if source not in ARCHIVES:
                for line in folders.beside_archive(source, files.values()):
                    log.warning("%s", line)
        beside = files.get("labels")
        with open_images(files["images"], kind, beside, **how) as (images, labels):
            if archive and labels.max() > 9:
                raise ValueError(
                    f"{beside}: expected labels of 0 to 9, got {labels.max()}; name "
                    "the two files as source and labels if they are of another set"
                )
            yield images, labels, [], dataset


def _checked_archive(source, files):
    """Say what the four files of an archive are, and hold them to their checksums."""
    paths, published = files.values(), source if source in ARCHIVES else "mnist"
    try:
        foreign = [path for path in paths if not is_official(path, published)]
    except FileNotFoundError as error:
        raise OSError(faults.missing(error.filename)) from None
    if source in ARCHIVES and foreign:
        what = f"its {ARCHIVES[source].checksum} is no longer the official one"
        raise faults.Broken(foreign[0], what)
    return f"the files in {source}" if foreign else ARCHIVES[published].title


def _labels_of(names):
    """Give labels numbers in order, but those that are whole numbers stay."""
    known = folders.in_order(set(names))
    if known == [""]:
        return None, []
    if all(map(folders.is_number, known)):
        return np.array([int(name) for name in names]), []
    numbers = {name: number for number, name in enumerate(known)}
    return np.array([numbers[name] for name in names]), known


def select(labels, *, label, count, choose, stream, names=(), within="all"):
    """Choose images by their label.

    Parameters
    ----------
    labels : ndarray of int, shape (available,)
        Labels of the images to choose from.
    label : int, str or "any"
        The label to choose: its name, where `names` are given, else the number.
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
    fitting = np.flatnonzero(folders.has_label(labels, label, names))
    if within != "all":
        fitting = fitting[(within[0] <= fitting) & (fitting < within[1])]
    wanted = len(fitting) if count == "all" else count
    if not 0 < wanted <= len(fitting):
        raise ValueError(
            f"expected at least {max(1, wanted)} images with label {label}"
            + ("" if within == "all" else f" at the positions {list(within)}")
            + f", got {len(fitting)} of {len(labels)}; ask for fewer, or for another "
            "label or range"
        )
    if choose == "first":
        return fitting[:wanted]
    return np.sort(stream.choice(fitting, wanted, replace=False))
