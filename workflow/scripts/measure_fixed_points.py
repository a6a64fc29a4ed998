"""Measure how far a step of the walk moves an image, on the graph of every digit."""

from pixelwalk import seeds, stages, storage
from pixelwalk.claims import fixed

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    first = storage.read(snakemake.input.images, "images")
    population = storage.read(snakemake.input.population, "images")
    test = storage.read(snakemake.input.test, "images")
    found = fixed.fixed_points(
        population,
        test,
        count=len(first.images),
        **settings,
        stream=seeds.generator(seed, "fixed-points"),
    )
    storage.write(
        snakemake.output.fixed,
        "fixed-points",
        found,
        settings=settings
        | {"count": len(first.images), "test": test.attributes["settings"]},
        source=population.attributes,
        seed=seed,
        libraries=["numba", "scipy"],
    )
