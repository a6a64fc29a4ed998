"""Arrays from `.npy`, `.npz` and HDF5 files that other programs made."""

import math
import os
import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass

import h5py
import numpy as np

from pixelwalk.storage.idx import open_idx
from pixelwalk.storage.rows import BLOCK, Rows, understood

_LARGEST_CHUNK = 1 << 29  # bytes
_KINDS = {"npy": "an .npy", "npz": "an .npz", "hdf5": "an HDF5"}


@contextmanager
def open_arrays(path, kind, names):
    """Open a file of arrays.

    Parameters
    ----------
    path : path-like
        The file.
    kind : {"npy", "npz", "hdf5"}
        What it is. A `.npy` file has one array, which gets the first of the names; so
        does the only one of an `.npz` file, whatever its name there.
    names : sequence of str
        What is looked for: the first must be there.

    Yields
    ------
    dict of Rows
        Those of the names that are there.

    Raises
    ------
    ValueError
        If the file is broken, holds anything but numbers, lacks the first array, or if
        an array lies in another file or was never written.
    OSError
        If the file cannot be opened.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - so an error is in its own words
        with understood(path, _KINDS[kind]):
            opened = _OPENERS[kind](file, path)
        with opened as archive:
            with understood(path, _KINDS[kind]):
                held = _HELD[kind](archive)
                if kind != "hdf5" and len(held) == 1:
                    held = {names[0]: next(iter(held.values()))}
                found = {
                    name: _ROWS[kind](path, archive, held[name])
                    for name in names
                    if name in held
                }
            if names[0] not in found:
                there = ", ".join(sorted(map(ascii, held))).replace("'", "")
                raise ValueError(
                    f"{path}: expected an array named '{names[0]}', got "
                    f"{there or 'nothing'}; rename it there"
                )
            yield found


def _header(file):
    """Read the header of an .npy file: shape, whether by columns, and type."""
    version = np.lib.format.read_magic(file)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read is None:
        raise ValueError(f"version {version[0]}.{version[1]} of the format")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Python 2 wrote
        shape, by_columns, dtype = read(file)
    if dtype.hasobject:
        raise ValueError("it holds Python objects")
    if not shape:
        raise ValueError("it is a single value")
    if any(side < 0 for side in shape):
        raise ValueError(f"its shape is {shape}")
    return shape, by_columns, dtype


def _check_size(shape, dtype, there):
    claimed = math.prod(shape) * dtype.itemsize
    if claimed != there:
        what = "it is cut off" if there < claimed else "it holds more than one array"
        raise ValueError(
            f"its header says {' x '.join(map(str, shape))} of {dtype}, {claimed} "
            f"bytes, but {there} are there: {what}"
        )


@dataclass
class _Plain(Rows):
    """The array of an .npy file."""

    offset: int
    by_columns: bool

    @classmethod
    def of(cls, path, _archive, file):
        shape, by_columns, dtype = _header(file)
        offset = file.tell()
        _check_size(shape, dtype, os.fstat(file.fileno()).st_size - offset)
        return cls(path, _KINDS["npy"], shape, dtype, offset, by_columns)

    def _blocks(self, needed):
        for first, last in self._spans(needed):
            if self.by_columns:
                yield first, _turned(self, first, last, self._columns)
            else:
                # Mapped anew for each block, so that no more than a block is held.
                mapped = np.memmap(self.path, self.dtype, "r", self.offset, self.shape)
                yield first, np.array(mapped[first:last])

    def _columns(self, low, high):
        place = self.offset + low * self.shape[0] * self.dtype.itemsize
        shape = (high - low, self.shape[0])
        return np.memmap(self.path, self.dtype, "r", place, shape)


@dataclass
class _Zipped(Rows):
    """An array of an .npz file, which is read from its beginning to its end."""

    archive: zipfile.ZipFile
    member: str
    by_columns: bool

    @classmethod
    def of(cls, path, archive, member):
        try:
            with archive.open(member) as file:
                shape, by_columns, dtype = _header(file)
                there = archive.getinfo(member).file_size - file.tell()
            _check_size(shape, dtype, there)
        except ValueError as error:
            name = ascii(member.removesuffix(".npy"))
            raise ValueError(f"{name}: {error}") from None
        return cls(path, _KINDS["npz"], shape, dtype, archive, member, by_columns)

    @property
    def held(self):
        return super().held + (self._large() if self.by_columns else 0)

    def _blocks(self, needed):
        if self.by_columns:
            step = max(1, self._large() // max(1, self.row))
            for first, last in self._spans(needed, step):
                with self._opened() as file:
                    yield first, _turned(self, first, last, self._columns(file))
            return
        with self._opened() as file:
            for first, last in self._spans():
                shape = (last - first, *self.shape[1:])
                yield first, _numbers(file, shape, self.dtype)

    @contextmanager
    def _opened(self):
        with self.archive.open(self.member) as file:
            _header(file)
            yield file
            if file.read(1):  # only then its checksum is compared
                raise ValueError("it holds more than its header says")

    def _columns(self, file):
        def read(low, high):
            return _numbers(file, (high - low, self.shape[0]), self.dtype)

        return read


def _turned(rows, first, last, read):
    """Read rows of an array that is stored column by column.

    Parameters
    ----------
    rows : Rows
    first, last : int
        The first row, and the one after the last.
    read : callable
        Gives the columns from one number to another: shape (columns, all rows). It is
        asked for all columns, one part after the other.

    Returns
    -------
    ndarray, shape (last - first, ...)
    """
    columns = math.prod(rows.shape[1:])
    step = max(1, BLOCK // max(1, rows.shape[0] * rows.dtype.itemsize))
    made = np.empty((columns, last - first), rows.dtype)
    for low in range(0, columns, step):
        high = min(low + step, columns)
        made[low:high] = read(low, high)[:, first:last]
    return made.reshape(*rows.shape[:0:-1], last - first).T


def _numbers(file, shape, dtype):
    data, size = bytearray(), math.prod(shape) * dtype.itemsize
    while len(data) < size:
        piece = file.read(min(BLOCK, size - len(data)))
        if not piece:
            raise ValueError("it is cut off")
        data += piece
    return np.frombuffer(data, dtype).reshape(shape)


@dataclass
class _Dataset(Rows):
    """A dataset of an HDF5 file."""

    item: h5py.Dataset
    step: int
    turned: bool

    @classmethod
    def of(cls, path, archive, name):
        if isinstance(archive.get(name, getlink=True), h5py.ExternalLink):
            raise ValueError(f"'{name}' lies in another file")
        item = archive[name]
        if not isinstance(item, h5py.Dataset):
            raise ValueError(f"'{name}' is no array")
        if item.file.filename != archive.filename or item.is_virtual or item.external:
            raise ValueError(f"'{name}' lies in another file; copy the data into this")
        if item.dtype.kind not in "biufc":
            raise ValueError(f"'{name}' holds {item.dtype}, not numbers")
        if item.shape is None or item.ndim == 0:
            raise ValueError(f"'{name}' is a single value")
        _check_written(item, name)
        # MATLAB writes its arrays with the axes in the opposite order.
        turned = "MATLAB_class" in item.attrs
        shape = item.shape[::-1] if turned else item.shape
        chunk = item.chunks and item.chunks[-1 if turned else 0]
        return cls(path, _KINDS["hdf5"], shape, item.dtype, item, chunk, turned)

    @property
    def held(self):
        if not self.item.chunks:
            return super().held
        # Of a chunk, what is packed, what is not, and what a filter makes in between.
        chunk = math.prod(self.item.chunks) * self.dtype.itemsize
        return max(super().held, (self._step() + 1) * self.row + 3 * chunk)

    def _step(self):
        """Rows of a block: those of whole chunks, if they are not too many."""
        row = max(1, self.row)
        if not self.step or self.step * row > self._large():
            return max(1, (self._large() if self.step else BLOCK) // row)
        return max(1, BLOCK // (self.step * row)) * self.step

    def _blocks(self, needed):
        for first, last in self._spans(needed, self._step()):
            if self.turned:
                yield first, self.item[..., first:last].T
            else:
                yield first, self.item[first:last]


def _check_written(item, name):
    """Refuse what was never written, and chunks that are too large to be read."""
    claimed, there = item.size * item.dtype.itemsize, item.id.get_storage_size()
    if item.chunks is None:
        complete = there == claimed
    else:
        if math.prod(item.chunks) * item.dtype.itemsize > _LARGEST_CHUNK:
            raise ValueError(
                f"'{name}' has chunks of {item.chunks}; write smaller ones"
            )
        sides = zip(item.shape, item.chunks, strict=True)
        chunks = math.prod(-(-side // chunk) for side, chunk in sides)
        written = item.id.get_num_chunks() if there else 0
        complete = written == chunks
    if not complete:
        raise ValueError(
            f"'{name}' says {' x '.join(map(str, item.shape))} of {item.dtype}, but "
            "not all of it was ever written"
        )


def _open_hdf5(_file, path):
    return h5py.File(path, "r")


def _open_zip(file, _path):
    return zipfile.ZipFile(file)


@contextmanager
def _open_plain(file, _path):
    yield file


def _members(archive):
    names = (name for name in archive.namelist() if name.endswith(".npy"))
    return {name.removesuffix(".npy"): name for name in names}


_OPENERS = {"npy": _open_plain, "npz": _open_zip, "hdf5": _open_hdf5}
_HELD = {
    "npy": lambda file: {"": file},
    "npz": _members,
    "hdf5": lambda file: {name: name for name in file},
}
_ROWS = {"npy": _Plain.of, "npz": _Zipped.of, "hdf5": _Dataset.of}


def extent(path, kind, name):
    """Read from its header how large an array is.

    Parameters
    ----------
    path : path-like
        The file.
    kind : {"npy", "npz", "hdf5", "idx"}
        What it is; an IDX file is one of images.
    name : str
        Of the array, as of `open_arrays`.

    Returns
    -------
    shape : tuple of int
    held : int
        Bytes that are held while it is read in blocks, at most.

    Raises
    ------
    ValueError, OSError
        As `open_arrays` does.
    """
    if kind == "idx":
        with open_idx(path, 3) as rows:
            return rows.shape, rows.held
    with open_arrays(path, kind, (name,)) as found:
        return found[name].shape, found[name].held
