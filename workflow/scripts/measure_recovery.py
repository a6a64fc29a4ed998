"""Measure how well growing numbers of Ising samples recover the lattice."""

from pixelwalk import stages, storage
from pixelwalk.claims import recovery

with stages.logged(snakemake):
    samples = storage.read(snakemake.input.samples, "samples")
    exact = storage.read(snakemake.input.exact, "exact")
    found = recovery.recovery(
        samples.training,
        samples.attributes["settings"]["boundary"],
        snakemake.params.settings["sizes"],
        exact.correlations,
    )
    storage.write(
        snakemake.output.recovery,
        "recovery",
        found,
        settings=snakemake.params.settings,
        source=samples.attributes,
        libraries=["numba"],
    )
