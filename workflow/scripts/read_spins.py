"""Read the training and test parts of an Ising ensemble from a file."""

from pixelwalk import ising, stages, storage
from pixelwalk.ising import files

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    edges = storage.read_edges(snakemake.input.get("edges"), settings)
    spins = files.read_spins(snakemake.input.spins, settings, edges)
    storage.write(
        snakemake.output.samples,
        "samples",
        ising.parts(spins, settings),
        settings=settings,
    )
