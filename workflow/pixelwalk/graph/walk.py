"""Walk on a weighted graph: the chain of section 11, as PageRank makes it.

From a pixel the walker goes to a neighbour with a chance proportional to the weight of
the edge; with a small chance, the teleport, it jumps to any pixel instead (Brin and
Page 1998). From a pixel without edges it always jumps.
"""

import math

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

    Examples
    --------
    >>> import pixelwalk
    >>> pixelwalk.transition_matrix([[0, 3, 1], [3, 0, 0], [1, 0, 0]]).toarray()
    array([[0.  , 0.75, 0.25],
           [1.  , 0.  , 0.  ],
           [1.  , 0.  , 0.  ]])
    """
    weights = sparse.csr_array(_checked(weights), copy=True)
    weights.eliminate_zeros()
    lengths = np.diff(weights.indptr)
    # Scaled by the largest first, so that no sum overflows and no small row vanishes.
    for ufunc in (np.maximum, np.add):
        weights.data /= np.repeat(_reduce_rows(weights, ufunc), lengths)
    weights.eliminate_zeros()
    return weights


def step(distribution, transitions, teleport):
    """Distribution of the walker after one more step.

    Parameters
    ----------
    distribution : ndarray of float, shape (..., N)
        Probabilities, summing to 1 along the last axis.
    transitions : scipy.sparse.csr_array or ndarray, shape (N, N)
        As `transition_matrix` gives it.
    teleport : float
        Chance of a jump to any pixel, 0 to 1.

    Returns
    -------
    ndarray of float64, shape (..., N)
    """
    stuck = transitions.sum(axis=1) == 0
    walked = (transitions.T @ distribution.T).T
    return _add_jumps(walked, distribution[..., stuck].sum(axis=-1), teleport)


def stationary_distribution(weights, *, teleport=0.01, tolerance=1e-12):
    """Share of the time that an endless walk spends at each pixel.

    A step contracts the L1 distance to the answer by ``1 - teleport`` at least, so the
    error is at most the residual over the teleport.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Edge weights, at least 0; connected or not, symmetric or not.
    teleport : float
        Chance of a jump to any pixel, in (0, 1).
    tolerance : float
        Largest L1 distance between the result and its own next step, above 0.

    Returns
    -------
    distribution : ndarray of float64, shape (N,)
        Probabilities, summing to 1.
    residual : float
        L1 distance between the result and its own next step, as `step` gives it, to
        rounding.
    steps : int
        Products of the weights with a vector that it took, checks included.

    Raises
    ------
    ValueError
        If a weight, the teleport or the tolerance is out of range, or the tolerance was
        not reached: rounding forbids it, or a million steps are too few.

    Notes
    -----
    Chosen by measurement: 20,000 pixels, 3 million entries, a residual of 1e-10, one
    thread of an EPYC of 2.6 GHz. Medians of five in ms for a teleport of 0.15 and 0.01,
    what a library needs to build its graph included:

    ==============  =============  ====================
    solver          random graph   150 nearest pixels
    ==============  =============  ====================
    this one        46, 38         68, 135
    scikit-network  121, 112       137, 271
    igraph          1810, 2040     1590, 2560
    networkx        19800, 18700   10500, 12700
    ==============  =============  ====================

    Symmetric weights are solved by conjugate gradients (Hestenes and Stiefel 1952),
    others by steps of the walk. ``scipy.sparse.linalg.cg`` and a loop in numba took as
    long, but two threads on two busy cores slowed them 5 to 10 times: they wait for one
    another. The residual can be 1e-12 at any teleport, unless a pixel has more than
    about 100,000 equal edges.

    Examples
    --------
    Three pixels in a row, half of the steps jumps. The one in the middle gets a sixth
    from jumps, and half of what the others, p each, hold: 1 - 2 p = 1/6 + p.

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
    weights = _checked(weights)
    scaled = _scaled(weights)
    with np.errstate(all="ignore"):  # what overflows leaves a residual of nan
        found = _by_conjugate_gradients(scaled, teleport, tolerance)
    # In another unit the smallest weights may have vanished: see if that mattered.
    if found[1] <= tolerance and scaled is weights:
        return found
    return _by_power_iteration(weights, teleport, tolerance, *found)


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
    sums = _reduce_rows(_scaled(_as_floats(weights)), np.add)
    total = sums.sum()
    return sums / total if total > 0 else np.full(len(sums), 1 / len(sums))


