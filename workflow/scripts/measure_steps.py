"""Measure how far one step of the walk moves an image."""

from pixelwalk import storage
from pixelwalk.claims import steps
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph, Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit.kinds import Steps

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    graph = storage.read(snakemake.input.graph, Graph)
    stationary = storage.read(snakemake.input.stationary, Stationary)
    test = storage.read(snakemake.input.test, Images)
    found = steps.steps(
        stationary.distribution.ravel(),
        graph.adjacency,
        settings["teleport"],
        test.images,
        stream=seeds.generator(seed, "steps"),
    )
    storage.write(
        snakemake.output.steps,
        Steps(**found | {"image_labels": test.labels}),
        settings=settings | {"test": test.attributes["settings"]},
        source=stationary.attributes,
        seed=seed,
        libraries=["scipy"],
    )
