"""Compiled kernels, cached on the disk until anything changes that they are made of.

Numba compiles what a kernel calls into it, but asks only whether the file of the kernel
itself has changed: after an edit of a helper in another file it would go on with the
old code. Here the cache asks after every file of ours that this one imports, too.
"""

import functools
import hashlib
import warnings
from pathlib import Path

import numba
from numba.core import caching

from pixelwalk.jobs import fingerprint


def kernel(function):
    """Compile a function with numba: without the lock of Python, and cached.

    Parameters
    ----------
    function : callable
        In the subset of Python that numba compiles.

    Returns
    -------
    numba.core.dispatcher.Dispatcher
        Compiled at the first call with arguments of new types; from the cache if it
        holds the same. Without a folder that can be written, in every process anew.
    """
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        warnings.warn(
            "no folder for compiled code can be written, so it is compiled anew in "
            "every process; set NUMBA_CACHE_DIR to one that can",
            stacklevel=1,  # from here, so that it is told once
        )
        return numba.njit(nogil=True)(function)


class _Whole:
    """Locators of numba's cache that ask after all that a file of ours imports."""

    @classmethod
    def from_function(cls, py_func, py_file):
        here = fingerprint.WORKFLOW in Path(py_file).resolve().parents
        return super().from_function(py_func, py_file) if here else None

    def get_source_stamp(self):
        return _stamp(Path(self._py_file))


@functools.cache
def _stamp(path):
    digest = hashlib.sha256()
    for reached in sorted(fingerprint.reached(path)):
        digest.update(reached.read_bytes())
    return digest.hexdigest()


class Provided(_Whole, caching.UserProvidedCacheLocator):
    """Where NUMBA_CACHE_DIR says."""


class InTree(_Whole, caching.InTreeCacheLocator):
    """Beside the file."""


class UserWide(_Whole, caching.UserWideCacheLocator):
    """In the user's folder for caches."""


# Numba's own come after, for all other packages.
numba.config.CACHE_LOCATOR_CLASSES = ",".join(
    [f"{__name__}.{locator.__name__}" for locator in (Provided, InTree, UserWide)]
    + [
        numba.config.CACHE_LOCATOR_CLASSES
        or ",".join(locator.__name__ for locator in caching.CacheImpl._locator_classes)
    ]
)
