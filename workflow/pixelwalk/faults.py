"""What goes wrong with files, in words that help; and where bad files are put."""

import errno
import os
from contextlib import contextmanager
from pathlib import Path

# Faults of the disk, and what to do.
_DISK = {
    errno.ENOSPC: "the disk is full; make room and run again",
    errno.EDQUOT: "the quota of the disk is used up; make room and run again",
    errno.EROFS: "the folder is read-only; make it writable and run again",
    errno.EACCES: "the permission is missing; see to it and run again",
    errno.EPERM: "the permission is missing; see to it and run again",
    errno.EIO: "the disk does not work as it should; see to it and run again",
}


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


@contextmanager
def told(path):
    """Tell a fault of the disk in one line, with the file that it struck.

    Parameters
    ----------
    path : path-like
        The file that is written or read meanwhile.

    Raises
    ------
    OSError
        In place of one that the disk is to blame for: the file, and what to do.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _DISK:
            raise OSError(f"{path}: {_DISK[error.errno]}") from error
        raise


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
    aside, number = path.with_name(f"{path.name}.broken"), 1
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{path.name}.broken-{number}")
    try:
        path.rename(aside)
    except FileNotFoundError:  # another job was faster
        return "it was set aside; run again to make it anew"
    except OSError as error:
        return f"delete it and run again (it cannot be set aside: {error.strerror})"
    return f"it is set aside as {aside.name}; run again to make it anew"
