"""Series of cuts of a graph, from all entries to few, with the walk on each."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csgraph

from pixelwalk import graph
from pixelwalk.graph import cuts, walk

#: Number of cuts from the full graph to the sparsest; with ties, some are equal.
CUTS = 48

#: Fraction of all entries that the sparsest cut keeps.
SPARSEST = 0.001


@dataclass(frozen=True, eq=False)
class Cut:
    """The graph that a cut keeps, and the walk on it.

    Parameters
    ----------
    name : str
        Name, as for `graph.parse_cut`.
    own : bool
        Whether the configuration names it.
    share : float
        Fraction of the N x N entries that are kept.
    edges : int
        Number of edges between different pixels.
    pieces : int
        Number of connected components of at least two pixels.
    lone : int
        Number of pixels without edges to others.
    correlation : float
        Pearson correlation, over pixels, of the stationary distribution with the mean
        image; nan if one of them is constant.
    least : float or ndarray of float, shape (N,)
        Least weight that is kept, or that of each row (and column).
    distribution : ndarray of float, shape (N,)
        Stationary distribution.
    adjacency : scipy.sparse.csr_array, shape (N, N)
        Weights that are kept.
    """

    name: str
    own: bool
    share: float
    edges: int
    pieces: int
    lone: int
    correlation: float
    least: object
    distribution: np.ndarray
    adjacency: object


def series(weights, mean, own, teleport):
    """Return a series of ever sparser cuts of a graph, with the walk on each.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric pair weights.
    mean : ndarray of float, shape (rows, columns)
        Mean image.
    own : list of str
        Cuts that are always part of the series.
    teleport : float
        Probability of a jump.

    Returns
    -------
    list of Cut
        By descending number of entries: `own`, the full graph, and fractions spaced
        logarithmically down to `SPARSEST`, without empty and equal graphs.
    """
    kept, sizes = [], set()
    full = graph.active_fraction(graph.sparsify(weights, "at-0"))
    shares = np.geomspace(max(full, SPARSEST), SPARSEST, CUTS)[1:]
    for name in [*own, "at-0", *(f"top-{share:.6f}" for share in shares)]:
        adjacency = graph.sparsify(weights, name)
        if name not in own and (adjacency.nnz in sizes or adjacency.nnz == 0):
            continue
        # Cuts by weight alone keep the same entries if they keep as many.
        if graph.parse_cut(name)[0] != "knn":
            sizes.add(adjacency.nnz)
        if name not in [cut.name for cut in kept]:
            cut = _cut(name, name in own, weights, adjacency, mean, teleport)
            kept.append(cut)
    return sorted(kept, key=lambda cut: -cut.share)


def nearest_fields(adjacency, fields):
    """Return the receptive field most similar to each row of the transition matrix.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array, shape (N, N)
    fields : ndarray of float, shape (fields, N)
        At least one.

    Returns
    -------
    index : ndarray of int, shape (N,)
        Index of the field with the largest absolute Pearson correlation, over pixels;
        -1 if the row or all fields are constant.
    correlation : ndarray of float, shape (N,)
        That correlation, with its sign; 0 if there is none.
    """
    rows = _standardised(walk.transition_matrix(adjacency).toarray())
    correlations = rows @ _standardised(fields).T
    index = np.abs(correlations).argmax(axis=1)
    correlation = correlations[np.arange(len(rows)), index]
    return np.where(correlation == 0, -1, index), correlation


def _cut(name, own, weights, adjacency, mean, teleport):
    distribution, _, _ = walk.stationary_distribution(adjacency, teleport=teleport)
    loops = np.count_nonzero(adjacency.diagonal())
    sizes = np.bincount(csgraph.connected_components(adjacency, directed=False)[1])
    rule, number = graph.parse_cut(name)
    if rule == "knn":
        least = cuts.least_of_others(weights, number)
    else:
        least = adjacency.data.min(initial=np.inf)
    return Cut(
        name=name,
        own=own,
        share=float(graph.active_fraction(adjacency)),
        edges=int(adjacency.nnz - loops) // 2,
        pieces=int(np.count_nonzero(sizes > 1)),
        lone=int(np.count_nonzero(sizes == 1)),
        correlation=_correlation(distribution, mean.ravel()),
        least=least,
        distribution=distribution,
        adjacency=adjacency,
    )


def _correlation(first, second):
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _standardised(rows):
    """Return rows of mean 0 and norm 1, whose products are correlations; or all 0."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    rows[np.abs(rows).max(axis=1) < 1e-12] = 0  # constant up to rounding
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
