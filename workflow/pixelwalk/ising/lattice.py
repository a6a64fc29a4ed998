"""Neighbours, adjacency matrices and distances of lattices and other graphs.

Sites are numbered row by row: site ``r * columns + c`` is in row r, column c.
"""

import numpy as np
from scipy import sparse

BOUNDARIES = ("periodic", "free")

#: Steps in rows and columns to half of the neighbours, by the kind of lattice; the
#: steps to the other half are opposite.
KINDS = {
    "rectangular": ((0, 1), (1, 0)),
    "triangular": ((0, 1), (1, 0), (1, 1)),
}


def neighbours(rows, columns, boundary):
    """Return the neighbours on a rectangular lattice: above, below, left and right.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice; each at least 1, and at least 3 if periodic.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.

    Returns
    -------
    ndarray of int64, shape (rows * columns, 4)
        Numbers of sites; ``rows * columns``, one past the last, for a missing one.

    Raises
    ------
    ValueError
        If the size or the boundary is not allowed.
    """
    _check(rows, columns, boundary)
    sites = np.arange(rows * columns).reshape(rows, columns)
    if boundary == "periodic":
        padded = np.pad(sites, 1, mode="wrap")
    else:
        padded = np.pad(sites, 1, constant_values=rows * columns)
    around = [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]]
    return np.stack([side.ravel() for side in around], axis=1)


def adjacency(rows, columns, boundary, kind="rectangular"):
    """Return the adjacency matrix of a lattice.

    Parameters
    ----------
    rows, columns
        As in `neighbours`.
    boundary : {"periodic", "free", "helical"}
        As in `neighbours`. On a helical lattice, of at least 3 rows and columns, the
        end of each row is joined to the start of the next, and the last row to the
        first.
    kind : {"rectangular", "triangular"}
        Whether a site has 4 neighbours or 6: also those above to the left and below to
        the right.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (rows * columns, rows * columns)
        1 between neighbours, else 0; symmetric, with a zero diagonal.

    Raises
    ------
    ValueError
        If the size, the boundary or the kind is not allowed.

    Examples
    --------
    >>> import pixelwalk
    >>> pixelwalk.lattice_graph(1, 3, "free").toarray()
    array([[0., 1., 0.],
           [1., 0., 1.],
           [0., 1., 0.]])
    """
    _check(rows, columns, boundary, (*BOUNDARIES, "helical"))
    if kind not in KINDS:
        raise ValueError(f"lattice must be one of {tuple(KINDS)}, got {kind!r}")
    size = rows * columns
    sites = np.arange(size).reshape(rows, columns)
    edges = []
    for down, right in KINDS[kind]:
        if boundary == "free":
            tails, heads = sites[: rows - down, : columns - right], sites[down:, right:]
        elif boundary == "periodic":
            tails, heads = sites, np.roll(sites, (-down, -right), axis=(0, 1))
        else:
            tails, heads = sites, (sites + down * columns + right) % size
        edges.append(np.stack([tails.ravel(), heads.ravel()], axis=1))
    return adjacency_of(np.concatenate(edges), size)


def adjacency_of(edges, sites):
    """Return the adjacency matrix of any graph.

    Parameters
    ----------
    edges : array_like of int, shape (m, 2)
        The two sites of each edge, numbered from 0; each edge once.
    sites : int
        Number of sites.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (sites, sites)
        As that of `adjacency`.
    """
    tails, heads = np.asarray(edges, np.int64).reshape(-1, 2).T
    both = np.concatenate([tails, heads]), np.concatenate([heads, tails])
    matrix = sparse.csr_array((np.ones(len(both[0])), both), shape=(sites, sites))
    matrix.sort_indices()
    return matrix


def squared_distances(rows, columns, boundary):
    """Return the squared Euclidean distances of all pairs of sites.

    Parameters
    ----------
    rows, columns : int
        As in `neighbours`.
    boundary : {"periodic", "free"}
        On a periodic lattice, the shortest distance counts.

    Returns
    -------
    ndarray of float64, shape (rows * columns, rows * columns)
        In lattice spacings squared.
    """
    _check(rows, columns, boundary)
    row, column = np.divmod(np.arange(rows * columns), columns)
    down = np.abs(row[:, None] - row)
    across = np.abs(column[:, None] - column)
    if boundary == "periodic":
        down = np.minimum(down, rows - down)
        across = np.minimum(across, columns - across)
    return (down**2 + across**2).astype(float)


def _check(rows, columns, boundary, known=BOUNDARIES):
    if boundary not in known:
        raise ValueError(f"boundary must be one of {known}, got {boundary!r}")
    smallest = 1 if boundary == "free" else 3
    if min(rows, columns) < smallest:
        raise ValueError(
            f"a {boundary} lattice needs at least {smallest} rows and columns, "
            f"got {rows} x {columns}"
        )
