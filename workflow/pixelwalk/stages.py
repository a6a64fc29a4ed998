"""What every stage of the workflow does around its one function: log, and fail well."""

import logging
import sys
from contextlib import contextmanager
from pathlib import Path

#: Errors that bad input, a bad file or a bad network cause; their text says what
#: was expected, what came and what to do, so that a traceback would only hide it.
EXPECTED = (ValueError, OSError, MemoryError)


@contextmanager
def logged(path):
    """Log to a file, and turn a failure into one line and exit status 1.

    Parameters
    ----------
    path : str or path-like
        The log file; its folder is made. It gets every message from INFO up and,
        after an error that nobody expected, the traceback.

    Raises
    ------
    SystemExit
        With status 1, after one line on the standard error, if the body raised.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    log = logging.getLogger("pixelwalk")
    try:
        yield log
    except EXPECTED as error:
        line = " ".join(str(error).split()) or type(error).__name__
        log.info("error: %s", line)
        sys.stderr.write(f"error: {line}\n")
        raise SystemExit(1) from None
    except Exception as error:
        log.exception("an error that nobody expected")
        sys.stderr.write(
            f"error: {type(error).__name__}: {error}; this is a mistake in pixelwalk, "
            f"please report it with {path}\n"
        )
        raise SystemExit(1) from None
    finally:
        root.removeHandler(handler)
        handler.close()
