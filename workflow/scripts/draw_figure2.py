"""Draw figure 2: receptive fields in the order of how local they are."""

from pixelwalk import stages, storage
from pixelwalk.figures import networks, style

with stages.logged(snakemake):
    made = storage.read(snakemake.input.reconstructions, "reconstructions")
    found = storage.read(snakemake.input.locality, "locality")
    figure = networks.figure2(made.fields, found.spreads, found.null_spread.mean())
    style.save(figure, **dict(snakemake.output.items()))
