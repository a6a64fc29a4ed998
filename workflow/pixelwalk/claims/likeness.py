"""How like the stationary distribution is to the mean image (section 11, figure 4)."""

import numpy as np

from pixelwalk import graph, ledger, pairs
from pixelwalk.graph import walk


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
    weights = graph.sparsify(pairs.pair_weights(images, **weight, threads=1), cut)
    visits, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    sums = walk.row_sums(weights)
    table = np.corrcoef([visits, sums, images.mean(axis=0).ravel()])
    with_visits, with_sums, between = table[0, 2], table[1, 2], table[0, 1]
    rest = np.sqrt(max(0, (1 - between**2) * (1 - with_sums**2)))
    partial = (with_visits - between * with_sums) / rest if rest > 0 else 0.0
    return np.array([with_visits, with_sums, partial])


def likeness_to_digits(distribution, population, labels):
    """Correlate a distribution with the mean image of every digit.

    Parameters
    ----------
    distribution : ndarray of float, shape (rows, columns)
        Probabilities.
    population : ndarray of uint8, shape (n, rows, columns)
        Images of all digits.
    labels : ndarray of uint8, shape (n,)
        What they show, 0 to 9.

    Returns
    -------
    ndarray of float64, shape (10,)
        Correlations (Pearson, over pixels); nan for a digit that is not there.
    """
    table = np.full(10, np.nan)
    for digit in np.unique(labels):
        mean = population[labels == digit].mean(axis=0)
        table[digit] = np.corrcoef(distribution.ravel(), mean.ravel())[0, 1]
    return table


def judge(found, label):
    """Judge whether the stationary distribution looks like the mean image.

    Parameters
    ----------
    found : object
        With `first`, shape (3,), and `choices`, shape (choices, 3), of `likeness`, and
        `digits`, shape (10,), of `likeness_to_digits`.
    label : int
        The digit that the images show.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    least = 0.95
    names = ("stationary distribution", "row sums", "stationary given row sums")
    low, high = np.percentile(found.choices, [2.5, 97.5], axis=0)
    measured = {
        name: {"value": float(value), "interval": [float(a), float(b)]}
        for name, value, a, b in zip(names, found.first, low, high, strict=True)
    }
    measured["share explained by the row sums"] = {
        "value": float(_share_of_row_sums(found.first)),
        "interval": ledger.interval(_share_of_row_sums(found.choices.T)),
    }
    others = np.delete(found.digits, label)
    nearest = float(np.nanmax(others, initial=-1))
    measured["nearest mean image of another digit"] = nearest
    return ledger.claim(
        "stationary-mean",
        "11, figure 4",
        "The stationary distribution of the walk looks like the mean of the images.",
        None,
        measured,
        "supported if the 95 % interval of the correlation with the mean image, over "
        f"random choices of images, lies above {least} and above the correlation with "
        "the mean image of any other digit; else refuted",
        ledger.supported(low[0] > max(least, nearest)),
        "For symmetric weights and no jumps the stationary distribution is the row "
        "sums exactly, so little is left for the walk to explain. The share is that of "
        "the mean image's variance over pixels which a fit to the row sums explains, "
        "over that which a fit to row sums and walk explains.",
    )


def _share_of_row_sums(correlations):
    _, sums, partial = correlations
    return sums**2 / (sums**2 + (1 - sums**2) * partial**2)
