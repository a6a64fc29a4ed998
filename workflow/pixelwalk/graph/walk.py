"""Random walk on a weighted graph: the Markov chain of section 11, as in PageRank.

The walker moves from a pixel to a neighbour with probability proportional to the weight
of the edge; with a small probability, the teleport, it jumps to any pixel instead (Brin
and Page 1998). From a pixel without edges it always jumps.
"""

import math

import numpy as np
from scipy import sparse

from pixelwalk.graph.weights import as_floats, checked, reduce_rows, scaled

_MOST_STEPS = 1_000_000


def transition_matrix(weights):
    """Return the row-stochastic matrix of the walk without jumps.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0, of any scale within float64.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (N, N)
        Each row sums to 1, or is empty for a pixel without edges.

    Raises
    ------
    ValueError
        If the matrix is empty or not square, or a weight is negative or not finite.

    Examples
    --------
    >>> import pixelwalk
    >>> pixelwalk.transition_matrix([[0, 3, 1], [3, 0, 0], [1, 0, 0]]).toarray()
    array([[0.  , 0.75, 0.25],
           [1.  , 0.  , 0.  ],
           [1.  , 0.  , 0.  ]])
    """
    weights = sparse.csr_array(checked(weights), copy=True)
    weights.eliminate_zeros()
    lengths = np.diff(weights.indptr)
    # Divided by the largest first, so that sums neither overflow nor underflow.
    for ufunc in (np.maximum, np.add):
        weights.data /= np.repeat(reduce_rows(weights, ufunc), lengths)
    weights.eliminate_zeros()
    return weights


def step(distribution, transitions, teleport):
    """Return the distribution of the walker after one more step.

    Parameters
    ----------
    distribution : ndarray of float, shape (..., N)
        Probabilities, summing to 1 along the last axis.
    transitions : scipy.sparse.csr_array or ndarray, shape (N, N)
        As `transition_matrix` returns it.
    teleport : float
        Probability of a jump to any pixel, 0 to 1.

    Returns
    -------
    ndarray of float64, shape (..., N)
    """
    stuck = transitions.sum(axis=1) == 0
    walked = (transitions.T @ distribution.T).T
    return _add_jumps(walked, distribution[..., stuck].sum(axis=-1), teleport)


def stationary_distribution(weights, *, teleport=0.01, tolerance=1e-12):
    """Return the stationary distribution of the walk.

    Each step multiplies the L1 distance from it by at most ``1 - teleport``, so the
    error is at most the residual divided by the teleport.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0; connected or not, symmetric or not.
    teleport : float
        Probability of a jump to any pixel, in (0, 1).
    tolerance : float
        Largest residual, above 0.

    Returns
    -------
    distribution : ndarray of float64, shape (N,)
        Probabilities, summing to 1.
    residual : float
        L1 distance between the result and its next `step`, up to rounding.
    steps : int
        Number of products of the weights with a vector.

    Raises
    ------
    ValueError
        If a weight, the teleport or the tolerance is out of range, or the tolerance
        cannot be reached because of rounding or within a million steps.

    Notes
    -----
    Time in ms for a teleport of 0.15 and 0.01, including what a library needs to build
    its graph: 20,000 pixels, 3 million entries, a residual of 1e-10, medians of five on
    one thread of an EPYC of 2.6 GHz.

    ==============  =============  ====================
    solver          random graph   150 nearest pixels
    ==============  =============  ====================
    this one        46, 38         68, 135
    scikit-network  121, 112       137, 271
    igraph          1810, 2040     1590, 2560
    networkx        19800, 18700   10500, 12700
    ==============  =============  ====================

    Symmetric weights are solved by conjugate gradients (Hestenes and Stiefel 1952),
    others by steps of the walk. ``scipy.sparse.linalg.cg`` and a loop in numba are as
    fast on idle cores, but 5 to 10 times slower on two busy ones, where their threads
    wait for each other. A residual of 1e-12 is reached at any teleport, unless a pixel
    has more than about 100,000 equal edges.

    Examples
    --------
    Three pixels in a row, and jumps with probability 1/2. With p at either end, the
    middle receives 1/6 by jumps and half of 2 p by steps: 1 - 2 p = 1/6 + p.

    >>> import pixelwalk
    >>> row = pixelwalk.lattice_graph(1, 3, "free")
    >>> distribution, *_ = pixelwalk.stationary_distribution(row, teleport=0.5)
    >>> (distribution * 18).round(9)
    array([5., 8., 5.])
    """
    if not 0 < teleport < 1:
        raise ValueError(
            f"teleport must lie in (0, 1), got {teleport}; it is the chance of a jump"
        )
    if not tolerance > 0:
        raise ValueError(f"tolerance must be above 0, got {tolerance}")
    weights = checked(weights)
    rescaled = scaled(weights)
    with np.errstate(all="ignore"):  # overflow leaves a residual of nan
        solution = _by_conjugate_gradients(rescaled, teleport, tolerance)
    # Rescaling may have rounded small weights to 0; the iteration checks that.
    if solution[1] <= tolerance and rescaled is weights:
        return solution
    return _by_power_iteration(weights, teleport, tolerance, *solution)


