"""Export of graphs of pixels: to networkx, igraph, GraphML and scipy."""

import json
import logging

import numpy as np
from scipy import sparse

from pixelwalk import storage

log = logging.getLogger(__name__)

#: Largest number of edges of a GraphML file. networkx stores 1.8 kB for each and writes
#: a million in 30 s.
MOST_EDGES = 2_000_000


def to_networkx(adjacency, shape, mean=None):
    """Convert a graph of pixels to networkx.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array or ndarray, shape (N, N)
        Symmetric edge weights, as `sparsify` returns them.
    shape : tuple of int
        Rows and columns of the images, N pixels in total.
    mean : ndarray of float, shape (rows, columns), optional
        Mean image.

    Returns
    -------
    networkx.Graph
        A node for each pixel with the attributes `row`, `column` and, if given, `mean`;
        edges, self-loops included, with the attribute `weight`.

    Raises
    ------
    ValueError
        If the weights are not symmetric, or their number of pixels differs.

    Examples
    --------
    >>> import pixelwalk
    >>> graph = pixelwalk.to_networkx([[0, 2], [2, 0]], (1, 2))
    >>> list(graph.nodes(data=True))
    [(0, {'row': 0, 'column': 0}), (1, {'row': 0, 'column': 1})]
    >>> list(graph.edges(data=True))
    [(0, 1, {'weight': 2.0})]
    """
    import networkx  # only here, since the import takes time

    pixels, edges = _pixels(adjacency, shape, mean), _edges(adjacency)
    graph = networkx.Graph()
    each = zip(*pixels.values(), strict=True)
    graph.add_nodes_from(
        (pixel, dict(zip(pixels, values, strict=True)))
        for pixel, values in enumerate(each)
    )
    graph.add_weighted_edges_from(zip(*edges, strict=True))
    return graph


def to_igraph(adjacency, shape, mean=None):
    """Convert a graph of pixels to igraph, which must be installed.

    Parameters
    ----------
    adjacency, shape, mean
        As for `to_networkx`.

    Returns
    -------
    igraph.Graph
        Graph with the same attributes as that of `to_networkx`.

    Raises
    ------
    ImportError
        If igraph is not installed.
    ValueError
        As `to_networkx`.

    Examples
    --------
    >>> import pixelwalk
    >>> graph = pixelwalk.to_igraph([[0, 2], [2, 0]], (1, 2))
    >>> graph.es["weight"], graph.vs["column"]
    ([2.0], [0, 1])
    """
    try:
        import igraph
    except ImportError:
        raise ImportError(
            "to_igraph needs igraph, which is not installed: pip install igraph"
        ) from None

    pixels, (tails, heads, weights) = _pixels(adjacency, shape, mean), _edges(adjacency)
    return igraph.Graph(
        len(pixels["row"]),
        list(zip(tails, heads, strict=True)),
        vertex_attrs=pixels,
        edge_attrs={"weight": weights},
    )


def write_graphml(path, adjacency, mean, attributes):
    """Write a graph as GraphML, atomically.

    Parameters
    ----------
    path : path-like
        File to write; its folder is created.
    adjacency, mean
        As for `to_networkx`.
    attributes : dict
        Provenance of the graph, as `storage.read` returns it. The file gets the
        attributes `name`, `cut`, `kind` and `images` from it, and `made`: all of it as
        JSON.

    Raises
    ------
    ValueError
        If there are more than `MOST_EDGES` edges.
    """
    import networkx

    count = (adjacency.nnz + np.count_nonzero(adjacency.diagonal())) // 2
    if count > MOST_EDGES:
        raise ValueError(
            f"expected a graph of at most {MOST_EDGES:,} edges for GraphML, got "
            f"{count:,}; choose a cut that keeps fewer, or take graph.npz"
        )
    graph = to_networkx(adjacency, mean.shape, mean)
    settings = (attributes["source"] or {}).get("settings", {}) | attributes["settings"]
    graph.graph |= {k: settings[k] for k in ("name", "cut", "kind") if k in settings}
    graph.graph["images"] = storage.describe_images(attributes)
    graph.graph["made"] = json.dumps(attributes, sort_keys=True)
    log.info("%d pixels, %d edges", len(graph), count)
    with storage.whole(path) as unfinished:
        # `write_graphml` would write other bytes if lxml is installed.
        networkx.write_graphml_xml(graph, unfinished)


def write_npz(path, adjacency):
    """Write a graph in the format of `scipy.sparse.save_npz`, atomically.

    Parameters
    ----------
    path : path-like
        File to write, which ends in `.npz`; its folder is created.
    adjacency : scipy.sparse.csr_array, shape (N, N)
        Symmetric edge weights.
    """
    with storage.whole(path) as unfinished:
        sparse.save_npz(unfinished, adjacency)


def _pixels(adjacency, shape, mean):
    """Return the attributes of all pixels, by name; validate shapes."""
    if len(shape) != 2 or np.shape(adjacency) != (np.prod(shape),) * 2:
        raise ValueError(
            f"expected weights of every two of {' x '.join(map(str, shape))} pixels, "
            f"got shape {np.shape(adjacency)}"
        )
    if mean is not None and np.shape(mean) != tuple(shape):
        raise ValueError(
            f"expected a mean image of {shape[0]} x {shape[1]} pixels, got shape "
            f"{np.shape(mean)}"
        )
    rows, columns = np.indices(shape).reshape(2, -1).tolist()
    places = {"row": rows, "column": columns}
    return places if mean is None else places | {"mean": np.ravel(mean).tolist()}


def _edges(adjacency):
    """Return tails, heads and weights of the edges, each once."""
    weights = sparse.csr_array(adjacency, dtype=float)
    if (weights != weights.T).nnz:
        raise ValueError("weights must be symmetric: a pair has one weight")
    upper = sparse.triu(weights, format="coo")
    return upper.row.tolist(), upper.col.tolist(), upper.data.tolist()
