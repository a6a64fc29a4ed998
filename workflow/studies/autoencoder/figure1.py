"""Draw figure 1: held-out images and their reconstructions."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import Reconstructions

import numpy as np


@style.plain
def draw_figure1(originals, reconstructions, *, shown=6):
    """Draw held-out images, their reconstructions, and the absolute error.

    Parameters
    ----------
    originals, reconstructions : ndarray of float, shape (n, rows, columns)
        Pixels from 0 to 1.
    shown : int
        Number of images; the first ones are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    shown = min(shown, len(originals))
    figure, axes = style.grid(
        3, shown, width=2.2 * shown + 1.5, height=7.4, sharex=True, sharey=True
    )
    error = np.abs(reconstructions[:shown] - originals[:shown])
    rows = (
        ("original", originals, style.STATES, "state"),
        ("reconstruction", reconstructions, style.STATES, "chance of 1"),
        ("error", error, style.AMOUNT, "absolute error"),
    )
    for panels, (name, images, cmap, label) in zip(axes, rows, strict=True):
        for panel, image in zip(panels, images[:shown], strict=True):
            drawn = style.picture(panel, image, cmap=cmap, vmin=0, vmax=1)
            panel.set(xticks=[], yticks=[])
        panels[0].set_ylabel(name, fontsize=16)
        bar = figure.colorbar(drawn, ax=panels, aspect=12)
        bar.set_label(label, fontsize=14)
        bar.ax.tick_params(labelsize=13)
    for number, panel in enumerate(axes[0], start=1):
        panel.set_title(f"held out {number}", fontsize=15)
    return figure


if __name__ == "__main__":
    with stages.logged(snakemake):
        network = storage.read(snakemake.input.reconstructions, Reconstructions)
        figure = draw_figure1(network.originals, network.reconstructions)
        style.save(figure, **dict(snakemake.output.items()))
