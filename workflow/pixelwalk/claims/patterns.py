"""Which pattern the weights have that are learned in each way (section 11)."""

import logging
from typing import NamedTuple

import numpy as np

from pixelwalk import graph, pairs
from pixelwalk.claims import chains, optimum, recoveries
from pixelwalk.claims.recovery import average_precision
from pixelwalk.compute import bits
from pixelwalk.ising import lattice
from pixelwalk.ising.model import Model
from pixelwalk.jobs import progress
from pixelwalk.pairs import regression

log = logging.getLogger(__name__)

#: Ways to learn a weight for every two pixels from images; the transition matrix is
#: what single steps are drawn from, and tend to.
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
)

#: Shares of the largest weight above which weights are counted.
LEVELS = np.linspace(0, 1, 101)

# Those whose weights have the sign of the couplings.
_SIGNED = ("averaged pairs", "linear regression", "logistic regression")

# Weights that are equal but for rounding must not be ranked by it.
_DECIMALS = 12


class Task(NamedTuple):
    """Edges that are to be found from images.

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


def task(pixels, settings, weight, share):
    """Say which edges are to be found: the lattice's, or those of half of the images.

    Where no true graph is known, half of the images give one: the heaviest of their
    averaged pairs. The other half is to find them.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
    settings : dict
        Of the ensemble or the image set.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    share : float
        Of all N x N entries, the heaviest, that are edges where no lattice is known.

    Returns
    -------
    Task
    """
    _, rows, columns = pixels.shape
    if isinstance(pixels, bits.Packed):
        model = Model.of(settings)
        size = rows, columns, model.boundary
        edges, coupling = lattice.adjacency(*size).toarray() > 0, model.coupling
    else:
        half, size, coupling = len(pixels) // 2, (rows, columns, "free"), np.nan
        weights = pairs.pair_weights(pixels[half:], threads=1, **weight)
        edges = graph.sparsify(weights, f"top-{share:f}").toarray() > 0
        np.fill_diagonal(edges, False)
        pixels = pixels[:half]
    return Task(pixels, edges, lattice.squared_distances(*size), coupling)


def trained_matrices(networks):
    """Matrices of the linear layer of each kind that has the largest filters.

    Parameters
    ----------
    networks : object
        Datasets of the kind `programme-networks`.

    Returns
    -------
    dict of str to ndarray of float, shape (N, N)
        By the names of `KINDS`.
    """
    names = {"dense": "trained"}
    linear = zip(networks.kinds, networks.matrices, strict=False)  # are the first
    return {names.get(kind, f"trained {kind}"): matrix for kind, matrix in linear}


def study(
    task,
    distribution,
    of_chain,
    trained,
    *,
    weight,
    sizes,
    regressed,
    batches,
    stream,
):
    """Learn weights in every way from growing numbers of images, and score them.

    Parameters
    ----------
    task : Task
        Its images are split into disjoint batches of each size.
    distribution : ndarray of float, shape (rows, columns)
        Stationary distribution.
    of_chain : ndarray of float, shape (N, N)
        Matrix of the chain.
    trained : dict of str to ndarray of float, shape (N, N)
        Of layers that were trained on all images, as `trained_matrices` gives them.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    sizes : sequence of int
        Numbers of images, ascending; those above n are left out.
    regressed : int
        Most spins for which each is predicted from the others by logistic regression.
    batches : int
        Most batches of each size.
    stream : numpy.random.Generator
        Draws the steps of the chain: as many as there are images in a batch.

    Returns
    -------
    dict
        Datasets of the kind `patterns`.

    Raises
    ------
    ValueError
        If there are fewer images than the smallest size.
    """
    pixels, truth, target = task.pixels, task.truth, distribution.ravel()
    if sizes[0] > len(pixels):
        raise ValueError(
            f"expected at least {sizes[0]} images to learn patterns from, the smallest "
            f"of the sizes, got {len(pixels)}; name smaller sizes, or more images"
        )
    sizes = [size for size in sizes if size <= len(pixels)]
    rows, methods, last = [], [], {}
    for size in sizes:
        count = min(len(pixels) // size, batches)
        scores = np.full((count, len(KINDS)), np.nan)
        found = []
        for batch in range(count):
            part = _part(pixels, batch * size, (batch + 1) * size)
            logistic = size <= regressed
            learned = _learned(part, target, of_chain, weight, logistic, stream)
            for name, matrix in learned.items():
                scores[batch, KINDS.index(name)] = precision(
                    _sign(name, task) * matrix, truth
                )
            found.append(recoveries.score(learned, _spins(part), truth, task.coupling))
            last |= {name: (size, matrix) for name, matrix in learned.items()}
        rows.append((size, count, *recoveries.mean_and_error(scores)))
        methods.append(recoveries.summary(found))
        found = f"{size} images, {count} batches: {rows[-1][2].round(3)}"
        progress.tell(log, len(rows), len(sizes), "sizes", found)
    last["transition matrix"] = (0, of_chain)
    last |= {kind: (0, matrix) for kind, matrix in trained.items()}
    names = ("sizes", "batches", "precision", "error")
    table = [np.array(column) for column in zip(*rows, strict=True)]
    return (
        dict(zip(names, table, strict=True))
        | {name: np.array([one[name] for one in methods]) for name in methods[0]}
        | _shapes(last, task, min(distribution.shape) / 2)
        | {
            "kinds": list(KINDS),
            "methods": list(recoveries.METHODS),
            "edges": int(truth.sum()) // 2,
            "chance": float(truth.sum() / (truth.size - len(truth))),
            "coupling": float(task.coupling),
        }
    )


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
    edges = truth[pair]
    if not edges.any():
        return np.nan
    weights = ((matrix + matrix.T) / 2)[pair]
    largest = np.abs(weights).max()
    weights = weights / largest if largest > 0 else weights
    _, ranks = np.unique(weights.round(_DECIMALS), return_inverse=True)
    return float(average_precision(edges, ranks))


def _part(pixels, start, stop):
    packed = isinstance(pixels, bits.Packed)
    return pixels.part(start, stop) if packed else pixels[start:stop]


def _spins(part):
    """Spins of -1 and +1, shape (n, N); None for grey images."""
    return 2 * optimum.values(part) - 1 if isinstance(part, bits.Packed) else None


def _learned(part, target, of_chain, weight, logistic, stream):
    """Weights that each way learns from some images: dict of matrices, by kind."""
    images = optimum.values(part)
    learned = {
        "averaged pairs": pairs.pair_weights(part, threads=1, **weight),
        "closed form": optimum.optimum(images, target),
        "single steps": chains.one_step(of_chain, len(images), stream),
        "linear regression": regression.partial_correlations(images),
    }
    if logistic and isinstance(part, bits.Packed):
        learned["logistic regression"] = regression.couplings(_spins(part))
    return learned


def _sign(kind, task):
    """Sign that the weights of edges have: where it is -1, the lowest rank first."""
    return recoveries.sign(task.coupling) if kind in _SIGNED else 1


def _shapes(last, task, most):
    """Shares of weights above levels, and weights by distance, of the last matrices."""
    truth, squared = task.truth, task.distances
    apart = ~np.eye(len(truth), dtype=bool)
    kept = np.unique(squared[apart & (squared <= most**2)])
    place = np.searchsorted(kept, squared)
    near = apart & (squared <= most**2)
    found = {
        "learned_from": np.zeros(len(KINDS), int),
        "final_precision": np.full(len(KINDS), np.nan),
        "shares": np.full((len(KINDS), len(LEVELS)), np.nan),
        "profiles": np.full((len(KINDS), len(kept)), np.nan),
    }
    for row, kind in enumerate(KINDS):
        if kind not in last:
            continue
        found["learned_from"][row], matrix = last[kind]
        signed = _sign(kind, task) * matrix
        found["final_precision"][row] = precision(signed, truth)
        sizes = np.abs(matrix)
        largest = sizes[apart].max(initial=0) or 1.0
        ordered = np.sort(sizes[apart] / largest)
        below = np.searchsorted(ordered, LEVELS * (1 - 1e-12), side="left")
        found["shares"][row] = 1 - below / len(ordered)
        found["shares"][row, 0] = np.mean(ordered > 0)
        total = np.bincount(place[near], sizes[near] / largest, len(kept))
        found["profiles"][row] = total / np.bincount(place[near], minlength=len(kept))
    return found | {"levels": LEVELS, "distances": np.sqrt(kept)}
