"""Measure what the claims on Toeplitz and circulant matrices need."""

from pixelwalk import storage
from pixelwalk.claims import matrices
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from studies.matrices.kinds import Matrices

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
        Matrices(**found),
        settings=settings,
        seed=seed,
        libraries=["scipy"],
    )
