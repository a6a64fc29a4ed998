"""Measure how well growing numbers of Ising samples recover the lattice."""

from pixelwalk import storage
from pixelwalk.claims import recovery
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Exact, Samples
from studies.lattice.kinds import Recovery

with stages.logged(snakemake):
    samples = storage.read(snakemake.input.samples, Samples)
    exact = storage.read(snakemake.input.exact, Exact)
    found = recovery.recovery(
        samples.training,
        samples.attributes["settings"]["boundary"],
        snakemake.params.settings["sizes"],
        exact.correlations,
    )
    storage.write(
        snakemake.output.recovery,
        Recovery(**found),
        settings=snakemake.params.settings,
        source=samples.attributes,
        libraries=["numba"],
    )
