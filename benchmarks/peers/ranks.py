"""Stationary distributions of the walk with jumps (PageRank), each from a CSR array.

What a library needs in order to build its graph is part of the work.
"""

import numpy as np
from scipy import sparse

# Steps that an iteration may take; the tolerance ends it long before.
_MOST = 1_000_000


def networkx(weights, teleport, tolerance):
    """Walk by networkx, which iterates with a matrix of scipy.

    Parameters
    ----------
    weights : scipy.sparse.csr_array, shape (N, N)
        Symmetric edge weights.
    teleport : float
        Chance of a jump.
    tolerance : float
        L1 distance from the next step to be reached.

    Returns
    -------
    ndarray of float64, shape (N,)
    """
    import networkx

    graph = networkx.from_scipy_sparse_array(weights)
    ranks = networkx.pagerank(
        graph,
        alpha=1 - teleport,
        tol=tolerance / weights.shape[0],  # it multiplies by the number of nodes
        max_iter=_MOST,
    )
    return np.fromiter(ranks.values(), float, weights.shape[0])


def igraph(weights, teleport, _tolerance, implementation="prpack"):
    """Walk by igraph, whose PRPACK solves to machine precision; else as `networkx`."""
    import igraph

    upper = sparse.triu(weights, format="coo")
    graph = igraph.Graph(
        n=weights.shape[0], edges=np.column_stack([upper.row, upper.col])
    )
    ranks = graph.pagerank(
        damping=1 - teleport,
        weights=upper.data.tolist(),
        implementation=implementation,
    )
    return np.array(ranks)


def scikit_network(weights, teleport, tolerance, solver="piteration"):
    """Walk by scikit-network, which takes the CSR matrix as it is; else as above."""
    from sknetwork.ranking import PageRank

    ranker = PageRank(1 - teleport, solver=solver, n_iter=_MOST, tol=tolerance)
    return ranker.fit_predict(sparse.csr_matrix(weights))


def residual(weights, teleport, distribution):
    """L1 distance between a distribution and its own next step.

    Parameters
    ----------
    weights, teleport
        As for `networkx`.
    distribution : ndarray of float, shape (N,)
        Probabilities.

    Returns
    -------
    float
    """
    sums = weights.sum(axis=1)
    linked = sums > 0
    shares = np.divide(distribution, sums, out=np.zeros(len(sums)), where=linked)
    jumps = teleport + (1 - teleport) * distribution[~linked].sum()
    after = (1 - teleport) * (weights.T @ shares) + jumps / len(sums)
    return float(np.abs(after - distribution).sum())
