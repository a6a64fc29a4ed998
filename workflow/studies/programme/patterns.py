"""Patterns of weights: edges to be found, area under the curve, sizes by distance."""

from typing import NamedTuple

from pixelwalk import graph, pairs
from pixelwalk.compute import bits
from pixelwalk.graph.precision import average_precision
from pixelwalk.ising import lattice
from pixelwalk.ising.model import Model
from studies.programme import edges

import numpy as np

#: Ways to learn a weight for every two pixels. The transition matrix is what single
#: steps are drawn from, and converge to. Marginals are the product of the two means, as
#: of independent pixels.
KINDS = (
    "averaged pairs",
    "closed form",
    "linear regression",
    "logistic regression",
    "trained",
    "single steps",
    "transition matrix",
    "trained local",
    "trained convolution",
    "marginals",
)

#: Level, as a share of the largest weight, from which on a weight is large.
LARGE = 0.1

#: Levels, as shares of the largest weight, at which weights are counted.
LEVELS = np.linspace(0, 1, 101)

# Those whose weights have the sign of the couplings.
_SIGNED = ("averaged pairs", "linear regression", "logistic regression")

# Weights that differ by rounding alone must have the same rank.
_DECIMALS = 12


class EdgeProblem(NamedTuple):
    """Images, and the edges that are to be found from them.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Images.
    truth : ndarray of bool, shape (N, N)
        The edges, symmetric, none of a pixel with itself.
    distances : ndarray of float, shape (N, N)
        Squared distance between every two pixels.
    coupling : float
        True coupling of spins; nan for grey images, which have none.
    """

    pixels: bits.Packed | np.ndarray
    truth: np.ndarray
    distances: np.ndarray
    coupling: float


def edge_problem(pixels, settings, weight, share):
    """Choose the edges to be found: the lattice's, or those of half of the images.

    For images no true graph is known. There the heaviest averaged pairs of the second
    half of the images are the edges, to be found from the first half.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
    settings : dict
        Of the ensemble or the image set.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    share : float
        Share of all N x N entries, the heaviest, that are edges of images.

    Returns
    -------
    EdgeProblem
    """
    _, rows, columns = pixels.shape
    if isinstance(pixels, bits.Packed):
        model = Model.of(settings)
        size = rows, columns, model.boundary
        truth, coupling = lattice.adjacency(*size).toarray() > 0, model.coupling
    else:
        half, size, coupling = len(pixels) // 2, (rows, columns, "free"), np.nan
        weights = pairs.pair_weights(pixels[half:], threads=1, **weight)
        truth = graph.sparsify(weights, f"top-{share:f}").toarray() > 0
        np.fill_diagonal(truth, False)
        pixels = pixels[:half]
    return EdgeProblem(pixels, truth, lattice.squared_distances(*size), coupling)


def trained_matrices(networks):
    """Return the matrices of the linear layers with the largest filters, by kind.

    Parameters
    ----------
    networks : Networks

    Returns
    -------
    dict of str to ndarray of float, shape (N, N)
        By the names of `KINDS`.
    """
    names = {"dense": "trained"}
    linear = zip(networks.kinds, networks.matrices, strict=False)  # are the first
    return {names.get(kind, f"trained {kind}"): matrix for kind, matrix in linear}


def signed(kind, matrix, coupling):
    """Turn weights so that the heaviest pairs are the likely edges.

    Parameters
    ----------
    kind : str
        Of `KINDS`.
    matrix : ndarray of float, shape (N, N)
    coupling : float
        The true coupling; nan for grey images.

    Returns
    -------
    ndarray of float, shape (N, N)
        The matrix, times -1 if its weights have the sign of a negative coupling.
    """
    return (edges.sign(coupling) if kind in _SIGNED else 1) * matrix


def precision(matrix, truth):
    """Area under the precision-recall curve of weights as a guess of edges.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        Weights; both directions of a pair are averaged.
    truth : ndarray of bool, shape (N, N)

    Returns
    -------
    float
        0 to 1; nan where there is no edge.
    """
    pair = np.triu_indices(len(matrix), k=1)
    joined = truth[pair]
    if not joined.any():
        return np.nan
    weights = ((matrix + matrix.T) / 2)[pair]
    largest = np.abs(weights).max()
    weights = weights / largest if largest > 0 else weights
    _, ranks = np.unique(weights.round(_DECIMALS), return_inverse=True)
    return float(average_precision(joined, ranks))


def share_of_large(matrix):
    """Share of the weights of two different pixels of at least a tenth of the largest.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)

    Returns
    -------
    float
        0 to 1.
    """
    sizes = np.abs(matrix)[~np.eye(len(matrix), dtype=bool)]
    return float(np.mean(sizes >= LARGE * (1 - 1e-12) * (sizes.max(initial=0) or 1)))


def shapes(matrices, problem, farthest):
    """Measure how many weights are large, how far they reach, and which are edges.

    Parameters
    ----------
    matrices : dict of str to (int, ndarray of float, shape (N, N))
        Weights by the names of `KINDS`, each with the number of images behind it.
    problem : EdgeProblem
    farthest : float
        Distances up to this one are looked at.

    Returns
    -------
    dict of ndarray
        `learned_from`, `final_precision`, shape (kinds,); `shares`, shape (kinds,
        levels); `profiles`, shape (kinds, distances); `levels` and `distances`. nan for
        kinds without a matrix.
    """
    squared = problem.distances
    apart = ~np.eye(len(squared), dtype=bool)
    near = apart & (squared <= farthest**2)
    kept = np.unique(squared[near])
    place = np.searchsorted(kept, squared[near])
    measured = {
        "learned_from": np.zeros(len(KINDS), int),
        "final_precision": np.full(len(KINDS), np.nan),
        "shares": np.full((len(KINDS), len(LEVELS)), np.nan),
        "profiles": np.full((len(KINDS), len(kept)), np.nan),
    }
    for row, kind in enumerate(KINDS):
        if kind not in matrices:
            continue
        measured["learned_from"][row], matrix = matrices[kind]
        measured["final_precision"][row] = precision(
            signed(kind, matrix, problem.coupling), problem.truth
        )
        sizes = np.abs(matrix)
        largest = sizes[apart].max(initial=0) or 1.0
        measured["shares"][row] = _shares(sizes[apart] / largest)
        total = np.bincount(place, sizes[near] / largest, len(kept))
        measured["profiles"][row] = total / np.bincount(place, minlength=len(kept))
    return measured | {"levels": LEVELS, "distances": np.sqrt(kept)}


def _shares(weights):
    """Share of weights of at least each level; at level 0 of those that are not 0."""
    ordered = np.sort(weights)
    below = np.searchsorted(ordered, LEVELS * (1 - 1e-12), side="left")
    shares = 1 - below / len(ordered)
    shares[0] = np.mean(ordered > 0)
    return shares
