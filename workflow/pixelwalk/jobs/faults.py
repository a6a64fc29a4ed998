"""What goes wrong with files, in words that help; and where bad files are put."""

import errno
import itertools
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

# Faults of the disk, and what to do.
_DISK = {
    errno.ENOSPC: "the disk is full; make room and run again",
    errno.EDQUOT: "the quota of the disk is used up; make room and run again",
    errno.EFBIG: "the file is larger than the disk, or the limit of this account "
    "(ulimit -f), lets it be; make room for it and run again",
    errno.EROFS: "the disk is read-only; make it writable and run again",
    errno.EACCES: "the permission is missing; see to it and run again",
    errno.EPERM: "the permission is missing; see to it and run again",
    errno.EIO: "the disk does not work as it should; see to it and run again",
    **dict.fromkeys(
        (errno.ENOTCONN, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.EHOSTDOWN),
        "the disk is not mounted, or cannot be reached; see to it and run again",
    ),
}

_LEAST = 100_000  # bytes; with fewer, Snakemake's own notes have no room


class Disk(OSError):
    """A fault of the disk, told in one line: no other cause need be looked for."""


class Broken(ValueError):
    """A result that is not what it must be, so that it is worth nothing as it stands.

    Parameters
    ----------
    path : path-like
        The file.
    fault : str
        What was expected of it, and what came.
    """

    def __init__(self, path, fault):
        super().__init__(f"{path}: {fault}")
        self.path = Path(path)


def look(folder):
    """See whether files can be made in a folder, before anything is begun there.

    Parameters
    ----------
    folder : path-like
        It need not be there yet.

    Raises
    ------
    OSError
        If the folder, or the one that it would be made in, cannot be written or is
        full: in one line, with what to do.
    """
    named, folder = Path(folder), Path(folder).resolve()
    with told(folder):
        place = next(p for p in (folder, *folder.parents) if p.exists())
        if named.is_symlink() and place != folder:
            raise OSError(errno.ENOTCONN, "a link to nothing")
        if not place.is_dir():
            raise Disk(f"{folder}: expected a folder, got a file; move it away")
        if os.statvfs(place).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, "read-only")
        if not os.access(place, os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, "no permission")
        usage = shutil.disk_usage(place)
        if usage.total and usage.free < _LEAST:  # some file systems say 0 of 0
            raise OSError(errno.ENOSPC, "full")


@contextmanager
def told(path=None):
    """Tell a fault of the disk in one line, with the file or folder that it struck.

    Parameters
    ----------
    path : path-like, optional
        What is written or read meanwhile; if not given, what the error names.

    Raises
    ------
    Disk
        In place of an error that the disk is to blame for: the file, and what to do.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK:
            raise
        struck = path or error.filename or "a file"
        raise Disk(f"{struck}: {_DISK[error.errno]}") from error


def missing(path):
    """Say of a file that is not there why that may be, and what to do.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    str
        An error; it names the file as which a broken one was set aside, if one was.
    """
    path, found = Path(path), "it is not there"
    if before := list(itertools.takewhile(os.path.lexists, _names_aside(path))):
        found = f"it was found broken and is set aside as {before[-1].name}"
    return f"{path}: expected a file, but {found}; run again to make it anew"


def set_aside(path):
    """Rename a bad file, so that the next run makes it anew and nothing is lost.

    Parameters
    ----------
    path : pathlib.Path
        The file; it is then beside itself, under a name that was free.

    Returns
    -------
    str
        What became of it, and what to do.
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
    """Names for bad files that are set aside, in the order in which they are taken."""
    yield path.with_name(f"{path.name}.broken")
    for number in itertools.count(2):
        yield path.with_name(f"{path.name}.broken-{number}")
