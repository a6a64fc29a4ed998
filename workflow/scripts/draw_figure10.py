"""Draw figure 10: the patterns of weights, and how many samples show the edges."""

from pixelwalk import stages, storage
from pixelwalk.figures import patterns, style

with stages.logged(snakemake):
    images = storage.read(snakemake.input.images, "patterns")
    figure = patterns.figure10(
        storage.read(snakemake.input.lattice, "patterns"),
        images,
        storage.describe_digit(images.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
