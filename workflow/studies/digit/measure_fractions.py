"""Measure the share of the pairs that stays, for every kind of weight (figure 5)."""

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.images import Images
from studies.digit import choices, kinds

import numpy as np
from scipy.spatial import distance

#: The cuts of figure 5 whose shares the paper prints.
CUTS = ("at-0", "at-0.10", "at-0.35")

#: Every plain reading of "the correlation of individual pixels".
BASES = {
    "coactivation": {"kind": "coactivation"},
    "coactivation above 127": {"kind": "coactivation", "level": 127},
    "same state": {"kind": "same-state"},
    "same value above 0": {"kind": "same-value"},
    "product": {"kind": "product"},
    "covariance": {"kind": "correlation", "centred": True},
}

#: Each of them as it is and squared, with and without the diagonal; and with rows
#: scaled to add up to 1, as in the stochastic matrix of the walk.
VARIANTS = ("", ", squared", ", no diagonal", ", squared, no diagonal")
VARIANTS += (", rows normalised", ", squared, rows normalised")

#: Most choices of images whose pixels are shuffled.
NULLS = 20

#: Names of all kinds of weight.
KINDS = [base + variant for base in BASES for variant in VARIANTS]


def measure_fractions(images, same_label, *, count, seeds, threads):
    """Measure the shares for these images and for random choices of as many.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.
    same_label : ndarray of uint8, shape (available, rows, columns)
        Images from which random choices are made.
    count : int
        Number of choices.
    seeds : numpy.random.SeedSequence
        Each choice has a stream of its own.
    threads : int
        Threads to use; the result does not depend on it.

    Returns
    -------
    studies.digit.kinds.Fractions
    """
    repeated = choices.over_choices(
        lambda chosen, _: kept_percent(chosen),
        same_label,
        len(images),
        count,
        seeds=seeds,
        threads=threads,
    )
    nulls = choices.over_choices(
        lambda chosen, stream: kept_percent(choices.independent(chosen, stream)),
        same_label,
        len(images),
        min(count, NULLS),
        seeds=seeds,
        threads=threads,
    )
    return kinds.Fractions(
        kinds=KINDS,
        cuts=list(CUTS),
        first=kept_percent(images),
        choices=repeated,
        nulls=nulls,
    )


def kept_percent(images):
    """Compute the share of the pairs that stays, for every kind of weight and cut.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.

    Returns
    -------
    ndarray of float64, shape (kinds, cuts)
        In percent of all N x N entries; in the order of `KINDS` and `CUTS`.
    """
    size = images[0].size
    # One piece of memory for all kinds: to ask for it anew costs as much as to fill it.
    off, on = np.empty(size * (size - 1) // 2), np.empty(size)
    table = []
    for keywords in BASES.values():
        _fill(off, on, pairs.Strips(images, **keywords))
        plain = _variants(off, on, size)
        np.square(off, out=off)
        np.square(on, out=on)
        squared = _variants(off, on, size)
        table += [row for pair in zip(plain, squared, strict=True) for row in pair]
    return 100 * np.array(table)


def _fill(off, on, strips):
    """Write the weights above the diagonal to `off`, and those on it to `on`."""
    filled = 0
    for start, stop in strips.rows():
        weights = strips.weights(start, stop, start)
        above = weights[~np.tri(*weights.shape, dtype=bool)]
        off[filled : filled + len(above)] = above
        on[start:stop] = weights.diagonal()
        filled += len(above)


def _variants(off, on, size):
    """Shares with and without the diagonal, and with normalised rows.

    A stochastic matrix has no negative entries: they count as 0.
    """
    matrix = distance.squareform(off, checks=False)
    np.fill_diagonal(matrix, on)
    np.maximum(matrix, 0, out=matrix)
    sums = matrix.sum(axis=1, keepdims=True)
    matrix /= np.where(sums > 0, sums, 1)
    return [
        _shares(off, on, size),
        _shares(off, on[:0], size),
        _shares(matrix[:0], matrix, size),
    ]


def _shares(off, on, size):
    """Share of all entries that each cut keeps; off the diagonal they come twice."""
    largest = max(off.max(initial=0), on.max(initial=0))
    shares = []
    for cut in CUTS:
        least = graph.least_at(largest, graph.parse_cut(cut)[1])
        kept = 2 * np.count_nonzero(off >= least) + np.count_nonzero(on >= least)
        shares.append(kept / size**2)
    return shares


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        first = storage.read(snakemake.input.images, Images)
        population = storage.read(snakemake.input.population, Images)
        label = first.attributes["settings"]["label"]
        fractions = measure_fractions(
            first.images,
            choices.of_label(population, label),
            count=settings["choices"],
            seeds=seeds.seed_sequence(seed, "fractions"),
            threads=snakemake.threads,
        )
        storage.write(
            snakemake.output.fractions,
            fractions,
            settings=settings | {"population": population.attributes["settings"]},
            source=first.attributes,
            seed=seed,
            libraries=["numba"],
        )
