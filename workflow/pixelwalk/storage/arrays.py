"""Arrays from files that other programs made: read with distrust, never unpickled."""

import zipfile
import zlib

import h5py
import numpy as np


def read_arrays(path, kind, names):
    """Read arrays by their names.

    Parameters
    ----------
    path : path-like
        The file.
    kind : {"npy", "npz", "hdf5"}
        What it is. A `.npy` file has one array, which gets the first of the names; so
        does the only one of an `.npz` file, whatever its name there.
    names : sequence of str
        What is looked for: the first must be there.

    Returns
    -------
    dict of ndarray
        Those of the names that are there.

    Raises
    ------
    ValueError
        If the file is broken, holds Python objects, or lacks the first array.
    OSError
        If the file cannot be opened.
    """
    with open(path, "rb"):  # noqa: PTH123 - what cannot be opened says so in its words
        pass
    try:
        found, there = _READERS[kind](path, names)
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise _broken(path, kind, error) from None
    except (zlib.error, RuntimeError, MemoryError) as error:
        raise _broken(path, kind, error) from None
    if names[0] not in found:
        held = ", ".join(sorted(there)) or "nothing"
        raise ValueError(
            f"{path}: expected an array named '{names[0]}', got {held}; rename it there"
        )
    return found


def _broken(path, kind, error):
    told = str(error).splitlines()[0] if str(error) else type(error).__name__
    return ValueError(
        f"{path}: expected a {_KINDS[kind]} file with arrays of numbers, but it cannot "
        f"be read ({told})"
    )


def _npy(path, names):
    array = np.load(path, allow_pickle=False)
    if not isinstance(array, np.ndarray):
        raise ValueError("it is an .npz file, or none of numpy's")
    return {names[0]: array}, names[:1]


def _npz(path, names):
    archive = np.load(path, allow_pickle=False)
    if isinstance(archive, np.ndarray):
        raise ValueError("it is an .npy file")
    with archive:
        if len(archive.files) == 1:
            return {names[0]: archive[archive.files[0]]}, archive.files
        there = archive.files
        return {name: archive[name] for name in names if name in there}, there


def _hdf5(path, names):
    with h5py.File(path, "r") as file:
        held = [name for name in names if isinstance(file.get(name), h5py.Dataset)]
        return {name: file[name][()] for name in held}, list(file)


_READERS = {"npy": _npy, "npz": _npz, "hdf5": _hdf5}
_KINDS = {"npy": ".npy", "npz": ".npz", "hdf5": "HDF5"}
