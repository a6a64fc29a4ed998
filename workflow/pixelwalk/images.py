"""Images from elsewhere: MNIST from its mirrors or a folder, digits of scikit-learn.

This is the only room that knows the network.
"""

import logging
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import numpy as np

from pixelwalk import faults, storage
from pixelwalk.idx import read_idx
from pixelwalk.mnist import MNIST, is_official

log = logging.getLogger(__name__)

# Of scikit-learn's 1,797 digits the first go to the training part.
_DIGITS_TRAIN = 1347

_CHUNK = 1 << 16  # bytes
_LARGEST = 10**8  # bytes; the largest of the official files has a tenth of it


def fetch(name, folder, mirrors, *, timeout, retries, terminal=None):
    """Download one of the official MNIST files, from the first mirror that has it.

    A file whose SHA-256 differs from the official one is deleted, and the next mirror
    tried. The file appears in the folder only when it is whole and right; what a killed
    download left behind goes with the next.

    Parameters
    ----------
    name : str
        One of the names in `MNIST`.
    folder : path-like
        Where the file goes.
    mirrors : sequence of str
        Addresses of folders, tried in order: ``https:``, ``http:`` or ``file:``.
    timeout : float
        Seconds to wait for a connection, and for each next piece of data.
    retries : int
        How often a mirror is tried again, after 1 s, 2 s, ... (10 s at most).
    terminal : text stream, optional
        Where to draw a progress bar, if it is a terminal.

    Raises
    ------
    faults.Disk
        If the folder cannot be written.
    OSError
        If no mirror gave the file: each mirror with its reason, and the ways out.
    """
    path, reasons = Path(folder) / name, []
    if path.exists() and is_official(path):
        return
    for mirror in mirrors:
        is_file = mirror.startswith("file:")
        download = _copy if is_file else _downloader(name, timeout, terminal)
        tries = 1 if is_file else 1 + retries
        try:
            _download(f"{mirror.rstrip('/')}/{name}", path, download, tries)
        except faults.Disk:  # no fault of a mirror
            raise
        except (ValueError, OSError) as error:  # what requests raises is an OSError
            reasons.append(f"{mirror}: {_reason(error)}")
            log.info("%s", reasons[-1])
        else:
            log.info("%s: %s is whole and right", mirror, name)
            return
    raise OSError(
        f"{name} could not be had from any mirror ({'; '.join(reasons)}). Either put "
        "the four official files in a folder and name it as the source of the image "
        "set in config.yaml, or use the digits that scikit-learn ships: source: digits "
        "(`make` falls back to them by itself)"
    )


def _download(url, path, download, tries):
    """Let a downloader of pooch fill a file that appears only when it is right."""
    import pooch  # here, because what only reads files should not wait for it

    for wait in range(1, tries + 1):
        try:
            with storage.whole(path) as unfinished:
                download(url, unfinished, None)
                if pooch.file_hash(unfinished) != MNIST[path.name]:
                    raise ValueError(
                        f"the SHA-256 of {path.name} is not the official one; "
                        "it was deleted"
                    )
            return
        except faults.Disk:
            raise
        except (ValueError, OSError):
            if wait == tries:
                raise
            time.sleep(min(wait, 10))


def _downloader(name, timeout, terminal):
    import pooch
    from tqdm import tqdm

    shown = terminal is not None and terminal.isatty()
    # pooch puts the true total in place of the 1.
    bar = {"desc": name, "total": 1, "unit": "B", "unit_scale": True, "file": terminal}
    return pooch.HTTPDownloader(
        timeout=timeout, progressbar=shown and tqdm(**bar), chunk_size=_CHUNK
    )


def _copy(url, output, _pooch):
    try:
        with Path(url2pathname(urlsplit(url).path)).open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:  # of the mirror, even if it is one of the disk
        raise ValueError(f"{url} cannot be read") from error
    output.write_bytes(content)


def _reason(error):
    import requests

    if "the SHA-256 of" in str(error):
        return str(error)
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.HTTPError):
        return f"answered {error.response.status_code} {error.response.reason}"
    cause = error
    while cause.__context__ is not None:
        cause = cause.__context__
    return f"{type(cause).__name__}: {cause}"


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


def load(source, part, files):
    """Load the images of one part of a source.

    Parameters
    ----------
    source : str
        ``digits``, or anything else: then the images are read from `files`.
    part : {"train", "test"}
        Which part.
    files : mapping
        Paths of the IDX files, as `images` and `labels`; unused for ``digits``.

    Returns
    -------
    images : ndarray of uint8, shape (count, rows, columns)
    labels : ndarray of uint8, shape (count,)
    dataset : str
        What they are: ``MNIST`` only if both files are the official ones.

    Raises
    ------
    faults.Broken
        If what was downloaded has changed since.
    ValueError, OSError
        As `read_labelled` does, or if a file is missing.
    """
    if source == "digits":
        return *embedded_digits(part), "the 8 x 8 digits of scikit-learn"
    paths = files["images"], files["labels"]
    try:
        foreign = [path for path in paths if not is_official(path)]
    except FileNotFoundError as error:
        raise OSError(faults.missing(error.filename)) from None
    if source == "mnist" and foreign:
        raise faults.Broken(foreign[0], "its SHA-256 is no longer the official one")
    images, labels = read_labelled(*paths)
    return images, labels, f"the files in {source}" if foreign else "MNIST"


def select(labels, *, label, count, choose, stream):
    """Choose images by their label.

    Parameters
    ----------
    labels : ndarray of int, shape (available,)
        Labels of the images to choose from.
    label : int or "any"
        The label to choose.
    count : int or "all"
        How many.
    choose : {"first", "random"}
        The first ones, or a choice without repetition.
    stream : numpy.random.Generator
        Where a random choice comes from.

    Returns
    -------
    ndarray of int64, shape (count,)
        Positions in `labels`, ascending.

    Raises
    ------
    ValueError
        If there are fewer than `count`, or none.
    """
    fitting = (
        np.arange(len(labels)) if label == "any" else np.flatnonzero(labels == label)
    )
    wanted = len(fitting) if count == "all" else count
    if not 0 < wanted <= len(fitting):
        raise ValueError(
            f"expected at least {max(1, wanted)} images with label {label}, "
            f"got {len(fitting)}; ask for fewer, or for another label"
        )
    if choose == "first":
        return fitting[:wanted]
    return np.sort(stream.choice(fitting, wanted, replace=False))
