"""How well averaged pair weights recover a lattice's edges (section 11, figure 3)."""

import logging

import numpy as np

from pixelwalk import lattice, pairs
from pixelwalk.claims import ledger

log = logging.getLogger(__name__)

#: More batches would only narrow error bars that are narrow enough.
MOST_BATCHES = 100


def recovery(spins, boundary, sizes, *, kind="same-state"):
    """Score pair weights as a guess of which sites are neighbours.

    The samples are split into disjoint batches of each size. The weights of a batch
    rank all pairs of sites; the area under the precision-recall curve (average
    precision) is 1 where every edge outweighs every other pair.

    Parameters
    ----------
    spins : bits.Packed, shape (n, rows, columns)
        Independent samples.
    boundary : {"periodic", "free"}
        Of the lattice whose edges are to be found.
    sizes : sequence of int
        Batch sizes, each at most n.
    kind : str
        Kind of pair weight.

    Returns
    -------
    dict of ndarray, shape (sizes,)
        `sizes`; `precision`, the mean over batches, and `error`, its standard error
        (nan where there is one batch); `batches`; `off_lattice`, the mean share of the
        weight that joins sites which are no neighbours.
    """
    _, rows, columns = spins.shape
    truth = lattice.adjacency(rows, columns, boundary).toarray()
    pair = np.triu_indices(rows * columns, k=1)
    edges = truth[pair] > 0
    table = []
    for size in sizes:
        batches = min(len(spins) // size, MOST_BATCHES)
        scores = np.empty((batches, 2))
        for batch in range(batches):
            sums = pairs.PairSums(kind, rows * columns)
            sums.add(spins.part(batch * size, (batch + 1) * size), threads=1)
            weights = sums.pairs[pair]
            off = weights[~edges].sum() / weights.sum()
            scores[batch] = average_precision(edges, weights), off
        mean = scores.mean(axis=0)
        error = scores[:, 0].std(ddof=1) / np.sqrt(batches) if batches > 1 else np.nan
        table.append((size, mean[0], error, batches, mean[1]))
        log.info("%d samples: average precision %.4f", size, mean[0])
    sizes, precision, error, batches, off_lattice = map(
        np.array, zip(*table, strict=True)
    )
    return {
        "sizes": sizes,
        "precision": precision,
        "error": error,
        "batches": batches,
        "off_lattice": off_lattice,
    }


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


def judge(recoveries):
    """Judge whether averaging Ising samples recovers the lattice.

    Parameters
    ----------
    recoveries : dict of str to object
        Results of `recovery.recovery` (attributes `sizes`, `precision`, `error`,
        `off_lattice`), for `half` and `standard`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    least = 0.99
    final = {bonds: float(recoveries[bonds].precision[-1]) for bonds in ledger.BONDS}
    off = {bonds: float(recoveries[bonds].off_lattice[-1]) for bonds in ledger.BONDS}
    measured = {
        bonds: {
            f"{size} samples": {
                "value": value,
                "standard_error": error if np.isfinite(error) else None,
            }
            for size, value, error in zip(
                found.sizes.tolist(),
                found.precision.tolist(),
                found.error.tolist(),
                strict=True,
            )
        }
        | {"weight off the lattice": off[bonds]}
        for bonds, found in recoveries.items()
    }
    return ledger.entry(
        "ising-adjacency",
        "11, figure 3",
        "The matrix of pair weights averaged over Ising samples tends to one that "
        "singles out the edges of the lattice, its adjacency matrix.",
        None,
        measured,
        "supported if the area under the precision-recall curve for the lattice's "
        f"edges is at least {least} at the largest number of samples, under at least "
        "one way of counting bonds; else refuted",
        ledger.supported(max(final.values()) >= least),
        "In rank only: the edges become the heaviest pairs, but the other weights do "
        f"not vanish; {off['half']:.1%} (half) and {off['standard']:.1%} (standard) of "
        "the weight join sites that are no neighbours.",
    )
