"""The Boltzmann distribution by counting, and samples held against it.

Every check gives a chance: that of a deviation at least so large if the samples are
right, already multiplied by the number of looks. A right sampler stays above `ALARM`
but once in 1 / ALARM fresh seeds.
"""

import networkx as nx
import numpy as np
from scipy import special, stats

from pixelwalk.ising import sampling

#: Chance of a false alarm in one check, however often it looks.
ALARM = 1e-4


def enumerated(model):
    """All states of up to 16 spins, shape (2**sites, sites), and their chances.

    In state k, site i is +1 where bit i of k is set. The bonds are those of networkx.
    """
    states = 2 * (np.arange(2**model.sites)[:, None] >> np.arange(model.sites) & 1) - 1
    energies = -model.field * states.sum(axis=1)
    for tail, head in bonds(model):
        energies = energies - states[:, tail] * states[:, head]
    return states, special.softmax(-model.coupling * energies)


def bonds(model):
    """Every bond of a model once, by networkx."""
    rows, columns = model.rows, model.columns
    if model.edges is not None:
        return model.edges
    diagonal = model.lattice == "triangular"
    if model.boundary == "helical":
        steps = [1, columns, columns + 1][: 3 if diagonal else 2]
        return nx.circulant_graph(model.sites, steps).edges
    periodic = model.boundary == "periodic"
    grid = nx.grid_2d_graph(rows, columns, periodic)
    if diagonal:
        down = [((r, c), (r + 1, c + 1)) for r, c in grid]
        down = [(a, (b[0] % rows, b[1] % columns) if periodic else b) for a, b in down]
        grid.add_edges_from((a, b) for a, b in down if b in grid)
    number = {(row, column): row * columns + column for row, column in grid}
    return [(number[tail], number[head]) for tail, head in grid.edges]


def enumerated_correlations(model):
    """Mean of s_i s_j, shape (sites, sites)."""
    states, chances = enumerated(model)
    return (states.T * chances) @ states


def flat(samples):
    """Spins of packed samples: int8, shape (n, sites)."""
    return sampling.spins(samples).reshape(len(samples), -1)


def state_numbers(spins):
    """Numbers of states, shape (n,), as `enumerated` counts them."""
    return (spins > 0) @ 2 ** np.arange(spins.shape[1])


def states_chance(samples, model):
    """Chance of so uneven a count of all states."""
    seen = np.bincount(state_numbers(flat(samples)), minlength=2**model.sites)
    return uneven_chance(seen, enumerated(model)[1])


def uneven_chance(seen, chances):
    """Chance of counts so far from those expected (Pearson's chi-square)."""
    expected = seen.sum() * chances
    # What is expected less than ten times counts as one, with the rarest of the rest.
    order = np.argsort(expected)
    rare = np.searchsorted(expected[order], 10) + 1
    bounds = [0, *range(rare, len(expected))]
    observed, expected = (np.add.reduceat(x[order], bounds) for x in (seen, expected))
    return stats.chisquare(observed, expected).pvalue


def counts_chance(ups, tries, chances):
    """Chance that any of some binomial counts lies so far out."""
    ups, tries, chances = np.broadcast_arrays(ups, tries, chances)
    below = stats.binom.cdf(ups, tries, chances)
    above = stats.binom.sf(ups - 1, tries, chances)
    return min(1, 2 * np.minimum(below, above).min() * ups.size)


def pairs_chance(samples, correlations):
    """Chance that the correlation of any pair lies so far out.

    Two spins agree with chance (1 + correlation) / 2, so that the number of independent
    samples in which they do is binomial.
    """
    spins = flat(samples).astype(np.float32)  # whole numbers up to 2**24 are exact
    upper = np.triu_indices(spins.shape[1], 1)
    agree = (len(spins) + (spins.T @ spins)[upper].astype(np.int64)) // 2
    chances = np.clip((1 + correlations[upper]) / 2, 0, 1)
    return counts_chance(agree, len(spins), chances)


def mean_chance(values, expected):
    """Chance that the mean of many independent values lies so far out."""
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    return 2 * stats.norm.sf(abs(np.mean(values) - expected) / error)
