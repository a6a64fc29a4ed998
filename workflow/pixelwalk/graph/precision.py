"""Agreement of weights of pairs with the edges of a known graph."""

import numpy as np


def average_precision(edges, weights):
    """Area under the precision-recall curve of weights as a guess of edges.

    The mean over the edges of the share of edges among the pairs that weigh as much or
    more: what scikit-learn's function of this name gives, counted instead of sorted.

    Parameters
    ----------
    edges : ndarray of bool, shape (pairs,)
        Whether each pair is an edge; some must be.
    weights : ndarray of int, shape (pairs,)

    Returns
    -------
    float
        0 to 1.
    """
    below = weights.max() - weights
    pairs_down_to = np.cumsum(np.bincount(below))
    found = np.bincount(below[edges], minlength=len(pairs_down_to))
    return found @ (np.cumsum(found) / pairs_down_to) / found.sum()
