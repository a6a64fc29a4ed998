"""Measure averaged correlations of Ising samples at one temperature."""

from pixelwalk import storage
from pixelwalk.graph import cuts
from pixelwalk.graph.precision import average_precision
from pixelwalk.ising import lattice
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.pairs import Weights
from studies.transitions.kinds import Transition

import numpy as np

# Levels at which weights are cut, as shares of the largest weight.
_LEVELS = np.linspace(0, 1, 101)

# Weights that a symmetry of the lattice makes equal must not differ by rounding.
_DECIMALS = 12


def measure_transition(weights, rows, columns):
    """Measure averaged correlations of a periodic lattice, at one temperature.

    Parameters
    ----------
    weights : ndarray of float64, shape (N, N)
        Correlations of all pairs of sites, N = rows * columns.
    rows, columns : int
        Size of the lattice, which is periodic.

    Returns
    -------
    Transition
        In `field`, the site itself lies at (rows // 2, columns // 2). `active` counts
        the entries whose weight is at least a share of the largest, as the cut
        ``at-x`` does.
    """
    around = _around(weights, rows, columns)
    far = np.arange(min(rows, columns) // 2 + 1)
    pair = np.triu_indices(rows * columns, k=1)
    edges = lattice.adjacency(rows, columns, "periodic").toarray()[pair] > 0
    _, ranks = np.unique(weights[pair].round(_DECIMALS), return_inverse=True)
    along = around[0, far] + around[0, -far] + around[far, 0] + around[-far, 0]
    return Transition(
        field=np.roll(around, (rows // 2, columns // 2), axis=(0, 1)),
        correlation=along / 4,
        levels=_LEVELS,
        active=_active(weights),
        precision=average_precision(edges, ranks),
    )


def _around(weights, rows, columns):
    """Average the weights of pairs by their offset down and right, cyclically."""
    total = np.zeros((rows, columns))
    for site, line in enumerate(weights):
        row, column = divmod(site, columns)
        total += np.roll(line.reshape(rows, columns), (-row, -column), axis=(0, 1))
    return total / len(weights)


def _active(weights):
    """Compute the fraction of entries that the cut at each level keeps."""
    ordered = np.sort(weights[weights > 0])
    least = [cuts.least_at(ordered[-1], level) for level in _LEVELS]
    return (len(ordered) - np.searchsorted(ordered, least)) / weights.size


if __name__ == "__main__":
    with stages.logged(snakemake):
        averaged = storage.read(snakemake.input.weights, Weights)
        storage.write(
            snakemake.output.transition,
            measure_transition(averaged.weights, *averaged.mean.shape),
            settings={},
            source=averaged.attributes,
            libraries=["scipy"],
        )
