"""Sparsification of a matrix of weights that fits in memory."""

import logging

import numpy as np
from scipy import sparse

from pixelwalk.graph import cuts

log = logging.getLogger(__name__)


def sparsify(weights, cut):
    """Keep the heaviest entries of a weight matrix.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric pair weights. Only those above 0 are kept.
    cut : str
        ``at-<fraction of the largest>``, ``top-<fraction of the entries>`` or
        ``knn-<number in a row>``, as `parse_cut` explains.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (N, N)
        The weights that are kept.

    Raises
    ------
    ValueError
        If a weight is not finite, the matrix is not square and symmetric, or the cut
        has another form.

    Examples
    --------
    >>> import pixelwalk
    >>> pixelwalk.sparsify([[0, 4, 1], [4, 0, 3], [1, 3, 0]], "at-0.5").toarray()
    array([[0., 4., 0.],
           [4., 0., 3.],
           [0., 3., 0.]])
    """
    weights = np.asarray(weights, float)
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1]:
        raise ValueError(f"weights must be a square matrix, got shape {weights.shape}")
    if not np.isfinite(weights).all():
        raise ValueError("weights must be finite numbers, got nan or infinity")
    if not np.array_equal(weights, weights.T):
        raise ValueError("weights must be symmetric: a pair has one weight")
    least = _least(weights, cut)
    kept = weights >= np.minimum(least, least[:, None])
    # `scipy.sparse.csr_array` of a dense matrix takes 4 times as long.
    where = np.flatnonzero(kept)
    columns = where % max(1, len(weights))
    ends = np.append(0, np.cumsum(np.count_nonzero(kept, axis=1)))
    index = sparse.get_index_dtype(maxval=weights.size)
    parts = weights.ravel()[where], columns.astype(index), ends.astype(index)
    return sparse.csr_array(parts, shape=weights.shape)


def active_fraction(adjacency):
    """Return the fraction of the N x N entries that a graph has, 0 to 1."""
    return adjacency.nnz / np.prod(adjacency.shape, dtype=float)


def log_edges(adjacency, cut):
    """Log the number of edges of a graph; warn if it has none, or far too many by ties.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array, shape (N, N)
    cut : str
        Name of its cut.
    """
    edges = (adjacency.nnz - np.count_nonzero(adjacency.diagonal())) // 2
    rule, number = cuts.parse_cut(cut)
    if rule == "top" and adjacency.nnz > 2 * number * np.prod(adjacency.shape):
        share = active_fraction(adjacency)
        log.warning("%s keeps %.3g of all entries: their weights are equal", cut, share)
    if edges:
        log.info("edges between %d pixels: %d", adjacency.shape[0], edges)
    else:
        log.warning("no edge stays under %s: the walk only jumps", cut)


def _least(weights, cut):
    """Return the least weight that is kept in each row."""
    rule, number = cuts.parse_cut(cut)
    if rule == "knn":
        return cuts.least_of_others(weights, number)
    if rule == "at":
        least = cuts.least_at(weights.max(initial=0), number)
    elif number == 0:
        least = np.inf
    else:
        least = cuts.least_of_rows(weights.reshape(1, -1), number * weights.size)
    return np.full(len(weights), least)
