"""Stamps of results: digests of the place of a file and of the request for it.

The place is the path of a file below `results/`. The request holds the parameters of
its rule, among them digests of its sources, and its inputs with their stamps. So a
stamp changes with any setting or source that the file depends on, directly or not. It
stands in the first 512 bytes of each HDF5 file and is read without the HDF5 library.
"""

import hashlib
import json
import re
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path, PurePath

#: Bytes of a stamp: the smallest user block of an HDF5 file.
SIZE = 512

_HEAD, _DIGITS = b"a result of pixelwalk, stamp ", 32
_SHARD = re.compile(r"/shards/\d+-of-\d+\.h5")
_REQUEST = ContextVar("request", default=None)


def place_of(path):
    """Return the path of a file below `results/`.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str
        Such as ``graphs/fives/at-0/graph.h5``; empty for files outside `results/`.
    """
    parts = PurePath(path).parts
    if "results" not in parts:
        return ""
    if parts[0] != "results":  # the innermost folder of this name counts
        parts = parts[len(parts) - 1 - parts[::-1].index("results") :]
    return "/".join(parts[1:])


def lies_at(path, place):
    """Return whether a file lies at its place; always true outside of `results/`."""
    path = PurePath(path)
    return not place_of(path) or path.parts[-len(place.split("/")) - 1 :] == (
        "results",
        *place.split("/"),
    )


def request_of(job, stamp_of=None):
    """Return the parameters of a job, and its inputs with their stamps.

    Parameters
    ----------
    job : object
        With `params` and `input`, by name: a job of Snakemake, as the DAG or a script
        has it.
    stamp_of : callable, optional
        Returns the stamp of an HDF5 file; by default, it is read from the file.

    Returns
    -------
    dict
        `params`: all but the fingerprint of the code, because most edits change no
        number. `input`: for each name a list of [path, stamp]; shards are omitted,
        because their number changes no result.
    """
    params = {
        name: value
        for name, value in job.params.items()
        if name not in ("code", "inputs")
    }
    inputs = {}
    for name, paths in job.input.items():
        paths = [paths] if isinstance(paths, str) else paths
        inputs[name] = [
            [str(path), (stamp_of or _peek)(path) if path.endswith(".h5") else None]
            for path in paths
            if not _SHARD.search(path)
        ]
    inputs = {name: paths for name, paths in inputs.items() if paths}
    return json.loads(json.dumps({"params": params, "input": inputs}))


def stamp(place, request):
    """Return the stamp of a file: 32 hexadecimal digits."""
    text = json.dumps([place, request], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=_DIGITS // 2).hexdigest()


def block(digits):
    """Return the first 512 bytes of a file with a stamp."""
    return (_HEAD + digits.encode()).ljust(SIZE, b"\n")


def read(path):
    """Read the stamp of a file.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str or None
        None if the file has no stamp: it is of an older layout, or not a result.

    Raises
    ------
    OSError
        If it is missing or cannot be read.
    """
    if Path(path).exists() and not Path(path).is_file():  # a FIFO has no end
        raise OSError(f"{path}: expected a file")
    with Path(path).open("rb") as file:
        head = file.read(SIZE)
    digits = head[len(_HEAD) :][:_DIGITS].decode("ascii", "replace")
    return digits if head == block(digits) else None


def _peek(path):
    with suppress(OSError):  # the stage that reads it reports the error
        return read(path)
    return None


@contextmanager
def of_job(job):
    """Stamp all HDF5 files that the body writes with the request of a job."""
    token = _REQUEST.set(request_of(job))
    try:
        yield
    finally:
        _REQUEST.reset(token)


def current_request():
    """Return the request of the current job, or None outside of a job."""
    return _REQUEST.get()
