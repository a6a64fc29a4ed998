"""How well averaged pair weights recover a lattice's edges (section 11, figure 3)."""

import logging

import numpy as np

from pixelwalk import ledger, pairs
from pixelwalk.graph.precision import average_precision
from pixelwalk.ising import lattice
from pixelwalk.jobs import progress

log = logging.getLogger(__name__)

#: More batches would only narrow error bars that are narrow enough.
MOST_BATCHES = 100


# Pairs that a symmetry of the lattice makes equal must not differ by rounding.
_DECIMALS = 12


def recovery(spins, boundary, sizes, exact):
    """Score pair weights as a guess of which sites are neighbours.

    The samples are split into disjoint batches of each size. The weights of a batch
    (kind ``same-state``, the mean of (1 + s s') / 2) rank all pairs of sites; the area
    under the precision-recall curve (average precision) is 1 where every edge outweighs
    every other pair. The exact correlations of the spins, what the weights tend to, are
    scored in the same way.

    Parameters
    ----------
    spins : bits.Packed, shape (n, rows, columns)
        Independent samples.
    boundary : {"periodic", "free"}
        Of the lattice whose edges are to be found.
    sizes : sequence of int
        Batch sizes, each at most n.
    exact : ndarray of float, shape (N, N)
        Exact correlations of the spins; shape (0, 0) where none are known.

    Returns
    -------
    dict of ndarray, shape (sizes,)
        `sizes`; `precision`, the mean over batches, and `error`, its standard error
        (nan where there is one batch); `batches`; `off_lattice`, the mean share of the
        weight that joins sites which are no neighbours; `deviation` of the correlations
        from the exact ones, in standard errors, root mean square over batches and
        pairs, about 1 for independent samples. And `exact_precision`, a number. What
        needs exact correlations is nan where none are known.
    """
    _, rows, columns = spins.shape
    truth = lattice.adjacency(rows, columns, boundary).toarray()
    pair = np.triu_indices(rows * columns, k=1)
    edges = truth[pair] > 0
    known = exact[pair] if exact.size else np.full(len(edges), np.nan)
    table = []
    for size in sizes:
        batches = min(len(spins) // size, MOST_BATCHES)
        scores = np.empty((batches, 3))
        for batch in range(batches):
            sums = pairs.PairSums("same-state", rows * columns)
            sums.add(spins.part(batch * size, (batch + 1) * size), threads=1)
            weights = sums.pairs[pair]
            off = weights[~edges].sum() / weights.sum()
            # The square of a sum of n independent s s', each of variance 1 - c^2.
            square = (2 * weights - size - size * known) ** 2 / size
            with np.errstate(invalid="ignore"):  # frozen spins do not vary
                chi = np.sum(square) / np.sum(1 - known**2)
            scores[batch] = average_precision(edges, weights), off, chi
        mean = scores.mean(axis=0)
        error = scores[:, 0].std(ddof=1) / np.sqrt(batches) if batches > 1 else np.nan
        table.append((size, mean[0], error, batches, mean[1], np.sqrt(mean[2])))
        found = f"{size} samples, average precision {mean[0]:.4f}"
        progress.tell(log, len(table), len(sizes), "sizes", found)
    names = ("sizes", "precision", "error", "batches", "off_lattice", "deviation")
    found = dict(zip(names, map(np.array, zip(*table, strict=True)), strict=True))
    _, ranks = np.unique(np.round(known, _DECIMALS), return_inverse=True)
    limit = average_precision(edges, ranks) if exact.size else np.nan
    return found | {"exact_precision": limit}


def judge(recoveries):
    """Judge whether averaging Ising samples recovers the lattice.

    Parameters
    ----------
    recoveries : dict of str to object
        Results of `recovery.recovery` as attributes, for `half` and `standard`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    least = 0.99
    found = {bonds: recoveries[bonds] for bonds in ledger.BONDS}
    off = {bonds: float(one.off_lattice[-1]) for bonds, one in found.items()}
    away = {bonds: float(one.deviation[-1]) for bonds, one in found.items()}
    # The least of both, where the second is known.
    scores = [np.fmin(one.precision[-1], one.exact_precision) for one in found.values()]
    measured = {
        bonds: {
            f"{size} samples": {
                "value": value,
                "standard_error": error if np.isfinite(error) else None,
            }
            for size, value, error in zip(
                one.sizes.tolist(),
                one.precision.tolist(),
                one.error.tolist(),
                strict=True,
            )
        }
        | {
            "exact correlations": float(one.exact_precision),
            "standard errors from the exact correlations": away[bonds],
            "weight off the lattice": off[bonds],
        }
        for bonds, one in found.items()
    }
    return ledger.claim(
        "ising-adjacency",
        "11, figure 3",
        "The matrix of pair weights averaged over Ising samples tends to one that "
        "singles out the edges of the lattice, its adjacency matrix.",
        None,
        measured,
        "supported if the area under the precision-recall curve for the lattice's "
        f"edges is at least {least} at the largest number of samples, and for the "
        "exact correlations of the spins if they are known, under at least one way of "
        "counting bonds; else refuted",
        ledger.supported(bool(max(scores) >= least)),
        "In rank only: the edges become the heaviest pairs, but the other weights do "
        f"not vanish; {off['half']:.1%} (half) and {off['standard']:.1%} (standard) of "
        "the weight join sites that are no neighbours. The weights of infinitely many "
        "samples are (1 + c) / 2, c the exact correlations; those of the largest "
        f"number lie {away['half']:.2f} and {away['standard']:.2f} standard errors "
        "from them (root mean square), where 1 is expected of independent samples.",
    )
