"""Draw figure 2: receptive fields, the most local first."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import Reconstructions
from studies.autoencoder.kinds import Locality

import numpy as np


@style.plain
def draw_figure2(fields, spreads, null_mean, *, columns=8):
    """Draw all receptive fields, the most local first.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron.
    spreads : ndarray of float, shape (hidden,)
        Spread of each, in lattice spacings.
    null_mean : float
        Mean spread with the pixels permuted.
    columns : int
        Number of panels in a row.

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = -(-len(fields) // columns)
    figure, axes = style.grid(
        rows,
        columns,
        width=1.9 * columns + 1.5,
        height=2.25 * rows + 0.8,
        title=f"{len(fields)} receptive fields, the most local first (spread in "
        f"lattice spacings; permuted pixels: {null_mean:.2f})",
    )
    order = np.argsort(spreads, kind="stable")
    for panel in axes.flat:
        panel.set_axis_off()
    for panel, neuron in zip(axes.flat, order, strict=False):
        largest = np.abs(fields[neuron]).max() or 1
        drawn = style.picture(
            panel,
            fields[neuron] / largest,
            title=f"{spreads[neuron]:.2f}",
            cmap=style.DIFFERENCE,
            vmin=-1,
            vmax=1,
        )
    bar = figure.colorbar(drawn, ax=axes, aspect=30)
    bar.set_label("weight, over the neuron's largest", fontsize=15)
    bar.ax.tick_params(labelsize=13)
    return figure


if __name__ == "__main__":
    with stages.logged(snakemake):
        network = storage.read(snakemake.input.reconstructions, Reconstructions)
        locality = storage.read(snakemake.input.locality, Locality)
        figure = draw_figure2(
            network.fields, locality.spreads, locality.null_spread.mean()
        )
        style.save(figure, **dict(snakemake.output.items()))
