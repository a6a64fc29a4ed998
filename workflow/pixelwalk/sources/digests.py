"""Digests of the files that image sets, spins and lattices are read from.

The content decides whether a source has changed, not its time stamp: an older file may
take its place, or a copy that keeps its times. What was read once is known by its size,
times and inode, in a cache, so that unchanged files cost one look at their metadata.
"""

import contextlib
import hashlib
import json
import os
import sys
import time
from pathlib import Path

from pixelwalk.jobs import faults

# ns; a file may be written twice within the step of a clock, as git knows. Two seconds
# are the step of the coarsest file systems.
_RACY = 2 * 10**9

_LONG = 1  # s of reading, from which on it is told


def named(files, source):
    """Name the files of a source by what they are to it, wherever it lies.

    Parameters
    ----------
    files : dict of str to str or list of str
        By their roles, as `sources.files_of` gives them.
    source : str
        The folder of a list of pictures.

    Yields
    ------
    name, path : str
    """
    for role, paths in files.items():
        if isinstance(paths, str):
            yield role, paths
        else:
            folder = f"{Path(source)}/"
            yield from ((f"{role}/{p.removeprefix(folder)}", p) for p in paths)


class Digests:
    """Digests of files, with a cache of those that did not change.

    Parameters
    ----------
    cache : path-like
        A JSON file, which is made. Where it cannot be written, files are read again.
    """

    def __init__(self, cache):
        self._cache = Path(cache)
        self._known = None  # path: [size, mtime, ctime, inode, digest]
        self._now = {}  # path: digest, of what this process has looked at
        self._read = 0  # s

    def of(self, files):
        """Digest the names and contents of files.

        Parameters
        ----------
        files : iterable of (name, path)
            In an order that counts.

        Returns
        -------
        str
            Hexadecimal digits. Equal for the same names and contents, whatever the
            paths, times and permissions.

        Raises
        ------
        OSError
            If a file is missing or cannot be read.
        """
        if self._known is None:
            self._known = self._load()
        before, digest = self._known.copy(), hashlib.blake2b(digest_size=16)
        for name, path in files:
            if path not in self._now:
                self._now[path] = self._of_file(path)
            line = f"{name}\0{self._now[path]}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
        if self._known != before:
            self._save()
        return digest.hexdigest()

    def _of_file(self, path):
        known = self._known.get(path)
        if known and known[:-1] == _state(Path(path).stat()):
            return known[-1]
        start = time.monotonic()
        with faults.translated(path), Path(path).open("rb") as file:
            stat = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "blake2b").hexdigest()[:32]
        self._tell(path, time.monotonic() - start)
        # Of all times this one alone cannot be set back.
        if stat.st_ctime_ns < time.time_ns() - _RACY:
            self._known[path] = [*_state(stat), digest]
        else:
            self._known.pop(path, None)
        return digest

    def _tell(self, path, seconds):
        if self._read < _LONG <= self._read + seconds:
            print(
                f"reading the sources that are new or changed, such as {path}; what "
                "stays as it is, is not read again",
                file=sys.stderr,
            )
        self._read += seconds

    def _load(self):
        try:
            known = json.loads(self._cache.read_text(encoding="utf-8"))
            return {str(path): [*state] for path, state in known.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}  # none yet, or of another program: everything is read

    def _save(self):
        there = {p: s for p, s in self._known.items() if Path(p).exists()}
        unfinished = self._cache.with_name(f".{self._cache.stem}-{os.getpid()}")
        with contextlib.suppress(OSError):  # it costs time, no more
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(there), encoding="utf-8")
            unfinished.replace(self._cache)


def _state(stat):
    """Tell what changes with a file; the device's number differs between nodes."""
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
