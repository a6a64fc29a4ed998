"""Pair weights a strip of rows at a time, for more pixels than a matrix could hold."""

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

# Entries of a strip, 8 bytes each, and its most rows: they stay in a core's cache.
_ENTRIES = 2**21
_ROWS = 128


class Strips:
    """The weights of `pair_weights`, computed anew when a strip of rows is asked for.

    What is held is a copy of the images: a bit for each pixel, or where values are
    compared or multiplied about a byte.

    Parameters
    ----------
    pixels, kind, level, centred, square, diagonal
        As for `pair_weights`.

    Raises
    ------
    ValueError
        As `pair_weights` does.
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
        """Split the rows: start and stop of every strip, in order."""
        return rows(self.size)

    def weights(self, start, stop, first=0):
        """Weights of pixels `start` to before `stop` with those from `first` on.

        Parameters
        ----------
        start, stop : int
            One of `rows`.
        first : int
            0, or `start`: what lies to the left is known by symmetry.

        Returns
        -------
        ndarray of float64, shape (stop - start, size - first)
            The same, to the last bit, as in the matrix of `pair_weights`.
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
    """Split rows of N entries into strips: a list of start and stop, in order."""
    most = min(_ROWS, max(_ENTRIES // size // kernels.SIDE, 1) * kernels.SIDE)
    return [(start, min(start + most, size)) for start in range(0, size, most)]


def share(work, items, threads=None, unit=None):
    """Call a function with every item; all cores by default. Gives the results.

    With a unit for the items, it is told how far this has come.
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
    """Turn sums over images into weights, in the same memory.

    Parameters
    ----------
    sums : ndarray of int64
        Of the pairs from pixels `start`, `first` on.
    start, first : int
    count : int
        Number of images.
    centred : ndarray of int64, shape (pixels,), or None
        Sums of the single pixels, to subtract the product of the means.
    square : bool
        Square the weights in the end.

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
        line = sums[i].copy()  # it lies where the weights go
        for j in range(sums.shape[1]):
            weight = line[j] / count
            weights[i, j] = weight * weight if square else weight


@kernel
def _divide_centred(sums, left, right, count, square, weights):
    for i in range(sums.shape[0]):
        line = sums[i].copy()
        for j in range(sums.shape[1]):
            # One exact difference of integers, and only then a division.
            weight = (count * line[j] - left[i] * right[j]) / count / count
            weights[i, j] = weight * weight if square else weight
