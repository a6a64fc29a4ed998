"""Errors of files and disks as one-line messages; broken files are renamed."""

import errno
import itertools
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

# Errors of the disk: what is wrong, and what to do.
_DISK = {
    errno.ENOSPC: "the disk is full; make room and run again",
    errno.EDQUOT: "the quota of the disk is used up; make room and run again",
    errno.EFBIG: "the file is larger than the disk, or the limit of this account "
    "(ulimit -f), allows; make room for it and run again",
    errno.EROFS: "the disk is read-only; make it writable and run again",
    errno.EACCES: "the permission is missing; see to it and run again",
    errno.EPERM: "the permission is missing; see to it and run again",
    errno.EIO: "the disk does not work as it should; see to it and run again",
    **dict.fromkeys(
        (errno.ENOTCONN, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.EHOSTDOWN),
        "the disk is not mounted, or cannot be reached; see to it and run again",
    ),
}

_LEAST = 100_000  # bytes that Snakemake's own records need


class Disk(OSError):
    """An error of the disk; its message is one line with what to do."""


class Broken(ValueError):
    """A result file that is corrupt, or is not the file that belongs at its path.

    Parameters
    ----------
    path : path-like
        The file.
    fault : str
        What was expected, and what came.
    """

    def __init__(self, path, fault):
        super().__init__(f"{path}: {fault}")
        self.path = Path(path)


def check_writable(folder):
    """Check that files can be created in a folder.

    Parameters
    ----------
    folder : path-like
        It need not exist yet.

    Raises
    ------
    OSError
        If the folder, or the nearest parent that exists, is full or not writable: in
        one line, with what to do.
    """
    named, folder = Path(folder), Path(folder).resolve()
    with translated(folder):
        nearest = next(p for p in (folder, *folder.parents) if p.exists())
        if named.is_symlink() and nearest != folder:
            raise OSError(errno.ENOTCONN, "a link to nothing")
        if not nearest.is_dir():
            raise Disk(f"{folder}: expected a folder, got a file; move it away")
        if os.statvfs(nearest).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, "read-only")
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, "no permission")
        usage = shutil.disk_usage(nearest)
        if usage.total and usage.free < _LEAST:  # some file systems report 0 of 0
            raise OSError(errno.ENOSPC, "full")


@contextmanager
def translated(path=None):
    """Translate errors of the disk into one line that names the file or folder.

    Parameters
    ----------
    path : path-like, optional
        What the body reads or writes; by default, what the error names.

    Raises
    ------
    Disk
        In place of an OSError that the disk causes: the file, and what to do.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK:
            raise
        affected = path or error.filename or "a file"
        raise Disk(f"{affected}: {_DISK[error.errno]}") from error


def missing(path):
    """Return the message for a missing file: why it may be missing, and what to do.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    str
        It names the broken file that was set aside, if there is one.
    """
    path, came = Path(path), "it is not there"
    if before := list(itertools.takewhile(os.path.lexists, _names_aside(path))):
        came = f"it was found broken and is set aside as {before[-1].name}"
    return f"{path}: expected a file, but {came}; run again to make it anew"


def set_aside(path):
    """Rename a broken file, so that the next run computes it again and nothing is lost.

    Parameters
    ----------
    path : pathlib.Path
        The file; its new name, in the same folder, is one that was free.

    Returns
    -------
    str
        What was done, and what to do.
    """
    aside = next(name for name in _names_aside(path) if not os.path.lexists(name))
    try:
        path.rename(aside)
    except FileNotFoundError:  # another job was faster
        return "it was set aside; run again to make it anew"
    except OSError as error:
        return f"delete it and run again (it cannot be set aside: {error.strerror})"
    return f"it is set aside as {aside.name}; run again to make it anew"


def _names_aside(path):
    """Yield the names for broken files, in the order in which they are used."""
    yield path.with_name(f"{path.name}.broken")
    for number in itertools.count(2):
        yield path.with_name(f"{path.name}.broken-{number}")
