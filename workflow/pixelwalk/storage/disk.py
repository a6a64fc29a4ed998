"""Creation of HDF5 files, and classification of their errors."""

import errno
import os
import re
from contextlib import contextmanager

import h5py

from pixelwalk.jobs import faults

# What h5py, json, scipy and `bits` raise for truncated or corrupt files.
_BROKEN = (OSError, KeyError, RuntimeError, TypeError, ValueError)

#: Error numbers of an OSError that concerns the content; others concern the disk.
OF_CONTENT = (None, 0, errno.EINVAL, errno.EOVERFLOW)


@contextmanager
def create(path, block):
    """Create an HDF5 file whose metadata has checksums and no clock time.

    Parameters
    ----------
    path : pathlib.Path
        An existing file, which is overwritten.
    block : bytes
        User block, written first in the file: 512 bytes times a power of two.

    Yields
    ------
    h5py.File

    Raises
    ------
    OSError
        If the disk failed; raised at the end.
    """
    with path.open("r+b", buffering=0) as raw:
        steady = _Steady(raw)
        try:
            with h5py.File(_create(path, steady, len(block))) as file:
                yield file
            steady.seek(0)
            steady.write(block)
        finally:
            if steady.fault:
                raise steady.fault


def _create(path, steady, front):
    created = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    created.set_userblock(front)
    created.set_obj_track_times(False)
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(h5py.h5f.LIBVER_V110, h5py.h5f.LIBVER_V110)
    access.set_fileobj_driver(h5py.h5fd.fileobj_driver, steady)
    name = os.fsencode(path)
    return h5py.h5f.create(name, h5py.h5f.ACC_TRUNC, created, access)


@contextmanager
def translated(path):
    """Translate errors into one line, for a broken file or for a disk that fails.

    Parameters
    ----------
    path : path-like
        The HDF5 file that the body reads.

    Raises
    ------
    faults.Broken
        If the content is not what was written.
    OSError
        If it is missing or cannot be read.
    """
    try:
        yield
    except faults.Broken:
        raise
    except FileNotFoundError:
        raise OSError(faults.missing(path)) from None
    except _BROKEN as error:
        reason = " ".join(str(error).split())
        match = re.search(r"\berrno = (\d+)", reason)
        number = getattr(error, "errno", None) or (match and int(match[1]))
        if number not in OF_CONTENT:
            with faults.translated(path):
                raise OSError(number, f"{path}: {reason}") from None
        raise faults.Broken(
            path, f"expected a whole HDF5 file, but it is broken ({reason})"
        ) from None


class _Steady:
    """File object for HDF5 that stores write errors instead of raising them.

    After a failed write, the HDF5 library may crash the process when it closes the
    file. So the first error is stored in `fault`, and `create` raises it at the end.
    """

    def __init__(self, raw):
        self.raw, self.fault = raw, None
        self.seek, self.tell, self.readinto = raw.seek, raw.tell, raw.readinto
        self.flush = raw.flush

    def write(self, data):
        rest = memoryview(data)
        try:
            while rest and not self.fault:
                rest = rest[self.raw.write(rest) :]
        except BaseException as fault:  # an interrupt, too
            # Its traceback would keep a reference to the data, which HDF5 owns.
            self.fault = fault.with_traceback(None)
        return len(data)

    def truncate(self, size):
        try:
            self.raw.truncate(size)
        except BaseException as fault:
            self.fault = self.fault or fault.with_traceback(None)
        return size
