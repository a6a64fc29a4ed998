"""Projections of matrices onto Toeplitz and circulant ones, and distances from them.

Rows and columns of a matrix correspond to the sites of a grid, numbered row by row: a
line, shape ``(n,)``, or an image, ``(rows, columns)``. A matrix is Toeplitz if an entry
depends only on the offset of its two sites (on an image: doubly block Toeplitz), and
circulant if only on the cyclic offset (on an image: block-circulant with circulant
blocks). Both sets are linear spaces; the projection in the Frobenius norm averages the
entries that must be equal.
"""

from functools import lru_cache

import numpy as np
from scipy import sparse


def toeplitz(matrix, shape, columns=None):
    """Project a matrix onto the Toeplitz matrices of a grid.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, M)
    shape : tuple of int
        Shape of the grid of rows, N sites.
    columns : tuple of int, optional
        Shape of the grid of columns, M sites; by default the same.

    Returns
    -------
    ndarray of float64, shape (N, M)

    Raises
    ------
    ValueError
        If the matrix does not fit the grids.
    """
    columns = shape if columns is None else columns
    _check(matrix, shape, columns)
    return _means(matrix, _toeplitz_classes(tuple(shape), tuple(columns)))


def circulant(matrix, shape):
    """Project a square matrix onto the circulant matrices of a grid.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
    shape : tuple of int
        Shape of the grid, N sites.

    Returns
    -------
    ndarray of float64, shape (N, N)

    Raises
    ------
    ValueError
        If the matrix does not fit the grid.
    """
    _check(matrix, shape, shape)
    return _means(matrix, circulant_classes(tuple(shape)))


def from_circulant(matrix, shape):
    """Return the relative distance of a matrix from the circulant ones of a grid."""
    return distance(matrix, circulant(matrix, shape))


def distance(matrix, near):
    """Return the relative distance in the Frobenius norm: ||M - near|| / ||M||.

    Parameters
    ----------
    matrix, near : ndarray, shape (N, M)

    Returns
    -------
    float
        0 to 1 if `near` is a projection of the matrix onto a linear space; 0 for a
        matrix of zeros.
    """
    norm = np.linalg.norm(matrix)
    return float(np.linalg.norm(matrix - near) / norm) if norm else 0.0


def line_distance(matrix, cyclic=False):
    """Return the relative distance of a matrix from the Toeplitz matrices of a line.

    The same as `distance` from the projection, without a dense copy of a sparse matrix.

    Parameters
    ----------
    matrix : ndarray or scipy.sparse.sparray, shape (n, n)
    cyclic : bool
        Project onto the circulant matrices instead.

    Returns
    -------
    float
        0 to 1; 0 for a matrix of zeros.
    """
    entries = sparse.coo_array(matrix)
    size = entries.shape[0]
    row, column = entries.coords
    if cyclic:
        step, counts = (row - column) % size, np.full(size, size)
    else:
        step = row - column + size - 1
        counts = size - np.abs(np.arange(1 - size, size))
    means = np.bincount(step, entries.data, len(counts)) / counts
    empty = counts - np.bincount(step, minlength=len(counts))
    rest = np.sum((entries.data - means[step]) ** 2) + np.sum(empty * means**2)
    norm = np.linalg.norm(entries.data)
    return float(np.sqrt(rest) / norm) if norm else 0.0


# Cached, since a study projects many matrices of one size in a row.
@lru_cache(maxsize=2)
def circulant_classes(shape):
    """Return the classes of entries that are equal in a circulant matrix.

    Parameters
    ----------
    shape : tuple of int
        Shape of the grid, N sites.

    Returns
    -------
    ndarray of int, shape (N * N,)
        For every entry, the row of its equal in the first column.
    """
    steps = [
        np.subtract.outer(np.arange(size), np.arange(size)) % size for size in shape
    ]
    return _numbered(steps, shape)


def _check(matrix, rows, columns):
    expected = int(np.prod(rows)), int(np.prod(columns))
    if len(rows) != len(columns) or matrix.shape != expected:
        raise ValueError(
            f"a matrix between grids of {tuple(columns)} and {tuple(rows)} sites has "
            f"shape {expected}, got {matrix.shape}"
        )


def _means(matrix, classes):
    sums = np.bincount(classes, weights=np.ravel(matrix))
    return (sums / np.bincount(classes))[classes].reshape(matrix.shape)


@lru_cache(maxsize=2)
def _toeplitz_classes(rows, columns):
    """Return the classes of entries that are equal in a Toeplitz matrix."""
    steps = [
        np.subtract.outer(np.arange(down), np.arange(across)) + across - 1
        for down, across in zip(rows, columns, strict=True)
    ]
    sizes = [down + across - 1 for down, across in zip(rows, columns, strict=True)]
    return _numbered(steps, sizes)


def _numbered(steps, sizes):
    """Combine the offsets of all dimensions to one number for each entry."""
    classes = steps[0]
    for step, size in zip(steps[1:], sizes[1:], strict=True):
        classes = np.add.outer(classes * size, step)  # (row, column, row, column)
        classes = classes.swapaxes(1, 2).reshape(
            classes.shape[0] * step.shape[0], classes.shape[1] * step.shape[1]
        )
    return classes.ravel()
