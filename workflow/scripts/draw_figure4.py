"""Draw figure 4: stationary distribution and mean image."""

from pixelwalk import stages, storage
from pixelwalk.figures import graphs, style

with stages.logged(snakemake):
    images = storage.read(snakemake.input.images, "images")
    walk = storage.read(snakemake.input.stationary, "stationary")
    figure = graphs.figure4(
        images.images[0],
        walk.distribution,
        walk.mean,
        storage.describe_images(images.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
