"""Arrays in files that other programs made: read with distrust, in parts.

Nothing is unpickled, no other file is followed to, and no size is believed that the
file itself does not bear out.
"""

import math
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from pixelwalk.storage.disk import OF_CONTENT

#: Bytes that are read at once, where a row has no more.
BLOCK = 1 << 24

#: How often an array that is stored column by column is read, at most, to hold less.
PASSES = 8


@contextmanager
def understood(path, kind):
    """Tell a broken file in one line, whatever it makes the libraries raise.

    Parameters
    ----------
    path : path-like
        The file.
    kind : str
        What it is called, such as ``an .npy``.

    Raises
    ------
    ValueError
        In place of any error but those of the disk.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and error.errno not in OF_CONTENT:
            raise
        lines = str(error).splitlines() or [type(error).__name__]
        raise ValueError(
            f"{path}: expected {kind} file with arrays of numbers, but it cannot be "
            f"read ({lines[0][:200]})"
        ) from None


@dataclass
class Rows:
    """An array in a file, which is read in blocks of rows.

    Parameters
    ----------
    path : path-like
        The file.
    kind : str
        What it is called in errors, such as ``an .npy``.
    shape : tuple of int
    dtype : numpy.dtype
    """

    path: object
    kind: str
    shape: tuple
    dtype: np.dtype

    @property
    def row(self):
        """Bytes of a row."""
        return math.prod(self.shape[1:]) * self.dtype.itemsize

    @property
    def held(self):
        """Bytes held while blocks are read, at most: a block, its source and a copy."""
        return 3 * max(BLOCK, self.row)

    def blocks(self, needed=None):
        """Read blocks of rows one after the other.

        Parameters
        ----------
        needed : ndarray of bool, shape (rows,), optional
            Rows that are needed; blocks without any of them may be left out.

        Yields
        ------
        first : int
            The position of the block's first row.
        block : ndarray, shape (rows of the block, ...)

        Raises
        ------
        ValueError
            If the file is broken.
        """
        with understood(self.path, self.kind):
            yield from self._blocks(needed)

    def take(self, positions):
        """Read rows one by one.

        Parameters
        ----------
        positions : ndarray of int
            Which, ascending.

        Yields
        ------
        ndarray, shape (...)
        """
        needed = np.zeros(self.shape[0], bool)
        needed[positions] = True
        for first, block in self.blocks(needed):
            for row in np.flatnonzero(needed[first : first + len(block)]):
                yield block[row]

    def whole(self):
        """Read all rows, as one array."""
        made = np.empty(self.shape, self.dtype)
        for first, block in self.blocks():
            made[first : first + len(block)] = block
        return made

    def _spans(self, needed=None, step=None):
        """Give first rows of blocks, and the rows after their last."""
        step = step or max(1, BLOCK // max(1, self.row))
        for first in range(0, self.shape[0], step):
            last = min(first + step, self.shape[0])
            if needed is None or needed[first:last].any():
                yield first, last

    def _large(self):
        """Bytes of a block of an array that is not stored row by row."""
        return max(BLOCK, self.row * self.shape[0] // PASSES)

    def _blocks(self, needed):
        raise NotImplementedError


@dataclass
class Held(Rows):
    """An array that is held already."""

    array: np.ndarray

    @classmethod
    def of(cls, name, array):
        """Give an array under a name for errors."""
        return cls(name, "array", array.shape, array.dtype, array)

    def _blocks(self, needed):
        yield 0, self.array
