"""Solve an Ising model exactly."""

from pixelwalk import storage
from pixelwalk.ising import reference
from pixelwalk.ising.model import Model
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Exact

with stages.logged(snakemake):
    settings = snakemake.params.settings
    edges = storage.read_edges(settings)
    model = Model.of(settings, edges)
    storage.write(
        snakemake.output.exact,
        Exact(**reference.solve(model)),
        settings=settings,
        libraries=["scipy"],
    )
