"""How the graph behind Ising samples changes through the critical point."""

import numpy as np

from pixelwalk.graph import cuts
from pixelwalk.graph.precision import average_precision
from pixelwalk.ising import lattice

# Levels at which weights are cut, as shares of the largest weight.
_LEVELS = np.linspace(0, 1, 101)

# Weights that a symmetry of the lattice makes equal must not differ by rounding.
_DECIMALS = 12


def transition(weights, rows, columns):
    """Measure averaged correlations of a periodic lattice, at one temperature.

    Parameters
    ----------
    weights : ndarray of float64, shape (N, N)
        Correlations of all pairs of sites, N = rows * columns.
    rows, columns : int
        Size of the lattice, which is periodic.

    Returns
    -------
    dict
        `field`, shape (rows, columns): mean correlation of a site with the one so far
        below and to the right of it, with site (rows // 2, columns // 2) in the place
        of the site itself. `correlation`, shape (min(rows, columns) // 2 + 1,): mean
        correlation of sites that lie 0, 1, ... apart in a row or a column. `levels` and
        `active`, shape (101,): share of the N x N entries whose weight is at least so
        large a share of the largest (the cut ``at-x``). `precision`: area under the
        precision-recall curve of the weights as a guess of the lattice's edges.
    """
    around = _around(weights, rows, columns)
    far = np.arange(min(rows, columns) // 2 + 1)
    pair = np.triu_indices(rows * columns, k=1)
    edges = lattice.adjacency(rows, columns, "periodic").toarray()[pair] > 0
    _, ranks = np.unique(weights[pair].round(_DECIMALS), return_inverse=True)
    return {
        "field": np.roll(around, (rows // 2, columns // 2), axis=(0, 1)),
        "correlation": (
            around[0, far] + around[0, -far] + around[far, 0] + around[-far, 0]
        )
        / 4,
        "levels": _LEVELS,
        "active": _active(weights),
        "precision": average_precision(edges, ranks),
    }


def _around(weights, rows, columns):
    """Mean weight of a site with the one so far below and right of it, cyclically."""
    total = np.zeros((rows, columns))
    for site, line in enumerate(weights):
        row, column = divmod(site, columns)
        total += np.roll(line.reshape(rows, columns), (-row, -column), axis=(0, 1))
    return total / len(weights)


def _active(weights):
    """Share of the entries that stay under the cut at each level."""
    ordered = np.sort(weights[weights > 0])
    least = [cuts.least_at(ordered[-1], level) for level in _LEVELS]
    return (len(ordered) - np.searchsorted(ordered, least)) / weights.size
