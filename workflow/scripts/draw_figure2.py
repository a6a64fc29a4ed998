"""Draw figure 2: receptive fields in the order of how local they are."""

from pixelwalk import storage
from pixelwalk.figures import networks, style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import Reconstructions
from studies.autoencoder.kinds import Locality

with stages.logged(snakemake):
    made = storage.read(snakemake.input.reconstructions, Reconstructions)
    found = storage.read(snakemake.input.locality, Locality)
    figure = networks.figure2(made.fields, found.spreads, found.null_spread.mean())
    style.save(figure, **dict(snakemake.output.items()))
