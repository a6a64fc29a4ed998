"""Sparsify: keep the heaviest pairs of a weight matrix as a graph (section 11)."""

import re

import numpy as np
from scipy import sparse

# The mean of n values is rounded; that must not decide about a pair that lies
# exactly on the threshold.
_ROUNDING = 1e-12


def parse_cut(cut):
    """Read the name of a cut.

    Parameters
    ----------
    cut : str
        ``at-0.10``: keep weights of at least 10 % of the largest.
        ``top-0.0474``: keep the heaviest 4.74 % of all entries.

    Returns
    -------
    rule : {"at", "top"}
    number : float
        A fraction, 0 to 1.

    Raises
    ------
    ValueError
        If the name is not of that form.
    """
    match = re.fullmatch(r"(at|top)-((?:0|1)(?:\.\d+)?)", cut)
    if match is None or float(match[2]) > 1:
        raise ValueError(
            f"a cut is at-<fraction of the largest weight> or top-<fraction of the "
            f"entries>, with a fraction of 0 to 1, got {cut!r}"
        )
    return match[1], float(match[2])


def kept(weights, cut):
    """Which entries of a weight matrix a cut keeps.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Pair weights. What is not above 0 never stays.
    cut : str
        As `parse_cut` reads it. With ``top-``, entries of equal weight stay or go
        together, so that no order of the pixels decides; of the shares that can be
        had so, the nearest to the one asked for is taken.

    Returns
    -------
    ndarray of bool, shape (N, N)

    Raises
    ------
    ValueError
        If the cut is not of that form.
    """
    rule, number = parse_cut(cut)
    if rule == "at":
        least = number * weights.max(initial=0) * (1 - _ROUNDING)
    else:
        least = _least_of_top(weights, number)
    return (weights > 0) & (weights >= least)


def sparsify(weights, cut):
    """Keep the heaviest entries of a weight matrix.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric pair weights.
    cut : str
        As for `kept`.

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
    if not np.array_equal(weights, weights.T):
        raise ValueError("weights must be symmetric: a pair has one weight")
    return sparse.csr_array(np.where(kept(weights, cut), weights, 0))


def active_fraction(adjacency):
    """Share of the N x N entries of a graph that are there, 0 to 1."""
    return adjacency.nnz / np.prod(adjacency.shape, dtype=float)


def _least_of_top(weights, number):
    """Weight from which on entries stay so that their share is nearest to a number."""
    values, counts = np.unique(weights[weights > 0], return_counts=True)
    if number == 0 or len(values) == 0:
        return np.inf
    shares = np.cumsum(counts[::-1])[::-1] / weights.size
    return values[np.argmin(np.abs(shares - number))]
