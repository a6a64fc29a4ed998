"""Compiled kernels, cached on disk until a source file that they depend on changes.

Numba compiles the functions that a kernel calls into it, but its cache checks only the
file of the kernel itself: after an edit of a helper in another file, the old code would
run. The cache here also checks every file of this workflow that the file imports.
"""

import functools
import hashlib
import warnings
from pathlib import Path

import numba
from numba.core import caching

from pixelwalk.jobs import fingerprint


def kernel(function):
    """Compile a function with numba; it releases the GIL and is cached on disk.

    Parameters
    ----------
    function : callable
        Written in the subset of Python that numba supports.

    Returns
    -------
    numba.core.dispatcher.Dispatcher
        Compiled at the first call with arguments of new types, or loaded from the
        cache. If no cache folder is writable, it warns, and every process compiles.
    """
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        warnings.warn(
            "no folder for compiled code can be written, so it is compiled again in "
            "every process; set NUMBA_CACHE_DIR to one that can",
            stacklevel=1,  # attributed to this line, so that it is shown once
        )
        return numba.njit(nogil=True)(function)


class _WithImports:
    """Cache locator whose stamp covers a file of this workflow and what it imports."""

    @classmethod
    def from_function(cls, py_func, py_file):
        ours = fingerprint.WORKFLOW in Path(py_file).resolve().parents
        return super().from_function(py_func, py_file) if ours else None

    def get_source_stamp(self):
        return _stamp(Path(self._py_file))


@functools.cache
def _stamp(path):
    digest = hashlib.sha256()
    for source in sorted(fingerprint.dependencies(path)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


class Provided(_WithImports, caching.UserProvidedCacheLocator):
    """Cache in the folder that NUMBA_CACHE_DIR names."""


class InTree(_WithImports, caching.InTreeCacheLocator):
    """Cache next to the source file."""


class UserWide(_WithImports, caching.UserWideCacheLocator):
    """Cache in the user's cache folder."""


# Numba's own locators follow; they serve all other packages.
numba.config.CACHE_LOCATOR_CLASSES = ",".join(
    [f"{__name__}.{locator.__name__}" for locator in (Provided, InTree, UserWide)]
    + [
        numba.config.CACHE_LOCATOR_CLASSES
        or ",".join(locator.__name__ for locator in caching.CacheImpl._locator_classes)
    ]
)
