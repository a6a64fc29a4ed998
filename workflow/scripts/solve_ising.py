"""Solve an Ising model exactly."""

from pixelwalk import ising, stages, storage
from pixelwalk.ising import reference

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    model = ising.Model.of(settings, **storage.read_edges(snakemake.input))
    storage.write(
        snakemake.output.exact,
        "exact",
        reference.solve(model),
        settings=settings,
        libraries=["scipy"],
    )
