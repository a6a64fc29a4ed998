"""Pair weights by strips of rows, for images whose matrix does not fit in memory."""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import numpy as np

from pixelwalk.compute.compiled import kernel
from pixelwalk.jobs import progress
from pixelwalk.pairs import kernels
from pixelwalk.pairs.blocks import blocks

log = logging.getLogger(__name__)

# Largest number of entries (8 bytes each) and of rows of a strip: it fits a cache.
_ENTRIES = 2**21
_ROWS = 128


class Strips:
    """Weights of `pair_weights`, computed for one strip of rows at each call.

    Memory: a packed copy of the images, one bit for each pixel, or about one byte where
    values are compared or multiplied.

    Parameters
    ----------
    pixels, kind, level, centred, square, diagonal
        As for `pair_weights`.

    Raises
    ------
    ValueError
        As `pair_weights`.
    """

    def __init__(
        self, pixels, kind, *, level=0, centred=False, square=False, diagonal=True
    ):
        self._blocks = list(blocks(pixels, kind, level))
        if not self._blocks:
            raise ValueError("expected at least one image to average over, got none")
        self._count = sum(block.count for block in self._blocks)
        self._singles = sum(block.singles for block in self._blocks)
        self._centred = centred and kind == "correlation"
        self._square = square
        self._diagonal = diagonal

    @property
    def size(self):
        """Number of pixels."""
        return len(self._singles)

    def rows(self):
        """Return start and stop of every strip of rows, in order."""
        return rows(self.size)

    def weights(self, start, stop, first=0):
        """Return the weights of a strip of rows.

        Parameters
        ----------
        start, stop : int
            A strip of `rows`.
        first : int
            First column: 0, or `start`, as the rest follows by symmetry.

        Returns
        -------
        ndarray of float64, shape (stop - start, size - first)
            Equal bit for bit to the matrix of `pair_weights`.
        """
        sums = np.zeros((stop - start, self.size - first), np.int64)
        for block in self._blocks:
            block.add(sums, start, first)
        centred = self._singles if self._centred else None
        weights = average(sums, start, first, self._count, centred, self._square)
        if not self._diagonal:
            np.fill_diagonal(weights[:, start - first :], 0)
        return weights


def rows(size):
    """Split N rows of N entries into strips; return start and stop of each."""
    most = min(_ROWS, max(_ENTRIES // size // kernels.SIDE, 1) * kernels.SIDE)
    return [(start, min(start + most, size)) for start in range(0, size, most)]


def share(work, items, threads=None, unit=None):
    """Return the results of a function for all items, computed in threads.

    Parameters
    ----------
    work : callable
        Function of one item.
    items : sequence
    threads : int, optional
        Number of threads; all cores by default.
    unit : str, optional
        Name of the items in progress messages; without it there are none.

    Returns
    -------
    list
    """
    threads = min(threads or os.cpu_count(), len(items))
    results = []
    with ThreadPoolExecutor(threads) if threads > 1 else nullcontext() as pool:
        for result in (pool.map if pool else map)(work, items):
            results.append(result)
            if unit:
                progress.report(log, len(results), len(items), unit)
    return results


def average(sums, start, first, count, centred, square):
    """Convert sums over images to weights, in the same memory.

    Parameters
    ----------
    sums : ndarray of int64
        Sums of the pairs of pixels from `start` on with those from `first` on.
    start, first : int
    count : int
        Number of images.
    centred : ndarray of int64, shape (pixels,), or None
        Sums of single pixels, to subtract the product of the means.
    square : bool
        Square the weights at the end.

    Returns
    -------
    ndarray of float64
        A view of `sums`.
    """
    weights = sums.view(np.float64)
    if centred is None:
        _divide(sums, count, square, weights)
    else:
        left, right = centred[start:], centred[first:]
        _divide_centred(sums, left, right, count, square, weights)
    return weights


@kernel
def _divide(sums, count, square, weights):
    for i in range(sums.shape[0]):
        line = sums[i].copy()  # weights overwrite the same memory
        for j in range(sums.shape[1]):
            weight = line[j] / count
            weights[i, j] = weight * weight if square else weight


@kernel
def _divide_centred(sums, left, right, count, square, weights):
    for i in range(sums.shape[0]):
        line = sums[i].copy()
        for j in range(sums.shape[1]):
            # The difference is exact, in integers; only the division rounds.
            weight = (count * line[j] - left[i] * right[j]) / count / count
            weights[i, j] = weight * weight if square else weight
