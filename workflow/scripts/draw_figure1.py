"""Draw figure 1: held-out images and their reconstructions."""

from pixelwalk import storage
from pixelwalk.figures import networks, style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import Reconstructions

with stages.logged(snakemake):
    made = storage.read(snakemake.input.reconstructions, Reconstructions)
    figure = networks.figure1(made.originals, made.reconstructions)
    style.save(figure, **dict(snakemake.output.items()))
