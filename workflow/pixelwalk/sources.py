"""What image sets and ensembles are read from."""

import os
import re
from contextlib import contextmanager
from pathlib import Path

from pixelwalk.mnist import ARCHIVES, find_part

#: Endings of picture files, in small letters.
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

# Kinds of files of arrays, by how their names end.
_ARRAYS = {".npy": "npy", ".npz": "npz", ".h5": "hdf5", ".hdf5": "hdf5"}
_IDX = re.compile(r".*(idx3-ubyte|\.idx)(\.gz)?", re.IGNORECASE)

# Snakemake takes braces for wildcards.
_UNFIT = re.compile(r"[{}\x00-\x1f]")


def kind_of(source):
    """Say what a source is.

    Parameters
    ----------
    source : str
        As the configuration has it.

    Returns
    -------
    str
        ``archive``, the four files of MNIST or of a set of its format, published or in
        a folder; ``digits``; ``pictures``, a folder; or a single file of kind ``npy``,
        ``npz``, ``hdf5`` or ``idx``.
    """
    if source in ARCHIVES:
        return "archive"
    if source == "digits":
        return "digits"
    suffix = Path(source).suffix.lower()
    if suffix in _ARRAYS:
        return _ARRAYS[suffix]
    if _IDX.fullmatch(Path(source).name):
        return "idx"
    parts = [path for part in ("train", "test") for path in find_part(source, part)]
    return "archive" if any(path.is_file() for path in parts) else "pictures"


def files_of(entry):
    """Name the files that an image set is read from.

    Parameters
    ----------
    entry : dict
        Its settings.

    Returns
    -------
    dict
        By what they hold: `images`, a path or a list of them, and `labels`, if those
        are in a file of their own. Nothing for images that are embedded.
    """
    source, kind = entry["source"], kind_of(entry["source"])
    if kind == "digits":
        return {}
    if kind == "archive":
        folder = f"results/{source}" if source in ARCHIVES else source
        images, labels = find_part(folder, entry["part"])
        return {"images": str(images), "labels": str(labels)}
    if kind == "pictures":
        return {"images": pictures_in(source)}
    # Snakemake warns of names that begin with "./".
    labels = {"labels": str(Path(entry["labels"]))} if "labels" in entry else {}
    return {"images": str(Path(source))} | labels


def pictures_in(folder):
    """List the picture files of a folder, or of its sub-folders, in order.

    Parameters
    ----------
    folder : str
        Its sub-folders are looked into, theirs are not; what begins with a dot is left
        out.

    Returns
    -------
    list of str
    """
    inner = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())
    found = _pictures(folder)
    for name in inner:
        if not name.startswith("."):
            found += _pictures(Path(folder) / name)
    return found


def _pictures(folder):
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.is_file()]
    seen = (n for n in names if n.lower().endswith(PICTURES) and n[0] != ".")
    return [str(Path(folder) / name) for name in sorted(seen)]


def label_of(path, source):
    """Name the label of a picture: its sub-folder; none if it lies in the folder."""
    parent = Path(path).parent
    return "" if parent == Path(source) else parent.name


def check(images, ising):
    """Check that the files of image sets and of ensembles are there.

    Parameters
    ----------
    images, ising : dict
        The settings of each set, and of each ensemble, by its name.

    Raises
    ------
    ValueError
        The set, what was expected and what came.
    """
    for name, entry in images.items():
        check_entry(f"images.{name}", entry)
    for name, entry in ising.items():
        for key in ("source", "lattice"):
            if "/" in entry.get(key, ""):
                with _readable(f"ising.{name}.{key}", entry[key]):
                    _check_ensemble(f"ising.{name}.{key}", key, entry[key])


def check_entry(key, entry):
    """Check that the files of one image set are there.

    Parameters
    ----------
    key : str
        What it is called, for errors.
    entry : dict
        Its settings.

    Raises
    ------
    ValueError
        The set, what was expected and what came.
    """
    with _readable(f"{key}.source", entry["source"]):
        _check(key, entry, kind_of(entry["source"]))


@contextmanager
def _readable(key, path):
    try:
        yield
    except OSError as error:  # such as a name that is too long
        raise ValueError(
            f"{key}: expected a folder or file that can be read, got '{path}': "
            f"{error.strerror}"
        ) from None


def _check_ensemble(key, what, path):
    kinds = tuple(_ARRAYS.values())
    if what == "source" and kind_of(path) not in kinds:
        raise ValueError(f"{key}: expected a .npy, .npz or .h5 file, got '{path}'")
    if not Path(path).is_file():
        raise ValueError(f"{key}: expected a file, got '{path}', which is not there")


def _check(key, entry, kind):
    if "labels" in entry:
        _check_labels(key, entry, kind)
    if entry["label"] != "any":
        _check_label(key, entry, kind)
    if kind == "pictures":
        _check_pictures(key, entry)
    elif kind == "archive" and entry["source"] not in ARCHIVES:
        _check_archive(key, entry)
    elif "/" in entry["source"] and not Path(entry["source"]).is_file():
        raise ValueError(
            f"{key}.source: expected a file, got '{entry['source']}', which is not "
            "there"
        )


def _check_archive(key, entry):
    paths = find_part(entry["source"], entry["part"])
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise ValueError(
            f"{key}.source: expected a folder with the MNIST files, got "
            f"'{entry['source']}', where {missing[0]} is not"
        )


def _check_pictures(key, entry):
    source = entry["source"]
    expected = (
        f"{key}.source: expected a folder with PNG, JPEG or TIFF files, or with the "
        "four MNIST files, or a file that ends in .npy, .npz, .h5 or idx3-ubyte"
    )
    paths = pictures_in(source)
    if not paths:
        raise ValueError(f"{expected}; got '{source}', a folder without any of them")
    unfit = [path for path in paths if _UNFIT.search(path)]
    if unfit:
        raise ValueError(
            f"{key}.source: expected names of files without braces and control "
            f"characters, got {unfit[0]!r}; rename it"
        )
    inside = [path for path in paths if label_of(path, source)]
    if 0 < len(inside) < len(paths):
        raise ValueError(
            f"{key}.source: expected pictures in '{source}' or in its sub-folders, "
            f"which are then their labels, got both: {paths[0]} and {inside[0]}"
        )


def _check_labels(key, entry, kind):
    if kind not in ("npy", "npz", "hdf5", "idx"):
        raise ValueError(
            f"{key}.labels: a file of labels goes with a source that is a file of "
            f"arrays, got source: {entry['source']}"
        )
    if not Path(entry["labels"]).is_file():
        raise ValueError(
            f"{key}.labels: expected a .npy or IDX file, got '{entry['labels']}', "
            "which is not there"
        )


def _check_label(key, entry, kind):
    if isinstance(entry["label"], int):
        if kind in ("archive", "digits") and entry["label"] > 9:
            raise ValueError(
                f"{key}.label: expected a digit, 0 to 9, or any, got {entry['label']}"
            )
        return
    if kind != "pictures":
        raise ValueError(
            f"{key}.label: expected a whole number or any, got '{entry['label']}'; "
            "only sub-folders of pictures have names"
        )
    if not (Path(entry["source"]) / entry["label"]).is_dir():
        raise ValueError(
            f"{key}.label: expected a sub-folder of '{entry['source']}', got "
            f"'{entry['label']}'"
        )
