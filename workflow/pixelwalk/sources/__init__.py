"""What image sets and ensembles are read from."""

import gzip
import re
import unicodedata
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

from pixelwalk.sources import folders
from pixelwalk.sources.mnist import ARCHIVES, find_part

# Kinds of files of arrays, by how their names end.
_ARRAYS = {".npy": "npy", ".npz": "npz", ".h5": "hdf5", ".hdf5": "hdf5"}
_IDX = re.compile(r".*(idx3-ubyte|\.idx)(\.gz)?", re.IGNORECASE)
_IDX_LABELS = re.compile(r".*(idx1-ubyte|\.idx)(\.gz)?", re.IGNORECASE)

# Snakemake takes braces for wildcards and <words> for parts of paths, and keeps its
# notes in UTF-8.
_UNFIT = re.compile(r"[{}<>\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


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
        return {"images": folders.pictures_in(source)}
    # Snakemake warns of names that begin with "./".
    labels = {"labels": str(Path(entry["labels"]))} if "labels" in entry else {}
    return {"images": str(Path(source))} | labels


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
            f"{key}: expected a folder or file that can be read, got '{path}'"
            + (_alike(Path(path)) or f": {error.strerror}")
        ) from None


def _check_ensemble(key, what, path):
    kinds = tuple(_ARRAYS.values())
    if what == "source" and kind_of(path) not in kinds:
        raise ValueError(f"{key}: expected a .npy, .npz or .h5 file, got '{path}'")
    if not Path(path).is_file():
        raise ValueError(f"{key}: expected a file, got '{path}', {no_file(path)}")


def no_file(path):
    """Say what a path is that is no file."""
    path = Path(path)
    if path.is_dir():
        return "which is a folder"
    if what := folders.special(path):
        return f"which is {what}; write what comes from it to a file"
    if path.is_symlink():
        return "which is a link to nothing"
    return _alike(path).removeprefix(", ") or "which is not there"


def _alike(path):
    """Say how a name, or that of a folder above, is there with its accents encoded."""
    for place in (path, *path.parents):
        with suppress(OSError):
            if place.exists():
                break
            composed = unicodedata.normalize("NFC", place.name)
            for name in (other.name for other in place.parent.iterdir()):
                if unicodedata.normalize("NFC", name) == composed:
                    return f", which is there as {name!a}: write its name like that"
    return ""


def _check(key, entry, kind):
    source = entry["source"]
    own = kind != "digits" and source not in ARCHIVES
    if own and folders.special(source):
        raise ValueError(
            f"{key}.source: expected a folder or a file, got '{source}', "
            f"{no_file(source)}"
        )
    if "labels" in entry:
        _check_labels(key, entry, kind)
    if entry["label"] != "any":
        _check_label(key, entry, kind)
    if kind == "pictures":
        _check_pictures(key, entry)
    elif own and kind == "archive":
        _check_archive(key, entry)
    elif own and not Path(source).is_file():
        raise ValueError(
            f"{key}.source: expected a file, got '{source}', {no_file(source)}"
        )


def _check_archive(key, entry):
    paths = find_part(entry["source"], entry["part"])
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise ValueError(
            f"{key}.source: expected a folder with the MNIST files, got "
            f"'{entry['source']}', where {missing[0].name} is "
            + (folders.special(missing[0]) or "not")
        )


def _check_pictures(key, entry):
    source = entry["source"]
    if Path(source).is_file():
        raise ValueError(
            f"{key}.source: expected a folder, in which pictures lie, or a file of "
            f"arrays that ends in .npy, .npz, .h5 or idx3-ubyte, got '{source}'"
        )
    try:
        paths = folders.pictures_in(source)
    except ValueError as error:
        raise ValueError(f"{key}.source: {error}") from None
    if not paths:
        there = "; ".join(folders.left_out(source)) or "a folder without any of them"
        raise ValueError(
            f"{key}.source: expected a folder with {', '.join(folders.FORMATS)} files, "
            "or with the four MNIST files, or a file that ends in .npy, .npz, .h5 or "
            f"idx3-ubyte; got '{source}', {there}"
        )
    unfit = [path for path in paths if _UNFIT.search(path)]
    if unfit:
        raise ValueError(
            f"{key}.source: expected names of files in UTF-8, without {{}}, <> and "
            f"control characters, got {unfit[0]!a}; rename it"
        )
    inside = [path for path in paths if folders.label_of(path, source)]
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
    path = entry["labels"]
    expected = f"{key}.labels: expected a .npy file or an IDX file, got '{path}'"
    if not Path(path).is_file():
        raise ValueError(f"{expected}, {no_file(path)}")
    if not _may_hold_labels(Path(path)):
        raise ValueError(
            f"{expected}, which is neither: save whole numbers with numpy.save, or as "
            "MNIST's train-labels-idx1-ubyte, .gz or not"
        )


def _may_hold_labels(path):
    """Tell whether a file is one of labels by its name, or else by how it begins."""
    if path.suffix.lower() == ".npy" or _IDX_LABELS.fullmatch(path.name):
        return True
    with path.open("rb") as file:
        begin = file.read(4)
    if begin[:2] == b"\x1f\x8b":
        with suppress(EOFError, zlib.error, gzip.BadGzipFile), gzip.open(path) as file:
            begin = file.read(4)
    return begin == bytes([0, 0, 8, 1])


def _check_label(key, entry, kind):
    label = entry["label"]
    if kind == "pictures":
        there = folders.inside(entry["source"])
        if folders.find_label(label, there) is None:
            quoted = isinstance(label, int) and any(
                n[0] == "0" and n.isdigit() for n in there
            )
            raise ValueError(
                f"{key}.label: expected the name of a sub-folder of "
                f"'{entry['source']}' ({listed(there)}), or any, got {label!r}"
                + ("; names such as 010 need quotes" if quoted else "")
            )
    elif isinstance(label, str):
        raise ValueError(
            f"{key}.label: expected a whole number or any, got '{label}'; "
            "only sub-folders of pictures have names"
        )
    elif kind in ("archive", "digits") and label > 9:
        raise ValueError(f"{key}.label: expected a digit, 0 to 9, or any, got {label}")


def listed(names, most=8):
    """List the first of some names for an error, and say how many more there are."""
    names = list(names)
    more = f", and {len(names) - most} more" if len(names) > most else ""
    return (", ".join(names[:most]) or "there is none") + more
