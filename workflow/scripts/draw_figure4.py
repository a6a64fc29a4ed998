"""Draw figure 4: stationary distribution and mean image."""

from pixelwalk import storage
from pixelwalk.figures import graphs, style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images

with stages.logged(snakemake):
    images = storage.read(snakemake.input.images, Images)
    walk = storage.read(snakemake.input.stationary, Stationary)
    figure = graphs.figure4(
        images.images[0],
        walk.distribution,
        walk.mean,
        storage.describe_images(images.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
