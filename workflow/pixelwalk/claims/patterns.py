"""Which pattern the weights have that are learned in each way (section 11)."""

import logging

import numpy as np

from pixelwalk import bits, graph, lattice, pairs
from pixelwalk.claims import optimum, recoveries
from pixelwalk.claims.recovery import average_precision
from pixelwalk.pairs import regression

log = logging.getLogger(__name__)

#: Ways to learn a weight for every two pixels from images.
KINDS = (
    "averaged pairs",
    "closed form",
    "one-step",
    "linear regression",
    "logistic regression",
    "trained",
)

#: Shares of the largest weight above which weights are counted.
LEVELS = np.linspace(0, 1, 101)

# Weights that are equal but for rounding must not be ranked by it.
_DECIMALS = 12


def study(
    pixels,
    truth,
    shape,
    boundary,
    *,
    target,
    of_chain,
    trained,
    weight,
    sizes,
    regressed,
    batches,
    coupling,
    stream,
):
    """Learn weights in every way from growing numbers of images, and score them.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Images; they are split into disjoint batches of each size.
    truth : ndarray of bool, shape (N, N)
        The edges that are to be found, symmetric.
    shape : (int, int)
        Rows and columns.
    boundary : {"periodic", "free"}
        For distances between pixels.
    target, of_chain, trained : ndarray of float
        The stationary distribution; the matrix of the chain; and that of a dense layer,
        trained on all images.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    sizes : sequence of int
        Numbers of images, ascending; those above n are left out.
    regressed : int
        Most spins for which each is predicted from the others by logistic regression.
    batches : int
        Most batches of each size.
    coupling : float
        True coupling of the spins; nan for grey images, which have none.
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
    if sizes[0] > len(pixels):
        raise ValueError(
            f"expected at least {sizes[0]} images to learn patterns from, the smallest "
            f"of the sizes, got {len(pixels)}; name smaller sizes, or more images"
        )
    sizes = [size for size in sizes if size <= len(pixels)]
    distances = lattice.squared_distances(*shape, boundary)
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
                scores[batch, KINDS.index(name)] = precision(matrix, truth)
            found.append(recoveries.score(learned, _spins(part), truth, coupling))
            last |= {name: (size, matrix) for name, matrix in learned.items()}
        rows.append((size, count, *recoveries.mean_and_error(scores)))
        methods.append(recoveries.summary(found))
        log.info("%d images, %d batches: %s", size, count, rows[-1][2].round(3))
    last["trained"] = (0, np.asarray(trained, float))
    names = ("sizes", "batches", "precision", "error")
    table = [np.array(column) for column in zip(*rows, strict=True)]
    return (
        dict(zip(names, table, strict=True))
        | {name: np.array([one[name] for one in methods]) for name in methods[0]}
        | _shapes(last, truth, distances, min(shape) / 2)
        | {
            "kinds": list(KINDS),
            "methods": list(recoveries.METHODS),
            "edges": int(truth.sum()) // 2,
            "chance": float(truth.sum() / (truth.size - len(truth))),
            "coupling": float(coupling),
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


def other_half(pixels, weight, share):
    """Edges that half of the images give, for weights that the other half learns.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (n, rows, columns)
    weight : dict
        Settings of the averaged pairs.
    share : float
        Of all N x N entries, the heaviest, that are edges.

    Returns
    -------
    half : ndarray of uint8, shape (n // 2, rows, columns)
        The images to learn from.
    edges : ndarray of bool, shape (N, N)
        Of pixels that differ.
    """
    half = len(pixels) // 2
    weights = pairs.pair_weights(pixels[half:], threads=1, **weight)
    edges = graph.sparsify(weights, f"top-{share:f}").toarray() > 0
    np.fill_diagonal(edges, False)
    return pixels[:half], edges


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
        "one-step": optimum.one_step(of_chain, len(images), stream),
        "linear regression": regression.partial_correlations(images),
    }
    if logistic and isinstance(part, bits.Packed):
        learned["logistic regression"] = regression.couplings(_spins(part))
    return learned


def _shapes(last, truth, squared, most):
    """Shares of weights above levels, and weights by distance, of the last matrices."""
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
        found["final_precision"][row] = precision(matrix, truth)
        sizes = np.abs(matrix)
        largest = sizes[apart].max(initial=0) or 1.0
        ordered = np.sort(sizes[apart] / largest)
        below = np.searchsorted(ordered, LEVELS * (1 - 1e-12), side="left")
        found["shares"][row] = 1 - below / len(ordered)
        found["shares"][row, 0] = np.mean(ordered > 0)
        total = np.bincount(place[near], sizes[near] / largest, len(kept))
        found["profiles"][row] = total / np.bincount(place[near], minlength=len(kept))
    return found | {"levels": LEVELS, "distances": np.sqrt(kept)}
