"""What every stage of the workflow does around its one function: log, and fail well."""

import atexit
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TextIO

from pixelwalk.jobs import faults, progress, stamps

#: Errors that bad input, a bad file or a bad network cause; their text says what
#: was expected, what came and what to do, so that a traceback would only hide it.
EXPECTED = (ValueError, OSError, MemoryError)

# What to do where a library is missing, broken, or of another version.
_INSTALL = (
    "the libraries of this Python are not those that envs/requirements.txt pins; "
    "install them anew (make) and run again"
)

# What is there at the end goes with the process: looking through it for garbage would
# take 0.1 to 0.4 s, as long as many a stage.
atexit.register(gc.freeze)

_STREAMS = (1, 2)  # the file descriptors of standard output and standard error


class Job(Protocol):
    """What Snakemake gives a script of its job.

    Attributes
    ----------
    log : sequence of str
        The first is the log file.
    params, input : named lists
        As the rule has them.
    """

    log: Any
    params: Any
    input: Any


@contextmanager
def logged(job: Job) -> Iterator[TextIO]:
    """Log a job to its file, and turn a failure into one line and exit status 1.

    Whatever the libraries print goes to the log as well, also from compiled code. A
    result that turns out to be broken is set aside, so that the next run makes it anew.
    A log for which the disk has no room is cut off and stops nothing. Every HDF5 file
    that is written meanwhile says what the job was asked for.

    Parameters
    ----------
    job : Job
        What Snakemake gives a script. The folder of the log is made; the log gets every
        message from INFO up and, after an error, the traceback.

    Yields
    ------
    io.TextIOBase
        What was the standard error before: for progress bars, if it is a terminal.

    Raises
    ------
    SystemExit
        With status 1, after one line on the standard error, if the body raised; with
        130 if it was interrupted.
    """
    try:
        with _logged(Path(job.log[0])) as err, stamps.of_job(job):
            yield err
    except KeyboardInterrupt:  # before the log was open, or after it was closed
        raise SystemExit(130) from None


@contextmanager
def _logged(path: Path) -> Iterator[TextIO]:
    with _opened(path) as file, _redirected(file) as err:
        handler = _Handler(file)
        handler.setFormatter(_Marked("%(message)s"))
        handler.setLevel(logging.INFO)
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        try:
            with faults.told(), progress.shown(err):
                yield err
        except (*EXPECTED, ImportError) as error:
            line = " ".join(str(error).split()) or type(error).__name__
            if isinstance(error, ImportError):
                line += f"; {_INSTALL}"
            if isinstance(error, faults.Broken):
                line += f"; {faults.set_aside(error.path)}"
            err.write(f"error: {line}\n")
            logging.info("where it happened", exc_info=True)
            logging.info("error: %s", line)
            raise SystemExit(1) from None
        except KeyboardInterrupt:
            logging.info("interrupted")
            raise SystemExit(130) from None
        except Exception as error:
            line = " ".join(f"{type(error).__name__}: {error}".split())
            err.write(
                f"error: {line}; this is a bug in pixelwalk, "
                f"please report it with {path}\n"
            )
            logging.exception("an error that nobody expected")
            raise SystemExit(1) from None
        finally:
            root.removeHandler(handler)


class _Handler(logging.StreamHandler):
    """Handler that drops what the log has no room for."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Let the job go on."""


class _Marked(logging.Formatter):
    """Mark the package's warnings, which the run repeats at its end."""

    def format(self, record: logging.LogRecord) -> str:
        package = record.name.partition(".")[0]
        ours = package in progress.OURS and record.levelno >= logging.WARNING
        return ("warning: " if ours else "") + super().format(record)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a log; where that cannot be, tell so in one line."""
    try:
        with faults.told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("w", encoding="utf-8", buffering=1)
    except OSError as error:
        sys.stderr.write(f"error: {error}\n")
        raise SystemExit(1) from None
    try:
        yield file
    finally:
        with suppress(OSError):  # what is left of the log has no room
            file.close()


@contextmanager
def _redirected(file: TextIO) -> Iterator[TextIO]:
    """Send the standard streams to a file, and give the old standard error."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(stream) for stream in _STREAMS]
    with os.fdopen(os.dup(_STREAMS[1]), "w", encoding="utf-8") as err:
        try:
            for stream in _STREAMS:
                os.dup2(file.fileno(), stream)
            yield err
        finally:
            for written in (sys.stdout, sys.stderr):
                with suppress(OSError):
                    written.flush()
            for stream, old in zip(_STREAMS, kept, strict=True):
                os.dup2(old, stream)
                os.close(old)
