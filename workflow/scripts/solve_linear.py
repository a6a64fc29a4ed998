"""Solve for the linear map from all shifts of an image to those of another."""

from pixelwalk import storage
from pixelwalk.claims import least_squares
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import sources
from studies.linear.kinds import Optimum

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    pixels, source = storage.read_pixels(snakemake.input.images)
    found = least_squares.measure(
        *sources.pair(pixels, settings),
        settings,
        seeds.generator(seed, "linear", snakemake.wildcards.name, "shifts"),
    )
    storage.write(
        snakemake.output.optimum,
        Optimum(**found),
        settings=settings,
        source=source,
        seed=seed,
        libraries=["scipy"],
    )
