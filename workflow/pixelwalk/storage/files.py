"""Atomic writing of files."""

import fcntl
import glob
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from pixelwalk.jobs import faults


def write_text(path, text):
    """Write a text file atomically."""
    with whole(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


@contextmanager
def whole(path):
    """Yield the path of a temporary file that replaces a file after the body succeeds.

    Each writer has its own temporary file, so that concurrent writers do no harm; the
    last to finish wins. The next writer deletes temporary files of killed ones.

    Parameters
    ----------
    path : path-like
        Path of the finished file; its folder is created.

    Yields
    ------
    pathlib.Path
        In the same folder, with the same suffix. It is deleted if the body raises.

    Raises
    ------
    OSError
        If the disk is full or not writable: in one line, with what to do.
    """
    path = Path(path)
    with faults.translated(path):
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
    """Create a temporary file and lock it; the lock ends with this process."""
    while True:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix
        )
        with suppress(OSError):  # a file system without locks keeps leftovers
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # another writer deleted it before it was locked


def _sweep(path):
    """Delete the temporary files of writers that no longer run."""
    pattern = f".{glob.escape(path.stem)}-{'[a-z0-9_]' * 8}{glob.escape(path.suffix)}"
    for leftover in path.parent.glob(pattern):
        with suppress(OSError), leftover.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails if one runs
            leftover.unlink()
