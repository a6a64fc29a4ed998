"""Measure how far one step of the walk moves an image."""

from pixelwalk import seeds, stages, storage
from pixelwalk.claims import steps

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    graph = storage.read(snakemake.input.graph, "graph")
    stationary = storage.read(snakemake.input.stationary, "stationary")
    test = storage.read(snakemake.input.test, "images")
    found = steps.steps(
        stationary.distribution.ravel(),
        graph.adjacency,
        settings["teleport"],
        test.images,
        stream=seeds.generator(seed, "steps"),
    )
    storage.write(
        snakemake.output.steps,
        "steps",
        found | {"image_labels": test.labels},
        settings=settings | {"test": test.attributes["settings"]},
        source=stationary.attributes,
        seed=seed,
        libraries=["scipy"],
    )
