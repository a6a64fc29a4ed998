"""Solve an Ising model exactly."""

from pixelwalk import ising, stages, storage
from pixelwalk.ising import reference

with stages.logged(snakemake):
    settings = snakemake.params.settings
    edges = storage.read_edges(settings)
    model = ising.Model.of(settings, edges)
    storage.write(
        snakemake.output.exact,
        "exact",
        reference.solve(model),
        settings=settings,
        libraries=["scipy"],
    )