def _by_conjugate_gradients(weights, teleport, tolerance):
    """Stationary distribution of a symmetric graph, its residual, and the steps.

    With D the row sums, D z is proportional to the answer if
    ``(D - (1 - teleport) W) z`` is the same for all pixels with edges. From z = 1, the
    answer without jumps, that is solved for what is left, anew as long as it helps. The
    residual is that of any chain, so it tells whether the weights were symmetric.
    """
    sums = _reduce_rows(weights, np.add)
    linked = sums > 0
    # From a pixel without edges nothing comes, so it gets no more than its jumps.
    jumps = teleport * sums.sum() / linked.sum()
    potential = linked.astype(float)
    left = np.where(linked, jumps - teleport * sums, 0)
    steps, residual = 0, np.inf
    while True:
        enough = 0.9 * tolerance * sums.sum()  # the rest is for rounding
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
    """Solve ``(D - (1 - teleport) W) z = right`` to an L1 residual; count the steps.

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
        if overlap**2 > 0.01 * energy * before:  # 0 but for rounding, if symmetric
            break
        direction = scaled + energy / before * direction
    return solution, steps


def _dot(first, second):
    # Not by BLAS, which sets threads to work even on vectors as short as these.
    return np.einsum("i,i", first, second)


def _by_power_iteration(weights, teleport, tolerance, start, residual, steps):
    """Stationary distribution of any chain, its residual, and the steps.

    From a start with its residual and steps, or if that is useless from the row sums.
    """
    transitions = transition_matrix(weights)
    distribution = start if residual < 1 else row_sums(weights)
    advice = f"a larger teleport (now {teleport}) takes fewer steps"
    for more in range(1, _MOST_STEPS + 1):
        after = step(distribution, transitions, teleport)
        residual = float(np.abs(after - distribution).sum())
        if residual <= tolerance:
            return distribution, residual, steps + more
        if more == 1:  # how many it takes, but for rounding
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
    """Distribution after a step: of the walkers on edges, and those without edges."""
    jumps = teleport + (1 - teleport) * resting
    return (1 - teleport) * walked + jumps[..., None] / walked.shape[-1]


def _as_floats(weights):
    """Sparse or dense weights as float64; what is so already is not copied."""
    if sparse.issparse(weights):
        return sparse.csr_array(weights, dtype=float)
    return np.asarray(weights, float)


def _entries(weights):
    return weights.data if sparse.issparse(weights) else weights


def _checked(weights):
    """Weights as float64, seen to be those of a graph."""
    weights = _as_floats(weights)
    shape = weights.shape
    if len(shape) != 2 or shape[0] != shape[1] or shape[0] == 0:
        raise ValueError(
            f"weights must be a square matrix of at least 1 x 1, got {shape}"
        )
    entries = _entries(weights)
    # Of values with a nan among them, least and largest are nan.
    if not (entries.min(initial=0) >= 0 and entries.max(initial=0) < np.inf):
        raise ValueError(
            "weights must be finite and at least 0; sparsify first: it drops the "
            "negative ones"
        )
    return weights


def _scaled(weights):
    """Weights in a unit in which no sum overflows; as they are where none can."""
    exponent = np.frexp(_entries(weights).max(initial=0))[1]
    if abs(exponent) > 400:
        weights = weights.copy()
        np.ldexp(_entries(weights), -exponent, out=_entries(weights))
    return weights


def _reduce_rows(weights, ufunc):
    """Sum or largest entry of each row, 0 where it has none.

    A product with ones would be as fast, but add one by one: here the rounding grows
    with the logarithm of the length.
    """
    if not sparse.issparse(weights):
        return ufunc.reduce(weights, axis=1)
    filled = np.diff(weights.indptr) > 0
    reduced = np.zeros(weights.shape[0])
    if filled.any():
        reduced[filled] = ufunc.reduceat(weights.data, weights.indptr[:-1][filled])
    return reduced
