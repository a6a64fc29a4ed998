"""Measure how well averaged pair weights recover a lattice's edges (section 11).

The samples are split into disjoint batches of each size. The weights of a batch (kind
``same-state``, the mean of (1 + s s') / 2) rank all pairs of sites; the area under the
precision-recall curve (average precision) is 1 where every edge outweighs every other
pair. The exact correlations of the spins, to which the weights tend, are scored in the
same way. At the largest size the matrix of weights is also compared with a sparse one,
with the adjacency matrix in its best scale and with circulant matrices; and all of this
is repeated after a random permutation of each site's spins over the batch, which keeps
their means and leaves no correlations.
"""

import logging

from pixelwalk import pairs, storage
from pixelwalk.compute import bits, seeds
from pixelwalk.graph.precision import average_precision
from pixelwalk.ising import lattice
from pixelwalk.jobs import progress, stages
from pixelwalk.matrices import nearest
from pixelwalk.storage.kinds.ising import Exact, Samples
from studies.lattice.kinds import LEVEL, Recovery

import numpy as np

# Under the package's name, by which progress is shown on a terminal.
log = logging.getLogger(__name__)

#: More batches would only narrow error bars that are narrow enough.
MOST_BATCHES = 100

# Pairs that a symmetry of the lattice makes equal must not differ by rounding.
_DECIMALS = 12


def measure_recovery(spins, boundary, sizes, exact, generator):
    """Score pair weights as a guess of which sites are neighbours.

    Parameters
    ----------
    spins : bits.Packed, shape (n, rows, columns)
        Independent samples.
    boundary : {"periodic", "free"}
        Boundary of the lattice whose edges are to be recovered.
    sizes : sequence of int
        Batch sizes, ascending, each at most n.
    exact : ndarray of float, shape (N, N)
        Exact correlations of the spins; shape (0, 0) where none are known.
    generator : numpy.random.Generator
        For the permutations.

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
        scores = np.array(
            [
                _scores(_pair_sums(batch, pair), size, edges, known)
                for batch in _batches(spins, size)
            ]
        )
        mean, batches = scores.mean(axis=0), len(scores)
        error = scores[:, 0].std(ddof=1) / np.sqrt(batches) if batches > 1 else np.nan
        table.append((size, mean[0], error, batches, mean[1], np.sqrt(mean[2])))
        text = f"{size} samples, average precision {mean[0]:.4f}"
        progress.report(log, len(table), len(sizes), "sizes", text)
    measured = map(np.array, zip(*table, strict=True))
    names = ("sizes", "precision", "error", "batches", "off_lattice", "deviation")
    return Recovery(
        **dict(zip(names, measured, strict=True)),
        **_by_batch(spins, sizes[-1], edges, pair, generator),
        **_exact_measures(known, edges, pair),
    )


def _batches(spins, size):
    """Return disjoint batches of samples, at most `MOST_BATCHES`."""
    count = min(len(spins) // size, MOST_BATCHES)
    return [spins.part(batch * size, (batch + 1) * size) for batch in range(count)]


def _pair_sums(spins, pair):
    """Return in how many samples the spins of each pair are equal."""
    sums = pairs.PairSums("same-state", spins.shape[1] * spins.shape[2])
    sums.add(spins, threads=1)
    return sums.pairs[pair]


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


def _by_batch(spins, size, edges, pair, generator):
    """Measure the matrix of each batch, as it is and with each site's spins permuted.

    Returns
    -------
    dict of str to ndarray, shape (2, batches)
    """
    batches = _batches(spins, size)
    table = np.empty((4, 2, len(batches)))
    for column, batch in enumerate(batches):
        permuted = generator.permuted(batch.unpack().reshape(size, -1), axis=0)
        null = bits.pack(permuted.reshape(batch.shape))
        for row, samples in enumerate((batch, null)):
            weights = _pair_sums(samples, pair)
            precision = average_precision(edges, weights)
            table[:, row, column] = precision, *_matrix_measures(weights, edges, pair)
    names = ("precision", "share", "lattice_distance", "circulant_distance")
    return {f"{name}_by_batch": part for name, part in zip(names, table, strict=True)}


def _exact_measures(known, edges, pair):
    """Return the measures of the exact matrix; nan if it is not known."""
    measures, correlated = (np.nan,) * 4, np.nan
    if not np.isnan(known).any():
        _, ranks = np.unique(np.round(known, _DECIMALS), return_inverse=True)
        precision = average_precision(edges, ranks)
        measures = precision, *_matrix_measures((1 + known) / 2, edges, pair)
        correlated = _heavy(np.abs(known))
    names = ("precision", "share", "lattice_distance", "circulant_distance")
    return {
        "correlated_share": correlated,
        **{f"exact_{name}": part for name, part in zip(names, measures, strict=True)},
    }


def _matrix_measures(weights, edges, pair):
    """Compare a matrix of pair weights, without its diagonal, with ideal ones.

    Returns
    -------
    tuple of float
        Share of pairs of at least `LEVEL` times the largest weight; distance from the
        adjacency matrix in its best scale; distance from circulant matrices. Distances
        are relative, in the Frobenius norm; nan if all weights are zero.
    """
    weights = np.asarray(weights, float)
    with np.errstate(invalid="ignore"):
        cosine = weights[edges].sum() / np.sqrt(np.sum(weights**2) * edges.sum())
    matrix = np.zeros((pair[0][-1] + 2,) * 2)
    matrix[pair] = weights
    distance = nearest.line_distance(matrix + matrix.T, cyclic=True)
    return _heavy(weights), np.sqrt(max(0.0, 1 - cosine**2)), distance


def _heavy(weights):
    """Return the share of pairs of at least `LEVEL` times the largest weight."""
    return np.mean(weights >= LEVEL * weights.max())


if __name__ == "__main__":
    with stages.logged(snakemake):
        samples = storage.read(snakemake.input.samples, Samples)
        exact = storage.read(snakemake.input.exact, Exact)
        seed = snakemake.params.seed
        measured = measure_recovery(
            samples.training,
            samples.attributes["settings"]["boundary"],
            snakemake.params.settings["sizes"],
            exact.correlations,
            seeds.generator(seed, "recovery", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.recovery,
            measured,
            settings=snakemake.params.settings,
            seed=seed,
            source=samples.attributes,
            libraries=["numba"],
        )
