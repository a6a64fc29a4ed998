"""Isolation of a job from its environment, before other modules are imported.

A job computes the same whatever environment variables a shell or a login script has set
for its libraries, and an import that fails is a one-line error, too.
"""

import importlib
import os
import sys
from pathlib import Path

# Variables of libraries that may change numbers, fail an import or print debug output.
_SETTINGS = ("KERAS_", "MATPLOTLIBRC", "MPLBACKEND", "NUMBA_", "TF_", "XLA_")

#: Those that only name the cache of compiled code.
_KEPT = ("NUMBA_CACHE_DIR", "NUMBA_CACHE_LOCATOR_CLASSES")


def isolate():
    """Remove environment variables that change libraries, if this process is a job.

    Only a script of this workflow is a job. In a notebook, or in a script of another
    workflow that imports the package, nothing happens.

    Raises
    ------
    SystemExit
        After a one-line error, if an input of the job exists but is not a file.
    """
    main = sys.modules["__main__"]
    job = getattr(main, "snakemake", None)
    script = Path(getattr(main, "__file__", None) or os.devnull)
    if job is None or Path(__file__).resolve().parents[2] not in script.parents:
        return
    for name in [n for n in os.environ if n.startswith(_SETTINGS) and n not in _KEPT]:
        del os.environ[name]
    os.environ["KERAS_HOME"] = os.devnull  # no keras.json can be there
    sys.excepthook = lambda _kind, error, _trace: _fail(job, error)
    # Opening a FIFO would block for ever.
    for path in map(Path, job.input):
        if path.exists() and not path.is_file():
            expected = "expected a file, got a FIFO, a folder or a device"
            _fail(job, ValueError(f"{path}: {expected}; take it away and run again"))


def _fail(job, error):
    """Log an error from before the log was open, and exit with a one-line message."""
    # By name, since an import statement would make it part of each job's fingerprint.
    with importlib.import_module("pixelwalk.jobs.stages").logged(job):
        raise error
