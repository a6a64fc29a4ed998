"""Logging and one-line errors around each stage of the workflow."""

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

#: Errors that bad input, a bad file or the network causes. Their message says what was
#: expected, what came and what to do; a traceback would only hide it.
EXPECTED = (ValueError, OSError, MemoryError)

# What to do if a library is missing, broken, or of another version.
_INSTALL = (
    "the libraries of this Python are not those that envs/requirements.txt pins; "
    "install them again (make) and run again"
)

# Skip garbage collection at exit: it takes 0.1 to 0.4 s, as long as many stages.
atexit.register(gc.freeze)

_STREAMS = (1, 2)  # the file descriptors of standard output and standard error


class Job(Protocol):
    """The job that Snakemake passes to a script.

    Attributes
    ----------
    log : sequence of str
        Log files; the first is used.
    params, input : named lists
        Those of the rule.
    """

    log: Any
    params: Any
    input: Any


@contextmanager
def logged(job: Job) -> Iterator[TextIO]:
    """Log a job to its file, and turn a failure into one line and exit status 1.

    The log also gets all output of libraries, of compiled code, too. A broken input is
    renamed, so that the next run computes it again. If the disk is full, the log is cut
    off and the job continues. HDF5 files that the body writes record the parameters and
    inputs of the job.

    Parameters
    ----------
    job : Job
        Snakemake's. The folder of the log is created; the log gets all messages from
        level INFO up and, after an error, the traceback.

    Yields
    ------
    io.TextIOBase
        The original standard error: for progress bars, if it is a terminal.

    Raises
    ------
    SystemExit
        With status 1, after one line on the standard error, if the body raised; with
        130 if it was interrupted.
    """
    try:
        with _logged(Path(job.log[0])) as err, stamps.of_job(job):
            yield err
    except KeyboardInterrupt:  # before the log is open, or after it is closed
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
            with faults.translated(), progress.bar(err):
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
    """Handler that drops messages if the disk is full."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Ignore the error, so that the job continues."""


class _Marked(logging.Formatter):
    """Mark warnings of the package and of studies, which the run repeats at its end."""

    def format(self, record: logging.LogRecord) -> str:
        package = record.name.partition(".")[0]
        ours = package in progress.OURS and record.levelno >= logging.WARNING
        return ("warning: " if ours else "") + super().format(record)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a log file; exit with a one-line error if this fails."""
    try:
        with faults.translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("w", encoding="utf-8", buffering=1)
    except OSError as error:
        sys.stderr.write(f"error: {error}\n")
        raise SystemExit(1) from None
    try:
        yield file
    finally:
        with suppress(OSError):  # the disk has no room for the rest of the log
            file.close()


@contextmanager
def _redirected(file: TextIO) -> Iterator[TextIO]:
    """Redirect the standard streams to a file; yield the original standard error."""
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
