"""Which versions of which libraries computed some results."""

import importlib.metadata
import json
import platform

import h5py

import pixelwalk
from pixelwalk.storage import disk


def versions(paths, *own):
    """Gather the versions that files name, and those of what runs now.

    Parameters
    ----------
    paths : iterable of path-like
        HDF5 files as `write` makes them.
    *own : str
        Distributions that run now, besides Python and this package.

    Returns
    -------
    dict of str to list of str
        For each library its versions, without repetition, sorted: more than one where
        some files, or those that they were made from, are older.

    Raises
    ------
    faults.Broken
        If a file is cut off, changed or of another kind.
    OSError
        If one is missing or cannot be read.
    """
    found = {name: {importlib.metadata.version(name)} for name in own}
    found |= {"pixelwalk": {pixelwalk.__version__}}
    found |= {"python": {platform.python_version()}}
    for path in paths:
        with disk.understood(path), h5py.File(path, "r") as file:
            told = [json.loads(file.attrs[name]) for name in ("versions", "source")]
            for each in (told[0], *_of_sources(told[1])):
                for name, version in each.items():
                    found.setdefault(name, set()).add(version)
    return {name: sorted(found[name]) for name in sorted(found)}


def _of_sources(made):
    """Give the versions of all that a file was made from, however it is nested."""
    if isinstance(made, dict):
        for key, part in made.items():
            if key == "versions":
                yield part
            else:
                yield from _of_sources(part)
