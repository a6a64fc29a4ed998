"""Draw figure 11: parameters against loss, and how far a step moves images."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.programme import drawing
from studies.programme.drawing import COLOURS, MARKERS, TITLE
from studies.programme.kinds import FixedPoints

import matplotlib
import numpy as np


@style.plain
def draw_figure11(lattice, images, fixed, dataset):
    """Draw what networks need for which loss, and how far a step moves images.

    Parameters
    ----------
    lattice, images : drawing.Run
        Over Ising samples and over images.
    fixed : FixedPoints
    dataset : str
        Name of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    rows = 6 * [["a", "b"]] + [["legend"] * 2] + 4 * [["fixed"] * 2]
    figure, axes = style.mosaic(rows, width=15, height=13.5)
    _efficiency(axes["a"], lattice, "Ising samples")
    _efficiency(axes["b"], images, dataset)
    handles, labels = axes["a"].get_legend_handles_labels()
    axes["legend"].legend(handles, labels, loc="center", ncols=4, fontsize=15)
    axes["legend"].set_axis_off()
    _fixed_points(axes["fixed"], fixed)
    return figure


def _efficiency(panel, run, name):
    networks = run.networks
    kinds = list(dict.fromkeys(networks.kinds))
    for row, kind in enumerate(networks.kinds):
        linear, biased = networks.activations[row] == "linear", networks.biases[row]
        number = kinds.index(kind)
        colour = COLOURS[(0, 2, 1)[number]]
        label = f"{kind}, {'linear' if linear else 'ReLU'}"
        panel.plot(
            networks.parameters[row],
            networks.test_loss[row],
            "x" if biased else MARKERS[number],
            color="gray" if biased else colour,
            markerfacecolor="white" if linear else colour,
            markersize=11,
            markeredgewidth=2,
            label="dense, linear, with bias" if biased else label,
        )
        if networks.kernels[row]:
            side = networks.kernels[row]
            panel.annotate(
                f"{side}×{side}",
                (networks.parameters[row], networks.test_loss[row]),
                xytext=(-10 if linear else 10, -4),
                textcoords="offset points",
                ha="right" if linear else "left",
                fontsize=12,
            )
    best = run.optimum.test_loss
    panel.axhline(
        best, color="gray", linestyle=":", label="closed form (dense, linear)"
    )
    panel.set(xscale="log", yscale="log", xlabel="parameters")
    panel.margins(x=0.12)
    panel.set_ylabel("loss on held-out images (1: of giving nothing)")
    panel.set_title(name, fontsize=TITLE)
    handles, labels = panel.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    for label, handle in zip(labels, handles, strict=True):
        if handle is not once[label]:
            handle.set_label("_again")


def _fixed_points(panel, fixed):
    own = fixed.image_labels[None, :] == fixed.digits[:, None]
    colours = matplotlib.colormaps[style.AMOUNT]([0.75, 0.05])
    for chosen, label, colour in (
        (~own, "test images of other digits", colours[0]),
        (own, "test images of the graph's digit", colours[1]),
    ):
        near, moved = fixed.image_nearness[chosen], fixed.image_moved[chosen]
        ratio = np.divide(moved, near, out=np.ones_like(near), where=near > 0)
        panel.scatter(near, ratio, 5, color=colour, label=label, rasterized=True)
    for row in range(len(fixed.digits)):
        label = "farthest of random x and single pixels" if row == 0 else None
        look = {"markersize": 8, "markerfacecolor": "none", "label": label}
        ratio = fixed.largest[row] / fixed.nearness
        panel.plot(fixed.nearness, ratio, "s", color=COLOURS[1], **look)
    panel.axhline(1, color="black", linewidth=1)
    panel.axhline(2, color="black", linestyle=":", label="bound that is a theorem")
    panel.set(xscale="log", xlabel="distance of x from the distribution")
    panel.set_ylabel("movement of x, over its distance")
    panel.set_ylim(0, 2.1)
    title = f"one step of the walk, on the graphs of {len(fixed.digits)} digits"
    panel.set_title(title, fontsize=TITLE)
    handles, labels = panel.get_legend_handles_labels()
    panel.legend(handles, labels, fontsize=14, loc="lower left", markerscale=2)


if __name__ == "__main__":
    with stages.logged(snakemake):
        runs = drawing.read_runs(snakemake.input.networks, snakemake.input.optima)
        fixed = storage.read(snakemake.input.fixed, FixedPoints)
        dataset = storage.describe_digit(runs[1].networks.attributes)
        figure = draw_figure11(*runs, fixed, dataset)
        style.save(figure, **dict(snakemake.output.items()))
