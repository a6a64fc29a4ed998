"""What a job of the workflow leaves behind of where it runs, before it imports more.

A job computes the same whatever the shell, a notebook or a login script has set for the
libraries beneath, and it tells also in one line what cannot be imported.
"""

import importlib
import os
import sys
from pathlib import Path

# Variables of libraries that may change numbers, end an import or print for debugging.
_SETTINGS = ("KERAS_", "MATPLOTLIBRC", "MPLBACKEND", "NUMBA_", "TF_", "XLA_")

#: Those that only say where compiled code is kept.
_KEPT = ("NUMBA_CACHE_DIR", "NUMBA_CACHE_LOCATOR_CLASSES")


def settle():
    """Make the process that of a job, if it is one: with no settings from outside.

    Only a script of this workflow is a job; in a notebook, or in a script of another
    workflow that imports the package, nothing happens.

    Raises
    ------
    SystemExit
        After one line, if an input of the job is there but is no file.
    """
    main = sys.modules["__main__"]
    job = getattr(main, "snakemake", None)
    script = Path(getattr(main, "__file__", None) or os.devnull)
    if job is None or Path(__file__).resolve().parents[2] not in script.parents:
        return
    for name in [n for n in os.environ if n.startswith(_SETTINGS) and n not in _KEPT]:
        del os.environ[name]
    os.environ["KERAS_HOME"] = os.devnull  # where no keras.json can be
    sys.excepthook = lambda _kind, error, _trace: _tell(job, error)
    # To open a FIFO would be to wait for ever.
    for path in map(Path, job.input):
        if path.exists() and not path.is_file():
            expected = "expected a file, got a FIFO, a folder or a device"
            _tell(job, ValueError(f"{path}: {expected}; take it away and run again"))


def _tell(job, error):
    """Log what ended a job before its log was open, and end it in one line."""
    # Imported by its name: what is imported in the common way is code of every job.
    with importlib.import_module("pixelwalk.jobs.stages").logged(job):
        raise error
