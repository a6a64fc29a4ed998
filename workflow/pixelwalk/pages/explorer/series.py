"""A graph under ever sharper cuts: what stays, and what the walk does on it."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csgraph

from pixelwalk import graph
from pixelwalk.graph import cuts, walk

#: Cuts that are asked for between the full graph and the sparsest one; ties make some
#: of them the same.
ASKED = 48

#: Share of all entries that the sparsest cut keeps.
SPARSEST = 0.001


@dataclass(frozen=True, eq=False)
class Cut:
    """What is left of a graph under a cut, and the walk on it.

    Parameters
    ----------
    name : str
        As `graph.parse_cut` reads it.
    own : bool
        Whether the configuration names it.
    share : float
        Share of the N x N entries that stay.
    edges : int
        Pairs of different pixels that stay joined.
    pieces : int
        Connected pieces of two pixels or more.
    lone : int
        Pixels that are joined with no other one.
    correlation : float
        Of the stationary distribution with the mean image, over pixels (Pearson); nan
        where one of them is the same everywhere.
    least : float or ndarray of float, shape (N,)
        An entry stays if its weight is at least this, or that of its row or its column.
    distribution : ndarray of float, shape (N,)
        Stationary distribution.
    adjacency : scipy.sparse.csr_array, shape (N, N)
        The weights that stay.
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
    """Cut a graph ever more sharply, and walk on what is left.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric pair weights.
    mean : ndarray of float, shape (rows, columns)
        Mean image.
    own : list of str
        Cuts that are among those taken, whatever they keep.
    teleport : float
        As `walk.stationary_distribution` takes it.

    Returns
    -------
    list of Cut
        From the most entries to the fewest: `own`, the full graph, and shares evenly
        spaced on a logarithmic scale down to `SPARSEST`, without those that keep the
        same entries as another, or none.
    """
    taken, known = [], set()
    full = graph.active_fraction(graph.sparsify(weights, "at-0"))
    shares = np.geomspace(max(full, SPARSEST), SPARSEST, ASKED)[1:]
    asked = ["at-0", *(f"top-{share:.6f}" for share in shares)]
    for name in [*own, *asked]:
        adjacency = graph.sparsify(weights, name)
        # Cuts by weight alone keep the same entries if they keep as many.
        nested = graph.parse_cut(name)[0] != "knn"
        if name not in own and (adjacency.nnz in known or adjacency.nnz == 0):
            continue
        if nested:
            known.add(adjacency.nnz)
        if name not in [cut.name for cut in taken]:
            cut = _cut(name, name in own, weights, adjacency, mean, teleport)
            taken.append(cut)
    return sorted(taken, key=lambda cut: -cut.share)


def nearest_fields(adjacency, fields):
    """Find the receptive field that looks most like where the walk steps from a pixel.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array, shape (N, N)
    fields : ndarray of float, shape (fields, N)
        At least one.

    Returns
    -------
    index : ndarray of int, shape (N,)
        Of the field whose correlation (Pearson, over pixels) with the row of the
        transition matrix is the largest in size; -1 where the row or all fields are the
        same everywhere.
    correlation : ndarray of float, shape (N,)
        With its sign; 0 where there is none.
    """
    rows = _standardised(walk.transition_matrix(adjacency).toarray())
    likeness = rows @ _standardised(fields).T
    index = np.abs(likeness).argmax(axis=1)
    correlation = likeness[np.arange(len(rows)), index]
    return np.where(correlation == 0, -1, index), correlation


def _cut(name, own, weights, adjacency, mean, teleport):
    distribution, _, _ = walk.stationary_distribution(adjacency, teleport=teleport)
    loops = np.count_nonzero(adjacency.diagonal())
    sizes = np.bincount(csgraph.connected_components(adjacency, directed=False)[1])
    rule, number = graph.parse_cut(name)
    if rule == "knn":
        least = cuts.least_of_rows(weights, min(number, len(weights)))
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
    """Rows of mean 0 and length 1, so that a product is a correlation; or all 0."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    rows[np.abs(rows).max(axis=1) < 1e-12] = 0  # the same everywhere, but for rounding
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
