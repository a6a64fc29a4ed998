"""Read the training and test parts of an Ising ensemble from a file."""

from pathlib import Path

from pixelwalk import storage
from pixelwalk.ising import files, sampling
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Samples

with stages.logged(snakemake):
    settings = snakemake.params.settings
    edges = storage.read_edges(settings)
    spins = files.read_spins(Path(settings["source"]), settings, edges)
    storage.write(
        snakemake.output.samples,
        Samples(**sampling.split(spins, settings)),
        settings=settings,
    )
