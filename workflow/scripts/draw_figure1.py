"""Draw figure 1: held-out images and their reconstructions."""

from pixelwalk import stages, storage
from pixelwalk.figures import networks, style

with stages.logged(snakemake):
    made = storage.read(snakemake.input.reconstructions, "reconstructions")
    figure = networks.figure1(made.originals, made.reconstructions)
    style.save(figure, **dict(snakemake.output.items()))
