"""Which share of the pairs stays under a cut, for every kind of weight (figure 5)."""

import numpy as np

from pixelwalk import graph, pairs

#: The cuts of figure 5 whose shares the paper prints.
CUTS = ("at-0", "at-0.10", "at-0.35")

#: Every plain reading of "the correlation of individual pixels".
KINDS = {
    "coactivation": {"kind": "coactivation"},
    "coactivation, squared": {"kind": "coactivation", "square": True},
    "coactivation above 127": {"kind": "coactivation", "level": 127},
    "coactivation above 127, squared": {
        "kind": "coactivation",
        "level": 127,
        "square": True,
    },
    "same state": {"kind": "same-state"},
    "same state, squared": {"kind": "same-state", "square": True},
    "same value above 0, no diagonal": {"kind": "same-value", "diagonal": False},
    "product": {"kind": "product"},
    "product, squared": {"kind": "product", "square": True},
    "covariance": {"kind": "correlation", "centred": True},
    "covariance, squared": {"kind": "correlation", "centred": True, "square": True},
}


def kept_percent(images):
    """Share of the pairs that stays, for every kind of weight and cut.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.

    Returns
    -------
    ndarray of float64, shape (kinds, cuts)
        In percent of all N x N entries; in the order of `KINDS` and `CUTS`.
    """
    table = np.empty((len(KINDS), len(CUTS)))
    for row, kind in zip(table, KINDS.values(), strict=True):
        weights = pairs.pair_weights(images, **kind)
        row[:] = [100 * graph.kept(weights, cut).mean() for cut in CUTS]
    return table
