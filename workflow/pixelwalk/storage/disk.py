"""HDF5 and the disk: files that are made steadily, and faults told from each other."""

import errno
import os
import re
from contextlib import contextmanager

import h5py

from pixelwalk.jobs import faults

# What h5py, json, scipy and `bits` raise on files that are cut off or changed.
_BROKEN = (OSError, KeyError, RuntimeError, TypeError, ValueError)

#: With these, too, an OSError speaks of the content; with any other, of the disk.
OF_CONTENT = (None, 0, errno.EINVAL, errno.EOVERFLOW)


@contextmanager
def create(path, block):
    """Make an HDF5 file whose metadata hold checksums and no clock time.

    Parameters
    ----------
    path : pathlib.Path
        A file that is there, and is overwritten.
    block : bytes
        What stands in front of it; 512 bytes, or a power of two times that.

    Yields
    ------
    h5py.File

    Raises
    ------
    OSError
        When the disk fails, at the end.
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
def understood(path):
    """Tell files that are broken from disks that fail, in one line each.

    Parameters
    ----------
    path : path-like
        The HDF5 file that is read meanwhile.

    Raises
    ------
    faults.Broken
        If what is read is not what was written.
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
        why = " ".join(str(error).split())
        said = re.search(r"\berrno = (\d+)", why)
        number = getattr(error, "errno", None) or (said and int(said[1]))
        if number not in OF_CONTENT:
            with faults.told(path):
                raise OSError(number, f"{path}: {why}") from None
        raise faults.Broken(
            path, f"expected a whole HDF5 file, but it is broken ({why})"
        ) from None


class _Steady:
    """A file for HDF5 to write to, which keeps every fault to itself.

    The library is not fit for writes that fail: it may crash the process when it closes
    the file. So it hears of none, and the first is raised after it is done.
    """

    def __init__(self, raw):
        self.raw, self.fault = raw, None
        self.seek, self.tell, self.readinto = raw.seek, raw.tell, raw.readinto
        self.flush = raw.flush

    def write(self, data):
        left = memoryview(data)
        try:
            while left and not self.fault:
                left = left[self.raw.write(left) :]
        except BaseException as fault:  # an interrupt, too
            # Its traceback would hold on to the data, which belongs to HDF5.
            self.fault = fault.with_traceback(None)
        return len(data)

    def truncate(self, size):
        try:
            self.raw.truncate(size)
        except BaseException as fault:
            self.fault = self.fault or fault.with_traceback(None)
        return size
