"""How well the weights of pairs rank the edges of a graph above all other pairs."""

import numpy as np


def average_precision(edges, weights):
    """Compute the area under the precision-recall curve of weights as a guess of edges.

    It is the mean over the edges of the share of edges among the pairs that weigh as
    much or more: what scikit-learn's function of this name gives, counted instead of
    sorted.

    Parameters
    ----------
    edges : ndarray of bool, shape (pairs,)
        Whether each pair is an edge; some must be.
    weights : ndarray of int, shape (pairs,)
        Weights or ranks, the larger the heavier.

    Returns
    -------
    float
        0 to 1.
    """
    below = weights.max() - weights
    pairs_down_to = np.cumsum(np.bincount(below))
    edges_at = np.bincount(below[edges], minlength=len(pairs_down_to))
    return edges_at @ (np.cumsum(edges_at) / pairs_down_to) / edges_at.sum()
