"""How like the stationary distribution is to the mean image (section 11, figure 4)."""

import numpy as np

from pixelwalk import graph, pairs, walk


def likeness(images, *, weight, cut, teleport):
    """Correlate stationary distribution, row sums and mean image.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        The images that are averaged.
    weight : dict
        Keywords for `pairs.pair_weights`.
    cut : str
        As `graph.sparsify` takes it.
    teleport : float
        As `walk.stationary_distribution` takes it.

    Returns
    -------
    ndarray of float64, shape (3,)
        Correlations (Pearson, over pixels) with the mean image: of the stationary
        distribution; of the row sums of the graph alone; and of the stationary
        distribution given the row sums (partial).
    """
    weights = graph.sparsify(pairs.pair_weights(images, **weight), cut)
    visits, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    sums = walk.row_sums(weights)
    table = np.corrcoef([visits, sums, images.mean(axis=0).ravel()])
    with_visits, with_sums, between = table[0, 2], table[1, 2], table[0, 1]
    rest = np.sqrt(max(0, (1 - between**2) * (1 - with_sums**2)))
    partial = (with_visits - between * with_sums) / rest if rest > 0 else 0.0
    return np.array([with_visits, with_sums, partial])
