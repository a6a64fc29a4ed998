"""Measure how far a step of the walk moves an image, on the graph of every digit."""

from pixelwalk import storage
from pixelwalk.claims import fixed
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.images import Images
from studies.programme.kinds import FixedPoints

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    first = storage.read(snakemake.input.images, Images)
    population = storage.read(snakemake.input.population, Images)
    test = storage.read(snakemake.input.test, Images)
    found = fixed.fixed_points(
        population,
        test,
        count=len(first.images),
        **settings,
        stream=seeds.generator(seed, "fixed-points"),
    )
    storage.write(
        snakemake.output.fixed,
        FixedPoints(**found),
        settings=settings
        | {"count": len(first.images), "test": test.attributes["settings"]},
        source=population.attributes,
        seed=seed,
        libraries=["numba", "scipy"],
    )
