"""Measure how far a step of the walk moves images, on the graph of every digit."""

import logging

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.graph import steps, walk
from pixelwalk.jobs import progress, stages
from pixelwalk.storage.kinds.images import Images
from studies.programme.kinds import FixedPoints

import numpy as np

log = logging.getLogger(__name__)

# Test images of each digit, and random directions, that steps are measured with.
_SHOWN, _DRAWS = 100, 20


def measure_fixed_points(population, test, *, count, weight, cut, teleport, stream):
    """Measure the distance of x from its next step on the graph of every digit.

    Parameters
    ----------
    population, test : Images
        Training and test images of all digits.
    count : int
        Most images that the graph of a digit is learned from: its first ones, however
        the images of the paper's graph were chosen, so that all digits are alike.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    cut : str
        As `graph.sparsify` takes it.
    teleport : float
        Probability of a jump.
    stream : numpy.random.Generator
        Draws random directions.

    Returns
    -------
    FixedPoints
        Of the digits of the population, and the first test images of each digit.
        Vectors x lie in random directions from the stationary distribution and in those
        of single pixels.
    """
    digits = np.unique(population.labels)
    chosen = [np.flatnonzero(test.labels == d)[:_SHOWN] for d in np.unique(test.labels)]
    chosen = np.concatenate(chosen)
    rows = []
    for digit in digits:
        images = population.images[population.labels == digit][:count]
        weights = pairs.pair_weights(images, threads=1, **weight)
        adjacency = graph.sparsify(weights, cut)
        distribution, _, _ = walk.stationary_distribution(adjacency, teleport=teleport)
        measured = steps.steps(
            distribution,
            adjacency,
            teleport,
            test.images[chosen],
            stream=stream,
            draws=_DRAWS,
        )
        rows.append(
            {
                "moved": measured["moved"].mean(axis=1),
                "largest": measured["moved"].max(axis=1),
                "image_nearness": measured["image_nearness"],
                "image_moved": measured["image_moved"],
            }
        )
        progress.report(log, len(rows), len(digits), "digits", f"{len(images)} images")
    return FixedPoints(
        digits=digits,
        nearness=measured["nearness"],
        image_labels=test.labels[chosen],
        **{name: np.array([row[name] for row in rows]) for name in rows[0]},
    )


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        first = storage.read(snakemake.input.images, Images)
        population = storage.read(snakemake.input.population, Images)
        test = storage.read(snakemake.input.test, Images)
        measured = measure_fixed_points(
            population,
            test,
            count=len(first.images),
            **settings,
            stream=seeds.generator(seed, "fixed-points"),
        )
        storage.write(
            snakemake.output.fixed,
            measured,
            settings=settings
            | {"count": len(first.images), "test": test.attributes["settings"]},
            source=population.attributes,
            seed=seed,
            libraries=["numba", "scipy"],
        )
