"""Figure 4: stationary distribution of the walk, and mean image."""

from pixelwalk import storage
from pixelwalk.figures import graphs, style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images

import numpy as np


@style.plain
def draw_figure4(image, stationary, mean, dataset):
    """Draw one image, the stationary distribution, the mean image and the difference.

    Parameters
    ----------
    image, stationary, mean : ndarray of float, shape (rows, columns)
        One of the images; probabilities; the mean of the images.
    dataset : str
        Name of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, axes = style.grid(2, 2, width=11.5, height=10, title=dataset)
    panels = axes.flat
    difference = stationary - mean / mean.sum()
    largest = np.abs(difference).max()
    style.picture(panels[0], image, title="one image", label="grey value")
    graphs.draw_probabilities(panels[1], stationary, "stationary distribution")
    style.picture(panels[2], mean, title="mean image", label="mean grey value")
    graphs.draw_probabilities(
        panels[3],
        difference,
        "stationary minus mean (each sums to 1)",
        cmap=style.DIFFERENCE,
        vmin=-largest,
        vmax=largest,
    )
    for panel in panels:
        panel.set(xticks=[], yticks=[])
    return figure


if __name__ == "__main__":
    with stages.logged(snakemake):
        images = storage.read(snakemake.input.images, Images)
        walk = storage.read(snakemake.input.stationary, Stationary)
        figure = draw_figure4(
            images.images[0],
            walk.distribution,
            walk.mean,
            storage.describe_images(images.attributes),
        )
        style.save(figure, **dict(snakemake.output.items()))
