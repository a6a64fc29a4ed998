"""The IDX format of MNIST, read with distrust."""

import gzip
import math
import os
import struct
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pixelwalk.storage.rows import Rows

_MOST_PACKED = 1032  # bytes that one byte of a gzip file can stand for


@contextmanager
def open_idx(path, dimensions):
    """Open an IDX file of unsigned bytes, gzipped or not, and believe nothing in it.

    Parameters
    ----------
    path : path-like
        The file.
    dimensions : int
        How many dimensions it must have: 3 for images, 1 for labels.

    Yields
    ------
    Rows
        In the shape that the header gives.

    Raises
    ------
    ValueError
        If the file is not such a file, is shorter or longer than its header says, or
        is broken; never more than that is read, or more than a block held.
    OSError
        If the file cannot be opened.

    References
    ----------
    The format is described on the MNIST database's page (LeCun, Cortes, Burges): two
    zero bytes, the type (0x08 for unsigned bytes), the number of dimensions, the size
    of each as a big-endian 32-bit integer, the data.
    """
    path = Path(path)
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        with gzip.open(raw) if zipped else raw as file:
            with _whole_gzip(path):
                shape = _shape(file, path, dimensions)
            size, there = math.prod(shape), os.fstat(raw.fileno()).st_size
            if zipped and size > _MOST_PACKED * there:
                _cut_off(path, shape, f"at most {_MOST_PACKED * there}")
            if not zipped and size > there - file.tell():
                _cut_off(path, shape, there - file.tell())
            try:
                np.empty(shape, np.uint8)  # a size of 0 beside ones that are too large
            except ValueError:
                raise ValueError(
                    f"{path}: the header says {shape}, which cannot be"
                ) from None
            yield _Idx(path, "an IDX", shape, np.dtype(np.uint8), file, file.tell())


def read_idx(path, dimensions):
    """Read a whole IDX file, as `open_idx` opens it.

    Returns
    -------
    ndarray of uint8
    """
    with open_idx(path, dimensions) as rows:
        return rows.whole()


@dataclass
class _Idx(Rows):
    file: object
    offset: int

    def blocks(self, needed=None):
        with _whole_gzip(self.path):
            yield from self._blocks(needed)

    def _blocks(self, needed):
        self.file.seek(self.offset)
        zipped = isinstance(self.file, gzip.GzipFile)
        row = math.prod(self.shape[1:])
        for first, last in self._spans(None if zipped else needed):
            if not zipped:
                self.file.seek(self.offset + first * row)
            data = _read_up_to(self.file, (last - first) * row)
            if len(data) < (last - first) * row:
                _cut_off(self.path, self.shape, first * row + len(data))
            shape = (last - first, *self.shape[1:])
            yield first, np.frombuffer(data, np.uint8).reshape(shape)
        self.file.seek(self.offset + math.prod(self.shape))
        if self.file.read(1):
            raise ValueError(
                f"{self.path}: the header says {_says(self.shape)} bytes, but there "
                "are more; this is not the file it claims to be"
            )


@contextmanager
def _whole_gzip(path):
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(
            f"{path}: expected a whole gzip file, but it is broken ({error}); "
            "delete it and fetch it again"
        ) from None


def _shape(file, path, dimensions):
    header = _read_up_to(file, 4 + 4 * dimensions)
    expected = bytes([0, 0, 8, dimensions])
    if header[:4] != expected:
        raise ValueError(
            f"{path}: expected an IDX file of {dimensions}-dimensional unsigned bytes "
            f"(first bytes {expected.hex(' ')}), got {header[:4].hex(' ') or 'nothing'}"
        )
    if len(header) < 4 + 4 * dimensions:
        raise ValueError(f"{path}: the file ends within its header; fetch it again")
    return struct.unpack(f">{dimensions}I", header[4:])


def _says(shape):
    return f"{' x '.join(map(str, shape))} = {math.prod(shape)}"


def _cut_off(path, shape, there):
    raise ValueError(
        f"{path}: the header says {_says(shape)} bytes, but only {there} are there; "
        "the file is cut off, fetch it again"
    )


def _read_up_to(file, size):
    data = bytearray()
    while len(data) < size:
        piece = file.read(min(1 << 20, size - len(data)))
        if not piece:
            break
        data += piece
    return data
