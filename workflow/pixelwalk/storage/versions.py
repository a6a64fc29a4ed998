"""Versions of the libraries that computed results."""

import importlib.metadata
import json
import platform

import h5py

import pixelwalk
from pixelwalk.storage import disk


def versions(paths, *own):
    """Return the versions that files record, and those of running libraries.

    Parameters
    ----------
    paths : iterable of path-like
        HDF5 files that `write` wrote.
    *own : str
        Distributions of this process to add, besides Python and this package.

    Returns
    -------
    dict of str to list of str
        Sorted distinct versions of each library; several if some files, or files that
        they were computed from, are older.

    Raises
    ------
    faults.Broken
        If a file is truncated, corrupt or of another kind.
    OSError
        If one is missing or cannot be read.
    """
    known = {name: {importlib.metadata.version(name)} for name in own}
    known |= {"pixelwalk": {pixelwalk.__version__}}
    known |= {"python": {platform.python_version()}}
    for path in paths:
        with disk.translated(path), h5py.File(path, "r") as file:
            first, source = (json.loads(file.attrs[n]) for n in ("versions", "source"))
            for recorded in (first, *_of_sources(source)):
                for name, version in recorded.items():
                    known.setdefault(name, set()).add(version)
    return {name: sorted(known[name]) for name in sorted(known)}


def _of_sources(source):
    """Yield the versions of all files in the nested sources of a file."""
    if isinstance(source, dict):
        for key, part in source.items():
            if key == "versions":
                yield part
            else:
                yield from _of_sources(part)
