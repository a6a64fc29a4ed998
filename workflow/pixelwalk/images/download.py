"""Download the files of MNIST and of the sets that have its format."""

import logging
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pixelwalk import faults, storage
from pixelwalk.mnist import ARCHIVES, is_official

log = logging.getLogger(__name__)

_CHUNK = 1 << 16  # bytes
_NO_MIRROR = " could not be had from any mirror"
_LARGEST = 10**8  # bytes; the largest of the official files has a tenth of it


def fetch(name, folder, mirrors, *, timeout, retries, archive="mnist", terminal=None):
    """Download one of the official files of a set, from the first mirror that has it.

    A file whose checksum differs from the official one is deleted, and the next mirror
    tried. The file appears in the folder only when it is whole and right; what a killed
    download left behind goes with the next.

    Parameters
    ----------
    name : str
        One of the names in `MNIST`; those of the other sets are the same.
    folder : path-like
        Where the file goes.
    mirrors : sequence of str
        Addresses of folders, tried in order: ``https:``, ``http:`` or ``file:``.
    timeout : float
        Seconds to wait for a connection, and for each next piece of data.
    retries : int
        How often a mirror is tried again, after 1 s, 2 s, ... (10 s at most).
    archive : {"mnist", "fashion-mnist", "kmnist"}
        Which set.
    terminal : text stream, optional
        Where to draw a progress bar, if it is a terminal.

    Raises
    ------
    faults.Disk
        If the folder cannot be written.
    OSError
        If no mirror gave the file: each mirror with its reason, and the ways out.
    """
    path, reasons = Path(folder) / name, []
    if path.exists() and is_official(path, archive):
        return
    for mirror in mirrors:
        is_file = mirror.startswith("file:")
        download = _copy if is_file else _downloader(name, timeout, terminal)
        tries = 1 if is_file else 1 + retries
        try:
            url = f"{mirror.rstrip('/')}/{name}"
            _download(url, path, download, tries, archive)
        except faults.Disk:  # no fault of a mirror
            raise
        except (ValueError, OSError) as error:  # what requests raises is an OSError
            reasons.append(f"{mirror}: {_reason(error)}")
            log.info("%s", reasons[-1])
        else:
            log.info("%s: %s is whole and right", mirror, name)
            return
    raise OSError(
        f"{name}{_NO_MIRROR} ({'; '.join(reasons)}). Either put "
        "the four official files in a folder and name it as the source of the image "
        "set in config.yaml, or use the digits that scikit-learn ships: source: digits "
        "(`make` falls back to them by itself)"
    )


def failed_before(log_file, run):
    """Find the log of a file of a set that no mirror gave, in the same run.

    Where the network is dead, one error says so, though a run goes on after errors.

    Parameters
    ----------
    log_file : pathlib.Path
        Log of the job that asks; those of the other files of its set lie beside it.
    run : str or None
        What is the same for all jobs of a run; it is noted in the log.

    Returns
    -------
    pathlib.Path or None
    """
    if run is None:
        return None
    log.info("run: %s", run)
    for other in sorted(log_file.parent.glob("*.log")):
        text = other.read_text(encoding="utf-8", errors="replace")
        if f"run: {run}\n" in text and _NO_MIRROR in text:
            return other
    return None


def _download(url, path, download, tries, archive):
    """Let a downloader of pooch fill a file that appears only when it is right."""
    for wait in range(1, tries + 1):
        try:
            with storage.whole(path) as unfinished:
                download(url, unfinished, None)
                if not is_official(unfinished, archive, name=path.name):
                    raise ValueError(
                        f"the {ARCHIVES[archive].checksum} of {path.name} is not the "
                        "official one; it was deleted"
                    )
            return
        except faults.Disk:
            raise
        except (ValueError, OSError):
            if wait == tries:
                raise
            time.sleep(min(wait, 10))


def _downloader(name, timeout, terminal):
    import pooch  # here, because what only reads files should not wait for it
    from tqdm import tqdm

    shown = terminal is not None and terminal.isatty()
    # pooch puts the true total in place of the 1.
    bar = {"desc": name, "total": 1, "unit": "B", "unit_scale": True, "file": terminal}
    return pooch.HTTPDownloader(
        timeout=timeout, progressbar=shown and tqdm(**bar), chunk_size=_CHUNK
    )


def _copy(url, output, _pooch):
    try:
        with Path(url2pathname(urlsplit(url).path)).open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:  # of the mirror, even if it is one of the disk
        raise ValueError(f"{url} cannot be read") from error
    output.write_bytes(content)


def _reason(error):
    import requests

    if "is not the official one" in str(error):
        return str(error)
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.HTTPError):
        return f"answered {error.response.status_code} {error.response.reason}"
    cause = error
    while cause.__context__ is not None:
        cause = cause.__context__
    return f"{type(cause).__name__}: {cause}"
