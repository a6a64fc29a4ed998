"""Files of sparse graphs and their walks."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Graph(Kind, kind="graph", file="graphs/<name>/<cut>/graph.h5"):
    """Sparse graph of pixels."""

    adjacency: Array = dataset("mean over images", "(N, N)", "the weights that stay")
    mean: Array = dataset("grey value or spin", "(rows, columns)", "mean image")
    active_fraction: float = dataset("fraction of N x N", "()", "entries that stay")


class Stationary(Kind, kind="stationary", file="graphs/<name>/<cut>/stationary.h5"):
    """Stationary distribution of the walk on a graph."""

    distribution: Array = dataset(
        "probability", "(rows, columns)", "stationary distribution"
    )
    row_sums: Array = dataset("probability", "(rows, columns)", "row sums, normalised")
    mean: Array = dataset("grey value or spin", "(rows, columns)", "mean image")
    active_fraction: float = dataset("fraction of N x N", "()", "entries of the graph")
    residual: float = dataset("probability", "()", "L1 distance from its own next step")
    steps: float = dataset(
        "products", "()", "of the weights with a vector that it took"
    )
