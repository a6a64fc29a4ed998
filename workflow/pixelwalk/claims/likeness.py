"""How like the stationary distribution is to the mean image (section 11, figure 4)."""

import numpy as np

from pixelwalk import graph, pairs, walk
from pixelwalk.claims import ledger


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


def judge(found):
    """Judge whether the stationary distribution looks like the mean image.

    Parameters
    ----------
    found : object
        With `first`, shape (3,), and `choices`, shape (choices, 3), of
        `likeness.likeness`.
    """
    least = 0.95
    names = ("stationary distribution", "row sums", "stationary given row sums")
    low, high = np.percentile(found.choices, [2.5, 97.5], axis=0)
    measured = {
        name: {"value": float(value), "interval": [float(a), float(b)]}
        for name, value, a, b in zip(names, found.first, low, high, strict=True)
    }
    share = (found.choices[:, 1] / found.choices[:, 0]) ** 2
    measured["share explained by the row sums"] = {
        "value": float((found.first[1] / found.first[0]) ** 2),
        "interval": ledger.interval(share),
    }
    return ledger.entry(
        "stationary-mean",
        "11, figure 4",
        "The stationary distribution of the walk looks like the mean of the images.",
        None,
        measured,
        "supported if the 95 % interval of the correlation with the mean image, over "
        f"random choices of images, lies above {least}; else refuted",
        ledger.supported(low[0] > least),
        "For symmetric weights and no jumps the stationary distribution is the row "
        "sums exactly, so little is left for the walk to explain. The share is the "
        "ratio of the two squared correlations.",
    )
