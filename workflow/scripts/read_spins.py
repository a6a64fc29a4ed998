"""Read the training and test parts of an Ising ensemble from a file."""

from pathlib import Path

from pixelwalk import ising, stages, storage
from pixelwalk.ising import files

with stages.logged(snakemake):
    settings = snakemake.params.settings
    edges = storage.read_edges(settings)
    spins = files.read_spins(Path(settings["source"]), settings, edges)
    storage.write(
        snakemake.output.samples,
        "samples",
        ising.parts(spins, settings),
        settings=settings,
    )