def row_sums(weights):
    """Return the normalised row sums: the stationary distribution without jumps.

    Exact for symmetric weights, since ``pi_i T_ij = w_ij / sum(w)`` is then symmetric
    (detailed balance).

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0.

    Returns
    -------
    ndarray of float64, shape (N,)
        Probabilities; uniform for a graph without edges.
    """
    sums = reduce_rows(scaled(as_floats(weights)), np.add)
    total = sums.sum()
    return sums / total if total > 0 else np.full(len(sums), 1 / len(sums))


def _by_conjugate_gradients(weights, teleport, tolerance):
    """Return the stationary distribution of a symmetric graph, its residual and steps.

    With D the row sums, D z is proportional to it if ``(D - (1 - teleport) W) z`` is
    equal at all pixels with edges. Start: z = 1, the solution without jumps. The
    remainder is solved repeatedly while the residual halves. The residual is valid for
    any chain, so it shows whether the weights were symmetric.
    """
    sums = reduce_rows(weights, np.add)
    linked = sums > 0
    # A pixel without edges is only reached by jumps.
    jumps = teleport * sums.sum() / linked.sum()
    potential = linked.astype(float)
    left = np.where(linked, jumps - teleport * sums, 0)
    steps, residual = 0, np.inf
    while True:
        enough = 0.9 * tolerance * sums.sum()  # a margin for rounding
        change, more = _solve(weights, sums, teleport, left, enough)
        potential = np.maximum(potential + change, 0)
        visits = np.where(linked, sums * potential, jumps)
        scale = visits.sum()
        visits /= scale
        walked = weights.T @ (potential / scale)
        after = _add_jumps(walked, visits[~linked].sum(), teleport)
        steps += more + 1
        before, residual = residual, float(np.abs(after - visits).sum())
        if residual <= tolerance or not residual < before / 2:
            return visits, residual, steps
        left = np.where(linked, scale * (after - visits), 0)


def _solve(weights, sums, teleport, right, enough):
    """Solve ``(D - (1 - teleport) W) z = right`` to an L1 residual; return z and steps.

    Conjugate gradients, preconditioned by D; they end early if W is not symmetric.
    """
    inverse = np.divide(1, sums, out=np.zeros(len(sums)), where=sums > 0)
    solution, left, steps = np.zeros(len(sums)), right, 0
    direction = scaled = inverse * left
    energy = _dot(left, scaled)
    while np.abs(left).sum() > enough and steps < _MOST_STEPS:
        image = sums * direction - (1 - teleport) * (weights @ direction)
        length = energy / _dot(direction, image)
        solution = solution + length * direction
        left = left - length * image
        overlap, before = _dot(left, scaled), energy
        scaled = inverse * left
        energy = _dot(left, scaled)
        steps += 1
        if overlap**2 > 0.01 * energy * before:  # 0 up to rounding if W is symmetric
            break
        direction = scaled + energy / before * direction
    return solution, steps


def _dot(first, second):
    # Not by BLAS, which starts threads: on two busy cores, 20,000 numbers took it 2 ms
    # of processor time in place of 0.01.
    return np.einsum("i,i", first, second)


def _by_power_iteration(weights, teleport, tolerance, start, residual, steps):
    """Return the stationary distribution of any chain, its residual and all steps.

    Start: a distribution with its residual and steps so far; or, if the residual is
    not below 1, the row sums.
    """
    transitions = transition_matrix(weights)
    distribution = start if residual < 1 else row_sums(weights)
    advice = f"a larger teleport (now {teleport}) takes fewer steps"
    for more in range(1, _MOST_STEPS + 1):
        after = step(distribution, transitions, teleport)
        residual = float(np.abs(after - distribution).sum())
        if residual <= tolerance:
            return distribution, residual, steps + more
        if more == 1:  # the number of steps without rounding errors
            most = 3 + math.log(tolerance / residual) / math.log1p(-teleport)
        if more > most:
            advice = "rounding keeps it there; ask for a larger tolerance"
            break
        distribution = after / after.sum()
    raise ValueError(
        f"no stationary distribution within {more} steps: the residual is "
        f"{residual:.1e}, expected {tolerance:.1e}; {advice}"
    )


def _add_jumps(walked, resting, teleport):
    """Return the distribution after a step, from walkers with and without edges."""
    jumps = teleport + (1 - teleport) * resting
    return (1 - teleport) * walked + jumps[..., None] / walked.shape[-1]
