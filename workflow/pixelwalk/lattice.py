"""The square lattice: which sites are neighbours, and how far apart sites are.

Sites are numbered row by row: site ``r * columns + c`` stands in row r, column c.
"""

import numpy as np
from scipy import sparse

BOUNDARIES = ("periodic", "free")


def neighbours(rows, columns, boundary):
    """Neighbours of every site: above, below, left and right.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice; each at least 1, and at least 3 if periodic.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.

    Returns
    -------
    ndarray of int64, shape (rows * columns, 4)
        Site numbers; ``rows * columns``, one past the last, where there is none.

    Raises
    ------
    ValueError
        If the size or the boundary is not one of the above.
    """
    _check(rows, columns, boundary)
    sites = np.arange(rows * columns).reshape(rows, columns)
    if boundary == "periodic":
        padded = np.pad(sites, 1, mode="wrap")
    else:
        padded = np.pad(sites, 1, constant_values=rows * columns)
    around = [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]]
    return np.stack([side.ravel() for side in around], axis=1)


def adjacency(rows, columns, boundary):
    """Adjacency matrix of the lattice.

    Parameters
    ----------
    rows, columns, boundary
        As in `neighbours`.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (rows * columns, rows * columns)
        1 between neighbours, else nothing; symmetric, with an empty diagonal.
    """
    around = neighbours(rows, columns, boundary)
    size = len(around)
    tail, side = np.nonzero(around < size)
    ones = np.ones(len(tail))
    return sparse.csr_array((ones, (tail, around[tail, side])), shape=(size, size))


def squared_distances(rows, columns, boundary):
    """Squared Euclidean distance between every two sites, in lattice spacings.

    Parameters
    ----------
    rows, columns, boundary
        As in `neighbours`. On a periodic lattice the shortest way counts.

    Returns
    -------
    ndarray of float64, shape (rows * columns, rows * columns)
    """
    _check(rows, columns, boundary)
    row, column = np.divmod(np.arange(rows * columns), columns)
    down = np.abs(row[:, None] - row)
    across = np.abs(column[:, None] - column)
    if boundary == "periodic":
        down = np.minimum(down, rows - down)
        across = np.minimum(across, columns - across)
    return (down**2 + across**2).astype(float)


def _check(rows, columns, boundary):
    if boundary not in BOUNDARIES:
        raise ValueError(f"boundary must be one of {BOUNDARIES}, got {boundary!r}")
    smallest = 3 if boundary == "periodic" else 1
    if min(rows, columns) < smallest:
        raise ValueError(
            f"a {boundary} lattice needs at least {smallest} rows and columns, "
            f"got {rows} x {columns}"
        )
