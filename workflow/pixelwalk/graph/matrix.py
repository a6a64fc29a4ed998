"""Sparsify a matrix of weights that is at hand as a whole."""

import numba
import numpy as np

from pixelwalk.graph import cuts, entries


def sparsify(weights, cut):
    """Keep the heaviest entries of a weight matrix.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric pair weights. What is not above 0 never stays.
    cut : str
        As `parse_cut` reads it.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (N, N)
        The weights that stay. `active_fraction` tells their share.

    Raises
    ------
    ValueError
        If a weight is not finite, the matrix is not square and symmetric, or the cut is
        not of the form that `parse_cut` reads.
    """
    weights = np.asarray(weights, float)
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1]:
        raise ValueError(f"weights must be a square matrix, got shape {weights.shape}")
    if not np.isfinite(weights).all():
        raise ValueError("weights must be finite numbers, got nan or infinity")
    if not _symmetric(weights):
        raise ValueError("weights must be symmetric: a pair has one weight")
    piece = entries.pick(weights, 0, _least(weights, cut))
    return entries.assemble([piece], len(weights))


def _least(weights, cut):
    """Weight from which on the entries of each row stay."""
    rule, number = cuts.parse_cut(cut)
    if rule == "knn":
        return cuts.least_of_rows(weights, min(number, len(weights)))
    if rule == "at":
        least = cuts.least_at(weights.max(initial=0), number)
    elif number == 0:
        least = np.inf
    else:
        least = cuts.least_of_rows(weights.reshape(1, -1), number * weights.size)
    return np.full(len(weights), least)


@numba.njit(nogil=True, cache=True)
def _symmetric(weights):
    # In squares, so that what is read down the columns stays in the cache.
    size, side, same = weights.shape[0], 32, True
    for top in range(0, size, side):
        for left in range(0, top + 1, side):
            for i in range(top, min(top + side, size)):
                for j in range(left, min(left + side, size)):
                    same &= weights[i, j] == weights[j, i]
    return same
