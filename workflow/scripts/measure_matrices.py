"""Measure what the claims on Toeplitz and circulant matrices need."""

from pixelwalk import seeds, stages, storage
from pixelwalk.claims import matrices

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    found = matrices.measure(
        settings["rows"],
        settings["columns"],
        settings["filter"],
        settings["draws"],
        settings["sizes"],
        seeds.generator(seed, "matrices", snakemake.wildcards.name),
    )
    storage.write(
        snakemake.output.matrices,
        "matrices",
        found,
        settings=settings,
        seed=seed,
        libraries=["scipy"],
    )
