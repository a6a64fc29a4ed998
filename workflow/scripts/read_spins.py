"""Read the training and test parts of an Ising ensemble from a file."""

from pixelwalk import ising, sources, stages, storage
from pixelwalk.ising import files

with stages.logged(snakemake):
    settings = snakemake.params.settings
    edges = storage.read_edges(sources.edges_of(settings), settings)
    spins = files.read_spins(sources.spins_of(settings), settings, edges)
    storage.write(
        snakemake.output.samples,
        "samples",
        ising.parts(spins, settings),
        settings=settings,
    )
