"""Correlate stationary distributions with mean images (section 11, figure 4).

The same is done for pixels that are shuffled among the images, each by itself: they
have the same mean image, and no structure that a graph could learn.
"""

from functools import partial

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.graph import walk
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit import choices, kinds

import numpy as np


def measure_likeness(
    images, same_label, population, distribution, *, settings, seeds, threads
):
    """Correlate the walk with the mean image, of these images and of random choices.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Images of the graph.
    same_label : ndarray of uint8, shape (available, rows, columns)
        Images from which random choices of n images are made.
    population : pixelwalk.storage.kinds.images.Images
        Images of all digits with their `labels`.
    distribution : ndarray of float, shape (rows, columns)
        Stationary distribution of the walk on the graph.
    settings : dict
        `weight`, `cut` and `teleport`, as `correlations` takes them, and the number of
        `choices`.
    seeds : numpy.random.SeedSequence
        Each choice has a stream of its own.
    threads : int
        Threads to use; the result does not depend on it.

    Returns
    -------
    studies.digit.kinds.Likeness
    """
    measure = partial(
        correlations,
        weight=settings["weight"],
        cut=settings["cut"],
        teleport=settings["teleport"],
    )
    repeated = choices.over_choices(
        lambda chosen, stream: np.array(
            [measure(chosen), measure(choices.independent(chosen, stream))]
        ),
        same_label,
        len(images),
        settings["choices"],
        seeds=seeds,
        threads=threads,
    )
    return kinds.Likeness(
        first=measure(images),
        choices=repeated[:, 0],
        nulls=repeated[:, 1],
        digits=correlations_with_digits(
            distribution, population.images, population.labels
        ),
    )


def correlations(images, *, weight, cut, teleport):
    """Correlate stationary distribution, row sums and mean image.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        The images that are averaged.
    weight : dict
        Keywords for `pairs.pair_weights`.
    cut : str
        As `graph.sparsify` takes it.
    teleport : float
        As `walk.stationary_distribution` takes it.

    Returns
    -------
    ndarray of float64, shape (3,)
        Correlations (Pearson, over pixels) with the mean image: of the stationary
        distribution; of the row sums of the graph alone; and of the stationary
        distribution given the row sums (partial).
    """
    weights = graph.sparsify(pairs.pair_weights(images, **weight, threads=1), cut)
    visits, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    sums = walk.row_sums(weights)
    table = np.corrcoef([visits, sums, images.mean(axis=0).ravel()])
    with_visits, with_sums, between = table[0, 2], table[1, 2], table[0, 1]
    rest = np.sqrt(max(0, (1 - between**2) * (1 - with_sums**2)))
    partial_one = (with_visits - between * with_sums) / rest if rest > 0 else 0.0
    return np.array([with_visits, with_sums, partial_one])


def correlations_with_digits(distribution, population, labels):
    """Correlate a distribution with the mean image of every digit.

    Parameters
    ----------
    distribution : ndarray of float, shape (rows, columns)
        Probabilities.
    population : ndarray of uint8, shape (n, rows, columns)
        Images of all digits.
    labels : ndarray of uint8, shape (n,)
        What they show, 0 to 9.

    Returns
    -------
    ndarray of float64, shape (10,)
        Correlations (Pearson, over pixels); nan for a digit that is not there.
    """
    table = np.full(10, np.nan)
    for digit in np.unique(labels):
        mean = population[labels == digit].mean(axis=0)
        table[digit] = np.corrcoef(distribution.ravel(), mean.ravel())[0, 1]
    return table


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        first = storage.read(snakemake.input.images, Images)
        population = storage.read(snakemake.input.population, Images)
        stationary = storage.read(snakemake.input.stationary, Stationary)
        label = first.attributes["settings"]["label"]
        likeness = measure_likeness(
            first.images,
            choices.of_label(population, label),
            population,
            stationary.distribution,
            settings=settings,
            seeds=seeds.seed_sequence(seed, "likeness"),
            threads=snakemake.threads,
        )
        storage.write(
            snakemake.output.likeness,
            likeness,
            settings=settings | {"population": population.attributes["settings"]},
            source=first.attributes,
            seed=seed,
            libraries=["scipy"],
        )
