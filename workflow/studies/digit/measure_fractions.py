"""Measure the share of the pairs that stays, for every kind of weight (figure 5)."""

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.images import Images
from studies.digit import choices, kinds
from studies.digit.kept import kept

import numpy as np

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

#: Each of them as it is and squared, with and without the diagonal, as a weight and
#: divided by the sum of its row, as in the stochastic matrix of the walk.
VARIANTS = [
    squared + diagonal + rows
    for squared in ("", ", squared")
    for diagonal in ("", ", no diagonal")
    for rows in ("", ", rows normalised")
]

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
        lambda chosen, stream: np.array(
            [kept_percent(chosen), kept_percent(stream.permuted(chosen, axis=0))]
        ),
        same_label,
        len(images),
        count,
        seeds=seeds,
        threads=threads,
    )
    return kinds.Fractions(
        kinds=KINDS,
        cuts=list(CUTS),
        first=kept_percent(images),
        choices=repeated[:, 0],
        nulls=repeated[:, 1],
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
    fractions = [graph.parse_cut(cut)[1] for cut in CUTS]
    table = []
    for keywords in BASES.values():
        weights = pairs.pair_weights(images, **keywords, threads=1)
        squares = np.square(weights)
        # A stochastic matrix has no negative entries, and no cut keeps them.
        np.maximum(weights, 0, out=weights)
        for matrix in (weights, squares):
            table += [kept(matrix, fractions, rows=rows) for rows in (False, True)]
            np.fill_diagonal(matrix, 0)
            table += [kept(matrix, fractions, rows=rows) for rows in (False, True)]
    return 100 * np.array(table) / images[0].size ** 2


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
