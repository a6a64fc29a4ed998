"""Figures 1 and 2: what the autoencoder gives back, and what its neurons look at."""

import numpy as np

from pixelwalk.figures import style


@style.plain
def figure1(originals, reconstructions, *, shown=6):
    """Draw held-out images, what came back, and the error beside it.

    Parameters
    ----------
    originals, reconstructions : ndarray of float, shape (n, rows, columns)
        Pixels from 0 to 1.
    shown : int
        How many images; the first ones.

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


@style.plain
def figure2(fields, spreads, null_mean, *, columns=8):
    """Draw all receptive fields, the most local first.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron.
    spreads : ndarray of float, shape (hidden,)
        Spread of each, in lattice spacings.
    null_mean : float
        Mean spread when the pixels are permuted.
    columns : int
        Panels in a row.

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
