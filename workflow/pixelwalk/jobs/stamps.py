"""Stamps of results: where a file belongs, and what its rule was asked for.

A stamp is a digest of the place of a file below `results/` and of what its rule was
asked for: its settings, the contents of its sources, and the results it was made from,
by their stamps. So it tells apart what was made otherwise, however far back. It stands
in the first bytes of each HDF5 file, where it is read without the HDF5 library.
"""

import hashlib
import json
import re
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path, PurePath

#: Bytes that a stamp takes: the least that HDF5 leaves free in front of a file.
SIZE = 512

_HEAD, _DIGITS = b"a result of pixelwalk, stamp ", 32
_SHARD = re.compile(r"/shards/\d+-of-\d+\.h5")
_ASKED = ContextVar("asked", default=None)


def place_of(path):
    """Give the place of a file below `results/`.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str
        Such as ``graphs/fives/at-0/graph.h5``; empty outside of such a folder.
    """
    parts = PurePath(path).parts
    if "results" not in parts:
        return ""
    if parts[0] != "results":  # of folders of this name, the innermost
        parts = parts[len(parts) - 1 - parts[::-1].index("results") :]
    return "/".join(parts[1:])


def lies_at(path, place):
    """Tell whether a file lies where it belongs; outside of `results/` it may."""
    path = PurePath(path)
    return not place_of(path) or path.parts[-len(place.split("/")) - 1 :] == (
        "results",
        *place.split("/"),
    )


def asked_of(job, stamp_of=None):
    """Gather what a rule was asked for.

    Parameters
    ----------
    job : object
        With `params` and `input`, by name: Snakemake's, or what a script gets of it.
    stamp_of : callable, optional
        Gives the stamp of an HDF5 file; if not given, it is read.

    Returns
    -------
    dict
        `params`, all but the code's fingerprint, which an edit changes that changes no
        number; and `input`, of each name the results with their stamps. Shards are left
        out, since their number changes nothing.
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


def stamp(place, asked):
    """Give the stamp of a file: hexadecimal digits."""
    text = json.dumps([place, asked], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=_DIGITS // 2).hexdigest()


def block(digits):
    """Give the first bytes of a file with a stamp."""
    return (_HEAD + digits.encode()).ljust(SIZE, b"\n")


def read(path):
    """Read the stamp of a file.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str or None
        None if it has none: of an older layout, or no result.

    Raises
    ------
    OSError
        If it is missing or cannot be read.
    """
    if Path(path).exists() and not Path(path).is_file():  # a FIFO has no end
        raise OSError(f"{path}: expected a file")
    with Path(path).open("rb") as file:
        first = file.read(SIZE)
    digits = first[len(_HEAD) :][:_DIGITS].decode("ascii", "replace")
    return digits if first == block(digits) else None


def _peek(path):
    with suppress(OSError):  # the stage that reads it tells what is wrong
        return read(path)
    return None


@contextmanager
def of_job(job):
    """Stamp all that is written meanwhile with what a job was asked for."""
    token = _ASKED.set(asked_of(job))
    try:
        yield
    finally:
        _ASKED.reset(token)


def current():
    """Give what the present job was asked for; None where there is no job."""
    return _ASKED.get()
