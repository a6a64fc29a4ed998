"""Draw figure 10: the patterns of weights, and how many samples show the edges."""

from pixelwalk import storage
from pixelwalk.figures import patterns, style
from pixelwalk.jobs import stages
from studies.programme.kinds import Patterns

with stages.logged(snakemake):
    images = storage.read(snakemake.input.images, Patterns)
    figure = patterns.figure10(
        storage.read(snakemake.input.lattice, Patterns),
        images,
        storage.describe_digit(images.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
