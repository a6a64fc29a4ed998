"""The IDX format of MNIST, read with distrust."""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

_CHUNK = 1 << 20  # bytes


def read_idx(path, dimensions):
    """Read an IDX file of unsigned bytes, gzipped or not, and believe nothing in it.

    Parameters
    ----------
    path : path-like
        The file.
    dimensions : int
        How many dimensions it must have: 3 for images, 1 for labels.

    Returns
    -------
    ndarray of uint8
        In the shape that the header gives.

    Raises
    ------
    ValueError
        If the file is not such a file, is shorter or longer than its header says, or
        is broken; never more than that is read or held.
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
            try:
                return _parse_idx(file, path, dimensions)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise ValueError(
                    f"{path}: expected a whole gzip file, but it is broken ({error}); "
                    "delete it and fetch it again"
                ) from None


def _parse_idx(file, path, dimensions):
    header = _read_up_to(file, 4 + 4 * dimensions)
    expected = bytes([0, 0, 8, dimensions])
    if header[:4] != expected:
        raise ValueError(
            f"{path}: expected an IDX file of {dimensions}-dimensional unsigned bytes "
            f"(first bytes {expected.hex(' ')}), got {header[:4].hex(' ') or 'nothing'}"
        )
    if len(header) < 4 + 4 * dimensions:
        raise ValueError(f"{path}: the file ends within its header; fetch it again")
    shape = struct.unpack(f">{dimensions}I", header[4:])
    size = math.prod(shape)
    data = _read_up_to(file, size)
    if len(data) < size:
        raise ValueError(
            f"{path}: the header says {' x '.join(map(str, shape))} = {size} bytes, "
            f"but only {len(data)} are there; the file is cut off, fetch it again"
        )
    if file.read(1):
        raise ValueError(
            f"{path}: the header says {' x '.join(map(str, shape))} = {size} bytes, "
            "but there are more; this is not the file it claims to be"
        )
    try:
        return np.frombuffer(data, np.uint8).reshape(shape)
    except ValueError:  # a size of 0 beside sizes that are too large for any array
        raise ValueError(f"{path}: the header says {shape}, which cannot be") from None


def _read_up_to(file, size):
    data = bytearray()
    while len(data) < size:
        piece = file.read(min(_CHUNK, size - len(data)))
        if not piece:
            break
        data += piece
    return data
