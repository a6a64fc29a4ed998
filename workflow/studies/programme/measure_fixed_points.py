"""Measure distance and loss of images for the walk on the graph of every digit."""

import logging

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.graph import walk
from pixelwalk.jobs import progress, stages
from pixelwalk.storage.kinds.images import Images
from studies.programme import chains, low_loss
from studies.programme.kinds import FixedPoints

import numpy as np

log = logging.getLogger(__name__)

#: What the graphs are averaged over: the images of a digit, and the same with every
#: pixel shuffled among them, so that pixels are independent with the same values.
GRAPHS = ("images", "independent pixels")

# Bootstrap samples of the test images.
_RESAMPLES = 200


def measure_fixed_points(population, test, *, count, weight, cut, teleport, stream):
    """Measure distances and losses of test images on the graph of every digit.

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
        Shuffles pixels, and draws bootstrap samples of the test images.

    Returns
    -------
    FixedPoints
        Of the digits of the population and all test images.
    """
    digits, size = np.unique(population.labels), len(test.images)
    shown = low_loss.as_distributions(test.images)
    drawn = stream.multinomial(size, np.full(size, 1 / size), _RESAMPLES)
    counts = np.concatenate([np.ones((1, size)), drawn])
    rows = []
    for digit in digits:
        images = population.images[population.labels == digit][:count]
        both = []
        for pixels in (images, stream.permuted(images, axis=0)):
            weights = pairs.pair_weights(pixels, threads=1, **weight)
            adjacency = graph.sparsify(weights, cut)
            both.append(_of_graph(adjacency, teleport, shown, counts))
            if len(both) == 1:
                steps = _farthest(adjacency, teleport)
        row = {name: np.array([one[name] for one in both]) for name in both[0]}
        rows.append(row | steps)
        progress.report(log, len(rows), len(digits), "digits", f"{len(images)} images")
    return FixedPoints(
        digits=digits,
        graphs=list(GRAPHS),
        image_labels=test.labels,
        teleport=teleport,
        **{name: np.array([row[name] for row in rows]) for name in rows[0]},
    )


def _of_graph(adjacency, teleport, shown, counts):
    """Distances and losses for the walk on one graph, and how far they agree."""
    target, _, _ = walk.stationary_distribution(adjacency, teleport=teleport)
    transitions = walk.transition_matrix(adjacency).toarray()
    euclidean, variation = low_loss.norms(shown, target, transitions, teleport)
    overlaps, ranks = low_loss.agreement(*euclidean, counts)
    other_overlap, other_rank = low_loss.agreement(*variation, counts[:1])
    return {
        "distances": euclidean[0],
        "losses": euclidean[1],
        "overlaps": overlaps,
        "ranks": ranks,
        "variation_overlaps": other_overlap[0],
        "variation_ranks": other_rank[0],
    }


def _farthest(adjacency, teleport):
    """How far a step moves x at most, by pairs of pixels and by one such step."""
    target, _, _ = walk.stationary_distribution(adjacency, teleport=teleport)
    chain = chains.chain(adjacency, teleport)
    ratio, pair = low_loss.farthest(chain)
    return {"farthest": ratio, "attained": low_loss.moved(chain, target, pair)}


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
