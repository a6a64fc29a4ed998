"""Graphs of pixels for other programs: networkx, igraph, GraphML and scipy."""

import json
import logging

import numpy as np
from scipy import sparse

from pixelwalk import storage

log = logging.getLogger(__name__)

#: Edges that a GraphML file may have. networkx holds them all as objects, 1.8 kB each,
#: and takes 30 s for a million.
MOST_EDGES = 2_000_000


def to_networkx(adjacency, shape, mean=None):
    """Give a graph of pixels as one of networkx.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array or ndarray, shape (N, N)
        Symmetric edge weights, as `sparsify` gives them.
    shape : tuple of int
        Rows and columns of the images, N pixels in all.
    mean : ndarray of float, shape (rows, columns), optional
        The mean image.

    Returns
    -------
    networkx.Graph
        A node for each pixel, with its `row`, `column` and, if it is given, `mean`;
        edges, those from a pixel to itself included, have a `weight`.

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
    import networkx  # here, as those who only sparsify should not wait for it

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
    """Give a graph of pixels as one of igraph, which must be installed.

    Parameters
    ----------
    adjacency, shape, mean
        As for `to_networkx`.

    Returns
    -------
    igraph.Graph
        With the same attributes as that of `to_networkx`.

    Raises
    ------
    ImportError
        If igraph is not installed.
    ValueError
        As `to_networkx` does.

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
    """Write a graph as GraphML, whole or not at all.

    Parameters
    ----------
    path : path-like
        Where to. The folder is made.
    adjacency, mean
        As for `to_networkx`, the mean image of all.
    attributes : dict
        How the graph was made, as `storage.read` gives them. Of the file's own
        attributes `name`, `cut`, `kind` and `images` are taken from them; `made` is all
        of them, as JSON.

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
    told = {key: settings[key] for key in ("name", "cut", "kind") if key in settings}
    told["images"] = storage.describe_images(attributes)
    graph.graph.update(told, made=json.dumps(attributes, sort_keys=True))
    log.info("%d pixels, %d edges", len(graph), count)
    with storage.whole(path) as unfinished:
        # The other writer, for which lxml must be there, gives other bytes.
        networkx.write_graphml_xml(graph, unfinished)


def write_npz(path, adjacency):
    """Write a graph as `scipy.sparse.load_npz` reads it, whole or not at all.

    Parameters
    ----------
    path : path-like
        Where to; it ends in `.npz`. The folder is made.
    adjacency : scipy.sparse.csr_array, shape (N, N)
        Symmetric edge weights.
    """
    with storage.whole(path) as unfinished:
        sparse.save_npz(unfinished, adjacency)


def _pixels(adjacency, shape, mean):
    """Attributes of each pixel, by their names."""
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
    known = {"row": rows, "column": columns}
    return known if mean is None else known | {"mean": np.ravel(mean).tolist()}


def _edges(adjacency):
    """Tails, heads and weights of the edges, each once."""
    weights = sparse.csr_array(adjacency, dtype=float)
    if (weights != weights.T).nnz:
        raise ValueError("weights must be symmetric: a pair has one weight")
    upper = sparse.triu(weights, format="coo")
    return upper.row.tolist(), upper.col.tolist(), upper.data.tolist()
