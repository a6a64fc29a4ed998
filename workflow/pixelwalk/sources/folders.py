"""Folders of pictures: which files are there, in which order, under which labels."""

import os
import re
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path

#: Formats of pictures that are read, and the endings of their files, in small letters.
FORMATS = {
    "PNG": (".png", ".apng"),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "TIFF": (".tif", ".tiff"),
    "BMP": (".bmp",),
    "GIF": (".gif",),
    "WEBP": (".webp",),
}
_SPECIAL = {
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_ENDINGS = tuple(ending for endings in FORMATS.values() for ending in endings)


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
        Ordered by name as people count: 2 comes before 10.

    Raises
    ------
    ValueError
        If a picture is a link to nothing, or no file: the first, and how many.
    """
    found = _pictures(folder)
    for name in inside(folder):
        found += _pictures(Path(folder) / name)
    dead = [path for path in found if not Path(path).is_file()]
    if dead:
        what = special(dead[0]) or "a link to nothing"
        raise ValueError(
            f"expected pictures in '{folder}', got {dead[0]}, which is {what}, as "
            f"{len(dead)} of {len(found)} are; mend them or take them out"
        )
    return found


def left_out(folder):
    """Say what is in a folder of pictures and is not read.

    Parameters
    ----------
    folder : str

    Returns
    -------
    list of str
        A line for each kind: files of other formats, and folders that lie deeper.
    """
    places = [Path(folder), *(Path(folder) / name for name in inside(folder))]
    files = [str(path / name) for path in places for name in _files(path)]
    deeper = [
        str(path / name)
        for path in places[1:]
        for name in inside(path)
        if any(_files(path / name)) or any(inside(path / name))
    ]
    others = [path for path in files if not path.lower().endswith(_ENDINGS)]
    found = {"files of other formats": others, "folders in sub-folders": deeper}
    return [
        f"{what} are not read: {len(paths)}, such as {paths[0]}"
        for what, paths in found.items()
        if paths
    ]


def beside_archive(folder, files):
    """Say which pictures lie beside the MNIST files of a folder, and are not read.

    Parameters
    ----------
    folder : str
    files : iterable of path-like
        Those of MNIST, which are read.

    Returns
    -------
    list of str
        One line, or none if there are no pictures.
    """
    places = [folder, *(Path(folder) / name for name in inside(folder))]
    found = [path for place in places for path in _pictures(place)]
    if not found:
        return []
    used = " and ".join(Path(path).name for path in files)
    return [
        f"{folder}: {used} are read; pictures beside them are not: {len(found)}, such "
        f"as {found[0]}; give those a folder of their own"
    ]


def special(path):
    """Name what a path is that is neither a file nor a folder.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str or None
        Such as ``a FIFO``; None for files, folders, and where nothing is.
    """
    with suppress(OSError):
        return _SPECIAL.get(stat.S_IFMT(Path(path).stat().st_mode))
    return None


def in_order(names):
    """Put names in the order in which people count: 2 comes before 10."""
    return sorted(names, key=_parts)


def _parts(name):
    split = re.split(r"([0-9]+)", name)
    return [
        (int(part), part) if number % 2 else part for number, part in enumerate(split)
    ]


def inside(folder):
    """List the names of the sub-folders of a folder, in order; not hidden ones."""
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if e.is_dir() and e.name[0] != "."]
    return in_order(names)


def _files(folder):
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if not e.is_dir() and e.name[0] != "."]
    return in_order(names)


def _pictures(folder):
    names = (name for name in _files(folder) if name.lower().endswith(_ENDINGS))
    return [str(Path(folder) / name) for name in names]


def is_number(name):
    """Tell whether a name is that of a whole number, as it is usually written."""
    return (
        name.isascii() and name.isdigit() and len(name) < 10 and str(int(name)) == name
    )


def has_label(labels, label, names=()):
    """Tell which images are of a label.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        Of the images, at least 0.
    label : int, str or "any"
        One of the names, if there are some; else a number; or any.
    names : sequence of str
        What the labels 0, 1, ... are called; empty if they are just numbers.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    if label == "any":
        return labels >= 0
    if names:
        found = find_label(label, names)
        return labels == (-1 if found is None else names.index(found))
    label = str(label).removesuffix("/")
    return labels == (int(label) if is_number(label) else -1)


def find_label(label, names):
    """Find the name that a label means, however its accents are encoded.

    Parameters
    ----------
    label : int or str
        As the configuration has it; a slash may end it, as in ``any/``, which is the
        sub-folder with the name "any".
    names : sequence of str
        Of sub-folders.

    Returns
    -------
    str or None
        None if there is none.
    """
    label = str(label).removesuffix("/")
    if label in names:
        return label
    composed = unicodedata.normalize("NFC", label)
    alike = [n for n in names if unicodedata.normalize("NFC", n) == composed]
    return alike[0] if len(alike) == 1 else None


def label_of(path, source):
    """Name the label of a picture: its sub-folder; none if it lies in the folder."""
    parent = Path(path).parent
    return "" if parent == Path(source) else parent.name
