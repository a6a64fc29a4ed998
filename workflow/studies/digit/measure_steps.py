"""Measure how far one step of the walk moves an image (section 11)."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.graph import steps
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph, Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit import kinds


def measure_steps(distribution, weights, teleport, test, *, stream):
    """Measure steps near the stationary distribution and steps of test images.

    Parameters
    ----------
    distribution : ndarray of float, shape (N,)
        The stationary distribution.
    weights : scipy.sparse.csr_array, shape (N, N)
        The graph.
    teleport : float
        Chance of a jump.
    test : pixelwalk.storage.kinds.images.Images
        Images of all digits with their `labels`.
    stream : numpy.random.Generator
        Source of random distributions.

    Returns
    -------
    studies.digit.kinds.Steps
    """
    measured = steps.steps(distribution, weights, teleport, test.images, stream=stream)
    return kinds.Steps(**measured, image_labels=test.labels)


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        graph = storage.read(snakemake.input.graph, Graph)
        stationary = storage.read(snakemake.input.stationary, Stationary)
        test = storage.read(snakemake.input.test, Images)
        measured = measure_steps(
            stationary.distribution.ravel(),
            graph.adjacency,
            settings["teleport"],
            test,
            stream=seeds.generator(seed, "steps"),
        )
        storage.write(
            snakemake.output.steps,
            measured,
            settings=settings | {"test": test.attributes["settings"]},
            source=stationary.attributes,
            seed=seed,
            libraries=["scipy"],
        )
