"""What a measurement runs in: the number of threads, the libraries, the machine."""

import os
import platform
from importlib import metadata
from pathlib import Path

#: Variables by which libraries are told how many threads to use.
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMBA_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "NPROC",  # JAX
)

#: Variables that force a kernel on OpenBLAS, which would slow numpy down.
_FORCED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

_REPOSITORY = Path(__file__).resolve().parents[1]


def environment(base, threads):
    """Environment variables of a process that measures.

    Most libraries read them once, when they are loaded, so they must be there before
    the process starts.

    Parameters
    ----------
    base : mapping of str to str
        Variables to start from.
    threads : int
        Threads that every library may use.

    Returns
    -------
    dict of str to str
    """
    kept = {name: value for name, value in base.items() if name not in _FORCED}
    places = [str(_REPOSITORY / "workflow"), str(_REPOSITORY), base.get("PYTHONPATH")]
    return (
        kept
        | dict.fromkeys(_THREADS, str(threads))
        | {
            "JAX_PLATFORMS": "cpu",
            "KERAS_BACKEND": "tensorflow",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            "MPLBACKEND": "Agg",
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
        }
    )


def hold(threads):
    """Keep this process on as many cores as it may use threads, where that can be."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, cores[:threads])


def version(package):
    """Version of a package, or None if it is not installed."""
    if package == "pixelwalk":  # this checkout, which need not be installed
        import pixelwalk

        return pixelwalk.__version__
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def describe(threads):
    """Describe what the numbers were measured on and with.

    Parameters
    ----------
    threads : int
        Threads that every contestant may use.

    Returns
    -------
    dict
        `processor`, `cores`, `memory` (bytes), `system`, `python`, `threads`, `load`
        (the machine's, as it began: 0 where nothing else runs), and `blas`: library,
        kernel and threads of each that is loaded.
    """
    import psutil
    import threadpoolctl

    blas = [
        {
            "library": found["internal_api"],
            "version": found["version"],
            "kernel": found.get("architecture"),
            "threads": found["num_threads"],
        }
        for found in threadpoolctl.threadpool_info()
        if found["user_api"] == "blas"
    ]
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory": psutil.virtual_memory().total,
        "system": platform.platform(),
        "python": platform.python_version(),
        "threads": threads,
        "load": os.getloadavg()[0],
        "blas": blas,
    }


def _processor():
    """Name of the processor, with what it can do where that says more."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    fields = dict(
        map(str.strip, line.split(":", 1))
        for line in text.split("\n\n")[0].splitlines()
        if ":" in line
    )
    features = fields.get("flags", "").split()
    wide = [f for f in ("avx2", "avx512f", "avx512_vpopcntdq") if f in features]
    name = fields.get("model name", platform.machine())
    numbers = [
        f"{key} {fields[key]}" for key in ("cpu family", "model") if key in fields
    ]
    return ", ".join([name, *numbers, *wide])
