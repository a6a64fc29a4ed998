"""Solve an Ising model exactly."""

from pixelwalk import ising, stages, storage
from pixelwalk.ising import reference

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    edges = storage.read_edges(snakemake.input.get("edges"), settings)
    model = ising.Model.of(settings, edges)
    storage.write(
        snakemake.output.exact,
        "exact",
        reference.solve(model),
        settings=settings,
        libraries=["scipy"],
    )
