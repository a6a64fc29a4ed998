"""Files that appear whole or not at all."""

import fcntl
import glob
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from pixelwalk.jobs import faults


def write_text(path, text):
    """Write a text file, whole or not at all."""
    with whole(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


@contextmanager
def whole(path):
    """Give the path of an unfinished file, which takes its place when all went well.

    Each writer has an unfinished file of its own, so that two at once do no harm; the
    last to finish stays. What a killed one left behind goes with the next.

    Parameters
    ----------
    path : path-like
        Where the finished file goes; its folder is made.

    Yields
    ------
    pathlib.Path
        A name of its own in the same folder, with the same suffix. It is deleted if
        the body raises.

    Raises
    ------
    OSError
        If the disk is full or cannot be written: in one line, with what to do.
    """
    path = Path(path)
    with faults.told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, unfinished = _begin(path)
        try:
            yield unfinished
            umask = os.umask(0)
            os.umask(umask)
            os.fchmod(handle, 0o666 & ~umask)
            os.fsync(handle)  # so that no power cut leaves the name without the content
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        finally:
            os.close(handle)


def _begin(path):
    """Make an unfinished file, and hold a lock on it, which ends with this process."""
    while True:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix
        )
        with suppress(OSError):  # a file system without locks: it is never swept
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # swept in the moment before it was locked


def _sweep(path):
    """Delete the unfinished files of writers that are no more."""
    pattern = f".{glob.escape(path.stem)}-{'[a-z0-9_]' * 8}{glob.escape(path.suffix)}"
    for left in path.parent.glob(pattern):
        with suppress(OSError), left.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused if one lives
            left.unlink()
