"""What notebooks call: the functions of the stages, from arrays to arrays."""

import numpy as np
from scipy import sparse

from pixelwalk import ising, seeds
from pixelwalk.graph import sparsify
from pixelwalk.lattice import adjacency as lattice_graph
from pixelwalk.pairs import mean_image, pair_weights
from pixelwalk.walk import stationary_distribution, transition_matrix

__all__ = [
    "lattice_graph",
    "mean_image",
    "pair_weights",
    "sample_ising",
    "sparsify",
    "stationary_distribution",
    "to_igraph",
    "to_networkx",
    "transition_matrix",
]


def sample_ising(
    rows,
    columns,
    beta,
    count,
    *,
    boundary="free",
    lattice="rectangular",
    edges=None,
    bonds="standard",
    field=0.0,
    method="gibbs",
    sweeps=1000,
    seed=0,
):
    """Draw independent configurations of the Ising model.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice.
    beta : float
        Inverse temperature; below 0, neighbours repel.
    count : int
        How many configurations, at least 0.
    boundary : {"free", "periodic", "helical"}
        How the edges of the lattice are joined, as for `lattice_graph`.
    lattice : {"rectangular", "triangular"}
        Whether a site has 4 neighbours or 6.
    edges : array_like of int, shape (m, 2), optional
        The bonds of any other graph of the sites, which are numbered row by row from 0;
        each once. Then boundary and lattice count for nothing.
    bonds : {"standard", "half"}
        How a bond counts.
    field : float
        External field, in units of a bond.
    method : {"gibbs", "exact", "swendsen-wang"}
        How they are drawn.
    sweeps : int
        Sweeps of burn-in; for ``exact``, the most to go back into the past.
    seed : int
        0 to 2**32 - 1; equal seeds give equal configurations.

    Returns
    -------
    ndarray of int8, shape (count, rows, columns)
        Spins, -1 or +1.

    Raises
    ------
    ValueError
        If a value lies outside of its range.

    Examples
    --------
    In a field this strong all spins point along it:

    >>> import pixelwalk
    >>> pixelwalk.sample_ising(2, 2, beta=1.0, count=1, field=100.0)
    array([[[1, 1],
            [1, 1]]], dtype=int8)
    """
    if edges is not None:
        edges = tuple(map(tuple, np.asarray(edges).reshape(-1, 2).tolist()))
    coupling = ising.coupling(beta, bonds)
    model = ising.Model(rows, columns, coupling, boundary, field, lattice, edges)
    packed, _ = ising.sample(
        count, model, method=method, sweeps=sweeps, seeds=seeds.seed_sequence(seed)
    )
    return ising.spins(packed)


def to_networkx(adjacency, shape):
    """Give a graph of pixels as one of networkx, which must be installed.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array or ndarray, shape (N, N)
        Symmetric edge weights, as `sparsify` gives them.
    shape : tuple of int
        Rows and columns of the images, N pixels in all.

    Returns
    -------
    networkx.Graph
        A node for each pixel, with its `row` and `column`; edges have a `weight`.

    Raises
    ------
    ValueError
        If the weights are not symmetric, or of another number of pixels.

    Examples
    --------
    >>> import pixelwalk
    >>> graph = pixelwalk.to_networkx([[0, 2], [2, 0]], (1, 2))
    >>> list(graph.nodes(data=True))
    [(0, {'row': 0, 'column': 0}), (1, {'row': 0, 'column': 1})]
    >>> list(graph.edges(data=True))
    [(0, 1, {'weight': 2.0})]
    """
    import networkx

    places, edges = _pixels(adjacency, shape), _edges(adjacency)
    graph = networkx.Graph()
    graph.add_nodes_from(
        (pixel, {"row": row, "column": column})
        for pixel, (row, column) in enumerate(places)
    )
    graph.add_weighted_edges_from(zip(*edges, strict=True))
    return graph


def to_igraph(adjacency, shape):
    """Give a graph of pixels as one of igraph, which must be installed.

    Parameters
    ----------
    adjacency, shape
        As for `to_networkx`.

    Returns
    -------
    igraph.Graph
        With the same attributes as that of `to_networkx`.

    Raises
    ------
    ValueError
        As `to_networkx` does.

    Examples
    --------
    >>> import pixelwalk
    >>> graph = pixelwalk.to_igraph([[0, 2], [2, 0]], (1, 2))
    >>> graph.es["weight"], graph.vs["column"]
    ([2.0], [0, 1])
    """
    import igraph

    places, (tails, heads, weights) = _pixels(adjacency, shape), _edges(adjacency)
    rows, columns = zip(*places, strict=True)
    return igraph.Graph(
        len(places),
        list(zip(tails, heads, strict=True)),
        vertex_attrs={"row": list(rows), "column": list(columns)},
        edge_attrs={"weight": weights},
    )


def _pixels(adjacency, shape):
    """Row and column of each pixel."""
    places = list(np.ndindex(*shape))
    if len(shape) != 2 or np.shape(adjacency) != (len(places),) * 2:
        raise ValueError(
            f"expected weights of every two of {' x '.join(map(str, shape))} pixels, "
            f"got shape {np.shape(adjacency)}"
        )
    return places


def _edges(adjacency):
    """Tails, heads and weights of the edges, each once."""
    weights = sparse.csr_array(adjacency, dtype=float)
    if (weights != weights.T).nnz:
        raise ValueError("weights must be symmetric: a pair has one weight")
    upper = sparse.triu(weights, format="coo")
    return upper.row.tolist(), upper.col.tolist(), upper.data.tolist()
