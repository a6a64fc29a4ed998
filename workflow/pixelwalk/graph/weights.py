"""Edge weights of graphs, sparse or dense: validated, scaled, and reduced by rows."""

import numpy as np
from scipy import sparse


def as_floats(weights):
    """Convert sparse or dense weights to float64, without a copy where possible."""
    if sparse.issparse(weights):
        return sparse.csr_array(weights, dtype=float)
    return np.asarray(weights, float)


def checked(weights):
    """Validate the weights of a graph and return them as float64.

    Raises
    ------
    ValueError
        If they are not a square matrix of at least 1 x 1, finite and at least 0.
    """
    weights = as_floats(weights)
    shape = weights.shape
    if len(shape) != 2 or shape[0] != shape[1] or shape[0] == 0:
        raise ValueError(
            f"weights must be a square matrix of at least 1 x 1, got {shape}"
        )
    entries = _entries(weights)
    # With nan among the values, minimum and maximum are nan.
    if not (entries.min(initial=0) >= 0 and entries.max(initial=0) < np.inf):
        raise ValueError(
            "weights must be finite and at least 0; sparsify first: it drops the "
            "negative ones"
        )
    return weights


def scaled(weights):
    """Scale weights by a power of 2 if sums could overflow or underflow."""
    exponent = np.frexp(_entries(weights).max(initial=0))[1]
    if abs(exponent) > 400:
        weights = weights.copy()
        np.ldexp(_entries(weights), -exponent, out=_entries(weights))
    return weights


def reduce_rows(weights, ufunc):
    """Return the sum or the maximum of each row, 0 for a row without entries.

    A product with ones is as fast, but adds one by one; here the rounding error grows
    with the logarithm of the length.
    """
    if not sparse.issparse(weights):
        return ufunc.reduce(weights, axis=1)
    filled = np.diff(weights.indptr) > 0
    reduced = np.zeros(weights.shape[0])
    if filled.any():
        reduced[filled] = ufunc.reduceat(weights.data, weights.indptr[:-1][filled])
    return reduced


def _entries(weights):
    return weights.data if sparse.issparse(weights) else weights
