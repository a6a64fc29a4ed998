"""Correlate stationary distributions with mean images (section 11, figure 4).

The same is done for pixels that are shuffled among the images, each by itself: they
have the same mean image, and no structure that a graph could learn.
"""

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.graph import walk
from pixelwalk.graph.steps import total_variation
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.images import Images
from studies.digit import choices, kinds

import numpy as np


def measure_likeness(images, same_label, *, settings, seeds, threads):
    """Compare walk, row sums and mean image, of these images and of random choices.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Images of the graph.
    same_label : ndarray of uint8, shape (available, rows, columns)
        Images from which random choices are made.
    settings : dict
        `weight`, `cut` and `teleport`, as `compare` takes them, and the number of
        `choices`.
    seeds : numpy.random.SeedSequence
        Each choice has a stream of its own.
    threads : int
        Threads to use; the result does not depend on it.

    Returns
    -------
    studies.digit.kinds.Likeness
    """
    how = {key: settings[key] for key in ("weight", "cut", "teleport")}
    repeated = choices.over_choices(
        lambda chosen, stream: np.concatenate(compare(chosen, stream, **how)),
        same_label,
        len(images),
        settings["choices"],
        seeds=seeds,
        threads=threads,
    )
    first, _ = compare(images, np.random.default_rng(seeds.spawn(1)[0]), **how)
    return kinds.Likeness(
        first=first, choices=repeated[:, : len(first)], nulls=repeated[:, len(first) :]
    )


def compare(images, stream, *, weight, cut, teleport):
    """Compare the walks on images and on independent pixels, and their mean image.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        The images that are averaged.
    stream : numpy.random.Generator
        Shuffles pixels among the images, twice.
    weight : dict
        Keywords for `pairs.pair_weights`.
    cut : str
        As `graph.sparsify` takes it.
    teleport : float
        As `walk.stationary_distribution` takes it.

    Returns
    -------
    images, null : ndarray of float64, shape (3,)
        Correlations with the mean image (Pearson, over pixels), of the stationary
        distribution and of the row sums of the graph; and the total variation distance
        of the stationary distribution from that of independent pixels. Of the images,
        and of independent pixels with the same values.
    """
    mean = images.mean(axis=0).ravel()
    walks = []
    for pixels in (images, *(stream.permuted(images, axis=0) for _ in range(2))):
        weights = graph.sparsify(pairs.pair_weights(pixels, **weight, threads=1), cut)
        visits, _, _ = walk.stationary_distribution(weights, teleport=teleport)
        walks.append((visits, walk.row_sums(weights)))
    null = walks[1]
    return tuple(
        np.array(
            [
                correlation(visits, mean),
                correlation(sums, mean),
                total_variation(visits, null[0]),
            ]
        )
        for visits, sums in (walks[0], walks[2])
    )


def correlation(first, second):
    """Return the Pearson correlation; nan if one of both is constant."""
    with np.errstate(invalid="ignore"):
        return np.corrcoef(first, second)[0, 1]


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        first = storage.read(snakemake.input.images, Images)
        population = storage.read(snakemake.input.population, Images)
        label = first.attributes["settings"]["label"]
        likeness = measure_likeness(
            first.images,
            choices.of_label(population, label),
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
