"""Draw figure 11: parameters against loss, and the loss of images by distance."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.programme import drawing
from studies.programme.drawing import COLOURS, MARKERS, TITLE
from studies.programme.kinds import FixedPoints

import matplotlib

# Of the test images of all digits' graphs, one in so many is drawn.
_THINNED = 10


@style.plain
def draw_figure11(lattice, images, fixed, dataset):
    """Draw what networks need for which loss, and the loss of images by distance.

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
    rows = 6 * [["a", "b"]] + [["legend"] * 2] + 6 * [["own", "null"]]
    figure, axes = style.mosaic(rows, width=15, height=15)
    _efficiency(axes["a"], lattice, "Ising samples")
    _efficiency(axes["b"], images, dataset)
    handles, labels = axes["a"].get_legend_handles_labels()
    axes["legend"].legend(handles, labels, loc="center", ncols=4, fontsize=15)
    axes["legend"].set_axis_off()
    for graph, name in enumerate(("own", "null")):
        _losses(axes[name], fixed, graph)
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


def _losses(panel, fixed, graph):
    own = fixed.image_labels[None, :] == fixed.digits[:, None]
    distances, losses = fixed.distances[:, graph], fixed.losses[:, graph]
    colours = matplotlib.colormaps[style.AMOUNT]([0.75, 0.05])
    for chosen, label, colour in (
        (~own, "of other digits", colours[0]),
        (own, "of the graph's digit", colours[1]),
    ):
        panel.scatter(
            distances[chosen][::_THINNED],
            losses[chosen][::_THINNED],
            5,
            color=colour,
            label=label,
            rasterized=True,
        )
    overlap, rank = fixed.overlaps[:, graph, 0], fixed.ranks[:, graph, 0]
    panel.set_title(
        f"test images, walk on the graph of {fixed.graphs[graph]}\n"
        f"overlap {overlap.min():.2f} to {overlap.max():.2f}, "
        f"rank correlation {rank.min():.2f} to {rank.max():.2f}",
        fontsize=TITLE,
    )
    panel.set(xlabel="distance of x from y", ylabel="loss: distance of T x from y")
    panel.set_ylim(0, None)
    panel.legend(fontsize=14, loc="lower right", markerscale=2)


if __name__ == "__main__":
    with stages.logged(snakemake):
        runs = drawing.read_runs(snakemake.input.networks, snakemake.input.optima)
        fixed = storage.read(snakemake.input.fixed, FixedPoints)
        dataset = storage.describe_digit(runs[1].networks.attributes)
        figure = draw_figure11(*runs, fixed, dataset)
        style.save(figure, **dict(snakemake.output.items()))
