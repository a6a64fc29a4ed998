"""Measure how well averaged pair weights recover a lattice's edges (section 11).

The samples are split into disjoint batches of each size. The weights of a batch (kind
``same-state``, the mean of (1 + s s') / 2) rank all pairs of sites; the area under the
precision-recall curve (average precision) is 1 where every edge outweighs every other
pair. The exact correlations of the spins, to which the weights tend, are scored in the
same way.
"""

import logging

from pixelwalk import pairs, storage
from pixelwalk.graph.precision import average_precision
from pixelwalk.ising import lattice
from pixelwalk.jobs import progress, stages
from pixelwalk.storage.kinds.ising import Exact, Samples
from studies.lattice.kinds import Recovery

import numpy as np

# Under the package's name, by which progress is shown on a terminal.
log = logging.getLogger(__name__)

#: More batches would only narrow error bars that are narrow enough.
MOST_BATCHES = 100

# Pairs that a symmetry of the lattice makes equal must not differ by rounding.
_DECIMALS = 12


def measure_recovery(spins, boundary, sizes, exact):
    """Score pair weights as a guess of which sites are neighbours.

    Parameters
    ----------
    spins : bits.Packed, shape (n, rows, columns)
        Independent samples.
    boundary : {"periodic", "free"}
        Boundary of the lattice whose edges are to be recovered.
    sizes : sequence of int
        Batch sizes, each at most n.
    exact : ndarray of float, shape (N, N)
        Exact correlations of the spins; shape (0, 0) where none are known.

    Returns
    -------
    Recovery
        `deviation` is about 1 for independent samples. What needs exact correlations
        is nan where none are known.
    """
    _, rows, columns = spins.shape
    pair = np.triu_indices(rows * columns, k=1)
    edges = lattice.adjacency(rows, columns, boundary).toarray()[pair] > 0
    known = exact[pair] if exact.size else np.full(len(edges), np.nan)
    table = []
    for size in sizes:
        batches = min(len(spins) // size, MOST_BATCHES)
        scores = np.empty((batches, 3))
        for batch in range(batches):
            sums = pairs.PairSums("same-state", rows * columns)
            sums.add(spins.part(batch * size, (batch + 1) * size), threads=1)
            scores[batch] = _scores(sums.pairs[pair], size, edges, known)
        mean = scores.mean(axis=0)
        error = scores[:, 0].std(ddof=1) / np.sqrt(batches) if batches > 1 else np.nan
        table.append((size, mean[0], error, batches, mean[1], np.sqrt(mean[2])))
        text = f"{size} samples, average precision {mean[0]:.4f}"
        progress.report(log, len(table), len(sizes), "sizes", text)
    measured = map(np.array, zip(*table, strict=True))
    names = ("sizes", "precision", "error", "batches", "off_lattice", "deviation")
    _, ranks = np.unique(np.round(known, _DECIMALS), return_inverse=True)
    return Recovery(
        **dict(zip(names, measured, strict=True)),
        exact_precision=average_precision(edges, ranks) if exact.size else np.nan,
    )


def _scores(weights, size, edges, known):
    """Score the summed weights of one batch.

    Returns
    -------
    tuple of float
        Average precision; share of the weight off the lattice; mean squared deviation
        from the known correlations, in squared standard errors.
    """
    off = weights[~edges].sum() / weights.sum()
    # The square of a sum of n independent s s', each of variance 1 - c^2.
    square = (2 * weights - size - size * known) ** 2 / size
    with np.errstate(invalid="ignore"):  # frozen spins do not vary
        deviation = np.sum(square) / np.sum(1 - known**2)
    return average_precision(edges, weights), off, deviation


if __name__ == "__main__":
    with stages.logged(snakemake):
        samples = storage.read(snakemake.input.samples, Samples)
        exact = storage.read(snakemake.input.exact, Exact)
        measured = measure_recovery(
            samples.training,
            samples.attributes["settings"]["boundary"],
            snakemake.params.settings["sizes"],
            exact.correlations,
        )
        storage.write(
            snakemake.output.recovery,
            measured,
            settings=snakemake.params.settings,
            source=samples.attributes,
            libraries=["numba"],
        )
