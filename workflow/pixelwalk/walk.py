"""Walk on a weighted graph: the chain of section 11, as PageRank makes it.

From a pixel the walker goes to a neighbour with a chance proportional to the weight of
the edge; with a small chance, the teleport, it jumps to any pixel instead (Brin and
Page 1998). From a pixel without edges it always jumps.
"""

import numpy as np
from scipy import sparse

_MOST_STEPS = 1_000_000


def transition_matrix(weights):
    """Row-stochastic matrix of the walk without jumps.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0; any scale that float64 can hold.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (N, N)
        Each row sums to 1, or is empty where a pixel has no edges.

    Raises
    ------
    ValueError
        If there is no pixel, the matrix is not square, or a weight is negative,
        infinite or not a number.
    """
    weights = sparse.csr_array(weights, dtype=float, copy=True)
    if (
        weights.ndim != 2
        or weights.shape[0] != weights.shape[1]
        or weights.shape[0] == 0
    ):
        raise ValueError(
            f"weights must be a square matrix of at least 1 x 1, got {weights.shape}"
        )
    if not (np.isfinite(weights.data).all() and (weights.data >= 0).all()):
        raise ValueError(
            "weights must be finite and at least 0; sparsify first: it drops the "
            "negative ones"
        )
    weights.eliminate_zeros()
    # Scaled by the largest first, so that no sum overflows and no small row vanishes.
    _divide_rows(weights, np.maximum.reduceat)
    _divide_rows(weights, np.add.reduceat)
    weights.eliminate_zeros()
    return weights


def step(distribution, transitions, teleport):
    """Distribution of the walker after one more step.

    Parameters
    ----------
    distribution : ndarray of float, shape (..., N)
        Probabilities, summing to 1 along the last axis.
    transitions : scipy.sparse.csr_array, shape (N, N)
        As `transition_matrix` gives it.
    teleport : float
        Chance of a jump to any pixel, 0 to 1.

    Returns
    -------
    ndarray of float64, shape (..., N)
    """
    stuck = np.diff(transitions.indptr) == 0
    walked = (transitions.T @ distribution.T).T
    jumps = teleport + (1 - teleport) * distribution[..., stuck].sum(axis=-1)
    return (1 - teleport) * walked + jumps[..., None] / transitions.shape[0]


def stationary_distribution(weights, *, teleport=0.01, tolerance=1e-12):
    """Share of the time that an endless walk spends at each pixel.

    By power iteration from the row sums, which are the answer for a symmetric graph
    without jumps. A step contracts the L1 distance to the answer by ``1 - teleport``
    at least, so the error is at most the residual over the teleport.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0; connected or not, symmetric or not.
    teleport : float
        Chance of a jump to any pixel, in (0, 1).
    tolerance : float
        Largest L1 distance between the result and its own next step.

    Returns
    -------
    distribution : ndarray of float64, shape (N,)
        Probabilities, summing to 1.
    residual : float
        L1 distance between the result and its own next step.
    steps : int
        Steps taken.

    Raises
    ------
    ValueError
        If a weight or the teleport is out of range, or the tolerance was not reached
        within a million steps.
    """
    if not 0 < teleport < 1:
        raise ValueError(
            f"teleport must lie in (0, 1), got {teleport}; it is the chance of a jump"
        )
    transitions = transition_matrix(weights)
    stuck = np.diff(transitions.indptr) == 0
    backwards = transitions.T.tocsr()
    size = len(stuck)
    distribution = row_sums(weights)
    for steps in range(1, _MOST_STEPS + 1):
        jumps = teleport + (1 - teleport) * distribution[stuck].sum()
        after = (1 - teleport) * (backwards @ distribution) + jumps / size
        after /= after.sum()
        residual = np.abs(after - distribution).sum()
        if residual <= tolerance:
            return distribution, float(residual), steps
        distribution = after
    raise ValueError(
        f"no stationary distribution within {_MOST_STEPS} steps: the residual is "
        f"{residual:.1e}, expected {tolerance:.1e}; a larger teleport (now {teleport}) "
        "takes fewer steps"
    )


def row_sums(weights):
    """Row sums of a graph, normalised: where a walk without jumps spends its time.

    For symmetric weights they are the stationary distribution exactly, since then
    ``pi_i T_ij = w_ij / sum(w)`` is symmetric too (detailed balance).

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0.

    Returns
    -------
    ndarray of float64, shape (N,)
        Probabilities; uniform if there are no edges.
    """
    weights = sparse.csr_array(weights, dtype=float, copy=True)
    scale = weights.max() if weights.nnz else 0
    if scale == 0:
        return np.full(weights.shape[0], 1 / weights.shape[0])
    weights.data = weights.data / scale  # weights / scale would overflow for tiny ones
    sums = weights.sum(axis=1)
    return sums / sums.sum()


def _divide_rows(weights, reduceat):
    """Divide each row that has entries by its sum or its largest entry, in place."""
    lengths = np.diff(weights.indptr)
    starts = weights.indptr[:-1][lengths > 0]
    if len(starts):
        weights.data /= np.repeat(reduceat(weights.data, starts), lengths[lengths > 0])
