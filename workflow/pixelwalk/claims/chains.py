"""Matrix of the walk, what is compared with it, and what single steps of it teach.

A linear layer gives W x for an image x, so what it is compared with is the matrix of
the chain that acts on columns: column i holds the chances of the next pixel after pixel
i.
"""

import logging

import numpy as np
from scipy.sparse import linalg

from pixelwalk.claims.steps import total_variation
from pixelwalk.graph import walk
from pixelwalk.jobs import progress

log = logging.getLogger(__name__)

#: Share of the largest value, as of eigenvalues of second moments, that is rounding.
ROUNDING = 1e-12

# Vectors by which Arnoldi's method finds two eigenvalues.
_VECTORS = 60


def chain(weights, teleport):
    """Matrix of the walk with its jumps, as it acts on a column of probabilities.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Graph.
    teleport : float
        Chance of a jump.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Each column sums to 1. The stationary distribution is its own product with it.
    """
    transitions = walk.transition_matrix(weights).toarray()
    return walk.step(np.eye(len(transitions)), transitions, teleport).T


def scaled(matrix):
    """Scale the columns of a matrix to sum to 1.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        Of any sign. A column that sums to 0 jumps to any pixel, as the walk does.

    Returns
    -------
    ndarray of float64, shape (N, N)
    """
    sums = matrix.sum(axis=0)
    empty = np.abs(sums) <= ROUNDING * np.abs(matrix).sum(axis=0).max(initial=0)
    found = np.divide(matrix, np.where(empty, 1, sums))
    found[:, empty] = 1 / len(matrix)
    return found


def stationary(matrix):
    """Stationary distribution of a matrix whose columns are scaled to sum to 1.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        As for `scaled`.

    Returns
    -------
    ndarray of float64, shape (N,)
        Sums to 1. Where there are several, the shortest. Of any sign, and so none, if
        the scaled matrix has entries below 0.
    """
    rest = np.vstack([scaled(matrix) - np.eye(len(matrix)), np.ones(len(matrix))])
    right = np.append(np.zeros(len(matrix)), 1)
    return np.linalg.lstsq(rest, right)[0]


def stationary_distance(matrix, distribution):
    """Total variation of its stationary distribution from another.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        As for `scaled`.
    distribution : ndarray of float, shape (N,)

    Returns
    -------
    float
        0 to 1; nan where the scaled matrix has entries below 0: no chain has those.
    """
    if scaled(matrix).min() < -ROUNDING:
        return np.nan
    return float(total_variation(stationary(matrix), distribution))


def eigenvalue_sizes(matrix):
    """Sizes of the two largest eigenvalues, in descending order.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)

    Returns
    -------
    ndarray of float64, shape (2,)
    """
    size, found = len(matrix), None
    if size > 2 * _VECTORS:  # much faster than all of them
        start = np.random.default_rng(0).random(size)
        try:
            found = linalg.eigs(
                matrix, 2, v0=start, ncv=_VECTORS, return_eigenvectors=False
            )
        except linalg.ArpackError:
            log.info("the two largest eigenvalues take all others to find")
    found = np.linalg.eigvals(matrix) if found is None else found
    return np.sort(np.append(np.abs(found), 0))[::-1][:2]


def compare(matrix, of_chain):
    """Compare a matrix with that of the chain.

    Parameters
    ----------
    matrix, of_chain : ndarray of float, shape (N, N)

    Returns
    -------
    dict
        `distances`: Frobenius norm of the difference over that of the chain's matrix;
        `scaled_distances`: the same with the matrix in its best scale.
        `singular_values`, shape (N,), descending. `eigenvalue_sizes`, shape (2,): as
        `eigenvalue_sizes` gives them. `leading`, shape (N,): the first left
        singular vector, in sum 1. `stationaries`, shape (N,): as `stationary` gives it.
    """
    norm = np.linalg.norm(of_chain)
    power = np.sum(matrix**2)
    scale = np.sum(matrix * of_chain) / power if power > 0 else 0.0
    directions, powers, _ = np.linalg.svd(matrix)
    return {
        "distances": np.linalg.norm(matrix - of_chain) / norm,
        "scaled_distances": np.linalg.norm(scale * matrix - of_chain) / norm,
        "singular_values": powers,
        "eigenvalue_sizes": eigenvalue_sizes(matrix),
        "leading": directions[:, 0] / directions[:, 0].sum(),
        "stationaries": stationary(matrix),
    }


def one_step(of_chain, draws, stream):
    """Matrix that is learned from single steps of the chain.

    From a pixel drawn uniformly to one that the chain draws. Least squares from pixels
    to next pixels, each as a vector with a 1 in its place, gives the shares of the
    steps from each pixel (columns of pixels from which no step was drawn are 0).

    Parameters
    ----------
    of_chain : ndarray of float, shape (N, N)
        As `chain` gives it.
    draws : int
        Steps.
    stream : numpy.random.Generator

    Returns
    -------
    ndarray of float64, shape (N, N)
    """
    size = len(of_chain)
    starts = stream.multinomial(draws, np.full(size, 1 / size))
    chances = of_chain.T / of_chain.sum(axis=0)[:, None]
    counts = stream.multinomial(starts, chances)
    return (counts / np.maximum(starts, 1)[:, None]).T


def one_step_rate(of_chain, draws, repeats, stream):
    """How fast the matrix learned from single steps comes near that of the chain.

    Parameters
    ----------
    of_chain : ndarray of float, shape (N, N)
    draws : sequence of int
        Numbers of steps, ascending, 2 or more.
    repeats : int
        Independent estimates of each, 2 or more.
    stream : numpy.random.Generator

    Returns
    -------
    dict
        `draws`, shape (draws,); `one_step_distances`, shape (draws, repeats): relative
        Frobenius distance; `rate` and `rate_error`: the power of the number of steps
        with which it falls, fitted to each repeat, mean and standard error. And
        `one_step`, shape (N, N): the last estimate from most steps.
    """
    norm = np.linalg.norm(of_chain)
    distances = np.empty((len(draws), repeats))
    for done, (row, number) in enumerate(zip(distances, draws, strict=True), start=1):
        for repeat in range(repeats):
            estimate = one_step(of_chain, number, stream)
            row[repeat] = np.linalg.norm(estimate - of_chain) / norm
        found = f"{number} steps, relative distance {row.mean():.4f}"
        progress.tell(log, done, len(draws), "numbers of steps", found)
    with np.errstate(divide="ignore"):  # a chain without chance is learned at once
        logarithms = np.log(np.maximum(distances, np.finfo(float).tiny))
    rates = np.polyfit(np.log(draws), logarithms, 1)[0]
    return {
        "draws": np.array(draws, np.int64),
        "one_step_distances": distances,
        "rate": float(rates.mean()),
        "rate_error": float(rates.std(ddof=1) / np.sqrt(repeats)),
        "one_step": estimate,
    }
