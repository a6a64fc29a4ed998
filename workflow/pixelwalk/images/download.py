"""Download the files of MNIST and of the sets that have its format."""

import itertools
import logging
import threading
import time
import zlib
from concurrent.futures import Future
from contextlib import suppress
from http.client import HTTPException, responses
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pixelwalk import storage
from pixelwalk.sources.mnist import (
    ARCHIVES,
    holds_official,
    is_official,
    without_password,
)

log = logging.getLogger(__name__)

_CHUNK = 1 << 16  # bytes
_NO_MIRROR = "could not be had from any mirror"
_WHOLE = 30  # waits for one piece that a mirror has for the whole file, tries included


class _Refused(ValueError):
    """What a mirror gives is not the file; the text says why."""


class _Hopeless(_Refused):
    """Another try at the same mirror would end in the same way."""


def fetch(name, folder, mirrors, *, timeout, retries, archive="mnist", terminal=None):
    """Download one of the official files of a set, from the first mirror that has it.

    A mirror is left for the next if its file has another checksum than the official
    one, is longer, or is not whole after 30 times `timeout`. The file appears in the
    folder only when it is whole and right; what a killed download left behind goes with
    the next. No user and no password of an address is logged, shown, or in an error.

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
    with storage.whole(path) as unfinished:
        for mirror in mirrors:
            shown = without_password(mirror)
            try:
                content = _ask(mirror, name, archive, timeout, 1 + retries, terminal)
            except (ValueError, OSError) as error:  # what requests raises is an OSError
                reasons.append(f"{shown}: {_reason(error)}")
                log.info("%s", reasons[-1])
            else:
                unfinished.write_bytes(content)
                log.info("%s: %s is whole and right", shown, name)
                return
        raise OSError(
            f"{name} {_NO_MIRROR} ({'; '.join(reasons)}). Either "
            "put the four official files in a folder and name it as the source of the "
            "image set in config.yaml, or use the digits that scikit-learn ships: "
            "source: digits (`make` falls back to them by itself)"
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


def _ask(mirror, name, archive, timeout, tries, terminal):
    """Get the official file from one mirror, in some tries and within a time."""
    url, read = f"{mirror.rstrip('/')}/{name}", _read_http
    if url.startswith("file:"):
        tries, read = 1, _read_file
    end = time.monotonic() + _WHOLE * timeout
    for wait in itertools.count(1):
        try:
            with _bar(name, terminal) as bar:
                given = _within(end, read, url, archive, timeout, bar)
            return _official(*given, name, archive)
        except (ValueError, OSError) as error:
            pause = min(wait, 10)
            late = time.monotonic() + pause > end
            if isinstance(error, _Hopeless) or wait >= tries or late:
                raise
        time.sleep(pause)


def _bar(name, terminal):
    from tqdm import tqdm  # here, because what only reads files should not wait for it

    hidden = terminal is None or not terminal.isatty()
    return tqdm(desc=name, unit="B", unit_scale=True, file=terminal, disable=hidden)


def _within(end, read, *arguments):
    """Let a thread read until a time, and then leave it behind.

    No timeout of a socket ends a server that sends a byte now and then, be it of the
    header, or the reading of a file from a disk that does not answer.
    """
    came, late = Future(), threading.Event()

    def work():
        try:
            came.set_result(read(*arguments, late))
        except BaseException as error:
            came.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        return came.result(max(0, end - time.monotonic()))
    except TimeoutError:
        if came.done():  # an error of the reading
            raise
        raise _Hopeless(
            f"too slow: not whole after {_WHOLE} times the timeout"
        ) from None
    finally:
        late.set()


def _read_http(url, archive, timeout, bar, late):
    """Give the body as it was sent, and whether it was said to be packed.

    A mirror may say of the file itself that it is packed, since it ends in .gz; or it
    packs the file once more, or unpacks it for who does not take what is packed.
    """
    import requests
    from urllib3.exceptions import HTTPError

    content, headers = bytearray(), {"Accept-Encoding": "gzip"}
    try:
        with requests.get(url, stream=True, timeout=timeout, headers=headers) as answer:
            answer.raise_for_status()
            packed = "gzip" in answer.headers.get("Content-Encoding", "")
            most = ARCHIVES[archive].size(url.rpartition("/")[2])
            most += packed * (most // 100 + 1024)  # what packing may add
            bar.total = answer.raw.length_remaining
            while chunk := answer.raw.read1(_CHUNK, decode_content=False):
                if late.is_set():
                    break
                content += chunk
                _check_size(content, most)
                bar.update(len(chunk))
    except (HTTPError, HTTPException) as error:
        raise OSError(str(error)) from error
    return bytes(content), packed


def _read_file(url, archive, _timeout, _bar, _late):
    path = Path(url2pathname(urlsplit(url).path))
    if path.exists() and not path.is_file():
        raise _Refused("expected a file, but it is a folder, a pipe or a device")
    most = ARCHIVES[archive].size(path.name)
    with path.open("rb") as file:
        content = file.read(most + 1)
    _check_size(content, most)
    return content, False


def _check_size(content, most):
    if len(content) > most:
        raise _Hopeless(f"too long: expected at most {most:,} bytes, got more")


def _official(content, packed, name, archive):
    """Give the official file: what came or, where it was packed, what is in that."""
    known = ARCHIVES[archive]
    if packed and not holds_official(content, name, archive):
        with suppress(zlib.error):
            unpacking = zlib.decompressobj(wbits=31)  # of gzip
            content = unpacking.decompress(content, known.size(name) + 1)
    if holds_official(content, name, archive):
        return content
    raise _Refused(
        f"the {known.checksum} of {name} is not the official one; it was deleted"
    )


def _reason(error):
    """Say why a mirror was left, without what the address may hold besides the host."""
    import requests

    if isinstance(error, _Refused):
        return str(error)
    if isinstance(error, requests.exceptions.HTTPError):
        code = error.response.status_code  # the words of a server are its own
        return f"answered {code} {responses.get(code, '')}".rstrip()
    if isinstance(error, ValueError):  # its text repeats the address
        return "expected an address that can be asked: https:, http: or file:"
    cause = error
    while cause.__context__ is not None:
        cause = cause.__context__
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    return f"{type(cause).__name__}: {' '.join(str(cause).split())}"
