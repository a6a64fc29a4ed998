"""Transition matrix of the walk, comparison of matrices with it, learning from steps.

A linear layer gives W x for an image x. So the matrix of the Markov chain is written
here as it acts on columns: column i holds the probabilities of the pixel after pixel i.
"""

import logging

from pixelwalk.graph import walk
from pixelwalk.graph.steps import total_variation
from pixelwalk.jobs import progress

import numpy as np
from scipy.sparse import linalg

log = logging.getLogger(__name__)

#: Share of the largest value, as of eigenvalues of second moments, below which a value
#: is rounding.
ROUNDING = 1e-12

# Size of the Krylov basis of Arnoldi's method for two eigenvalues.
_VECTORS = 60


def chain(weights, teleport):
    """Return the transition matrix of the walk with jumps, acting on columns.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Graph.
    teleport : float
        Probability of a jump.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Each column sums to 1. Times the stationary distribution it gives the stationary
        distribution.
    """
    transitions = walk.transition_matrix(weights).toarray()
    return walk.step(np.eye(len(transitions)), transitions, teleport).T


def scaled(matrix):
    """Scale the columns of a matrix to sum to 1.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        Entries of any sign. A column that sums to 0 becomes uniform: there the walk
        jumps to any pixel.

    Returns
    -------
    ndarray of float64, shape (N, N)
    """
    sums = matrix.sum(axis=0)
    empty = np.abs(sums) <= ROUNDING * np.abs(matrix).sum(axis=0).max(initial=0)
    columns = np.divide(matrix, np.where(empty, 1, sums))
    columns[:, empty] = 1 / len(matrix)
    return columns


def stationary(matrix):
    """Solve for the stationary distribution of a matrix with its columns scaled to 1.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        As for `scaled`.

    Returns
    -------
    ndarray of float64, shape (N,)
        Sums to 1. Where there are several solutions, the one of least norm. If the
        scaled matrix has negative entries, so may this, and it is no distribution.
    """
    rest = np.vstack([scaled(matrix) - np.eye(len(matrix)), np.ones(len(matrix))])
    right = np.append(np.zeros(len(matrix)), 1)
    return np.linalg.lstsq(rest, right)[0]


def stationary_distance(matrix, distribution):
    """Total variation between the stationary distribution of a matrix and another.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        As for `scaled`.
    distribution : ndarray of float, shape (N,)

    Returns
    -------
    float
        0 to 1; nan where the scaled matrix has negative entries, as no Markov chain
        has.
    """
    if scaled(matrix).min() < -ROUNDING:
        return np.nan
    return float(total_variation(stationary(matrix), distribution))


def eigenvalue_sizes(matrix):
    """Absolute values of the two largest eigenvalues, in descending order.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)

    Returns
    -------
    ndarray of float64, shape (2,)
    """
    size, values = len(matrix), None
    if size > 2 * _VECTORS:  # much faster than all of them
        start = np.random.default_rng(0).random(size)
        try:
            values = linalg.eigs(
                matrix, 2, v0=start, ncv=_VECTORS, return_eigenvectors=False
            )
        except linalg.ArpackError:
            log.info("Arnoldi's method did not converge: computing all eigenvalues")
    values = np.linalg.eigvals(matrix) if values is None else values
    return np.sort(np.append(np.abs(values), 0))[::-1][:2]


def scaled_distance(matrix, of_chain):
    """Return the distance of a matrix from the chain's, in its best scale.

    Parameters
    ----------
    matrix, of_chain : ndarray of float, shape (N, N)

    Returns
    -------
    float
        Frobenius norm of the difference over that of the chain's matrix.
    """
    power = np.sum(matrix**2)
    scale = np.sum(matrix * of_chain) / power if power > 0 else 0.0
    return np.linalg.norm(scale * matrix - of_chain) / np.linalg.norm(of_chain)


def compare(matrix, of_chain):
    """Compare a matrix with the transition matrix of the chain.

    Parameters
    ----------
    matrix, of_chain : ndarray of float, shape (N, N)

    Returns
    -------
    dict
        `distances`: Frobenius norm of the difference over that of the chain's matrix;
        `scaled_distances`: the same with the matrix in its best scale.
        `singular_values`, shape (N,), descending. `eigenvalue_sizes`, shape (2,): from
        `eigenvalue_sizes`. `leading`, shape (N,): the first left singular vector,
        scaled to sum to 1. `stationaries`, shape (N,): from `stationary`.
    """
    norm = np.linalg.norm(of_chain)
    directions, powers, _ = np.linalg.svd(matrix)
    return {
        "distances": np.linalg.norm(matrix - of_chain) / norm,
        "scaled_distances": scaled_distance(matrix, of_chain),
        "singular_values": powers,
        "eigenvalue_sizes": eigenvalue_sizes(matrix),
        "leading": directions[:, 0] / directions[:, 0].sum(),
        "stationaries": stationary(matrix),
    }


def one_step(of_chain, draws, stream):
    """Estimate the transition matrix from single steps of the chain.

    Each step starts at a pixel drawn uniformly and ends at one that the chain draws.
    Least squares from one-hot vectors of starts to one-hot vectors of ends gives the
    shares of the steps from each pixel, so these are counted. Columns of pixels from
    which no step was drawn are 0.

    Parameters
    ----------
    of_chain : ndarray of float, shape (N, N)
        As `chain` gives it.
    draws : int
        Number of steps.
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
    """Measure how fast the estimate from single steps converges to the chain.

    Parameters
    ----------
    of_chain : ndarray of float, shape (N, N)
    draws : sequence of int
        Numbers of steps, ascending, 2 or more.
    repeats : int
        Independent estimates for each number, 2 or more.
    stream : numpy.random.Generator

    Returns
    -------
    dict
        `draws`, shape (draws,). `one_step_distances`, shape (draws, repeats): relative
        Frobenius distances. `rate` and `rate_error`: exponent of the number of steps in
        the distance, fitted to each repeat; mean and standard error. `one_step`, shape
        (N, N): the last estimate from the largest number of steps.
    """
    norm = np.linalg.norm(of_chain)
    distances = np.empty((len(draws), repeats))
    for done, (row, number) in enumerate(zip(distances, draws, strict=True), start=1):
        for repeat in range(repeats):
            estimate = one_step(of_chain, number, stream)
            row[repeat] = np.linalg.norm(estimate - of_chain) / norm
        reached = f"{number} steps, relative distance {row.mean():.4f}"
        progress.report(log, done, len(draws), "numbers of steps", reached)
    with np.errstate(divide="ignore"):  # a deterministic chain is learned exactly
        logarithms = np.log(np.maximum(distances, np.finfo(float).tiny))
    rates = np.polyfit(np.log(draws), logarithms, 1)[0]
    return {
        "draws": np.array(draws, np.int64),
        "one_step_distances": distances,
        "rate": float(rates.mean()),
        "rate_error": float(rates.std(ddof=1) / np.sqrt(repeats)),
        "one_step": estimate,
    }
