"""Figures 9 and 11: networks that learn to give a stationary distribution."""

import matplotlib
import numpy as np

from pixelwalk.figures import patterns, style

_COLOURS, _MARKERS = patterns.COLOURS, patterns.MARKERS

_TITLE = 16  # size of the font

# Entries above a percentile of a matrix are drawn as if they were at it; in the closed
# form those of pixels that are rarely on are so large that no other would be seen.
_CLIPPED, _CLOSED_FORM_CLIPPED = 99.5, 90


@style.plain
def figure9(lattice, images, dataset):
    """Draw the matrix of the walk beside what is learned in its place.

    Parameters
    ----------
    lattice, images : object
        With `networks` and `optimum`: datasets of the kinds `programme-networks` and
        `programme-optimum`.
    dataset : str
        What the images are.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    places = ("chain", "closed_form", "trained", "one_step")
    layout = [np.repeat([f"{of} {p}" for p in places], 3).tolist() for of in "ab"]
    below = ("a spectrum", "b spectrum", "rate")
    figure, axes = style.mosaic(
        [*layout, np.repeat(below, 4).tolist()], width=15, height=13
    )
    for of, made, name in (("a", lattice, "Ising samples"), ("b", images, dataset)):
        run, trained = made.optimum, made.networks.matrices[0]
        matrices = (run.chain, run.closed_form, trained, run.one_step)
        away = ["", *[f"distance {d:.3f}" for d in run.scaled_distances]]
        titles = ("matrix of the walk", "closed form", "trained", "single steps")
        for place, matrix, title, far in zip(
            places, matrices, titles, away, strict=True
        ):
            panel = axes[f"{of} {place}"]
            clipped = _CLOSED_FORM_CLIPPED if place == "closed_form" else _CLIPPED
            drawn = _matrix(panel, matrix, f"{title}\n{far or name}", clipped)
        axes[f"{of} chain"].set_ylabel(f"{name}\nto pixel", fontsize=15)
        _spectra(axes[f"{of} spectrum"], run, f"singular values, {name}")
    panels = [axes[f"{of} {place}"] for of in "ab" for place in places]
    bar = figure.colorbar(drawn, ax=panels, aspect=30)
    bar.set_label("entry, in a unit of each matrix's own", fontsize=15)
    bar.set_ticks([-1, 0, 1], labels=["−", "0", "+"])
    axes["a spectrum"].legend(fontsize=14, loc="lower left")
    _rates(axes["rate"], {"Ising samples": lattice.optimum, dataset: images.optimum})
    return figure


@style.plain
def figure11(lattice, images, fixed, dataset):
    """Draw what networks need for which loss, and how far a step moves images.

    Parameters
    ----------
    lattice, images : object
        With `networks` and `optimum`: datasets of the kinds `programme-networks` and
        `programme-optimum`.
    fixed : object
        Datasets of the kind `fixed-points`.
    dataset : str
        What the images are.

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


def _matrix(panel, matrix, title, clipped):
    largest = np.percentile(np.abs(matrix), clipped) or np.abs(matrix).max() or 1
    drawn = style.picture(
        panel,
        matrix / largest,
        title=title,
        cmap=style.DIFFERENCE,
        vmin=-1,
        vmax=1,
        interpolation="antialiased",
    )
    panel.set(xticks=[], yticks=[], xlabel="from pixel")
    return drawn


def _spectra(panel, run, title):
    spectra = {"matrix of the walk": run.chain_singular_values}
    spectra |= zip(run.names, run.singular_values, strict=True)
    order = np.arange(1, len(run.chain_singular_values) + 1)
    styles = ("-", "-", "-", "--")
    for number, (name, values) in enumerate(spectra.items()):
        shares = np.maximum(values / values[0], 1e-17)
        look = {"color": _COLOURS[number], "linestyle": styles[number]}
        panel.loglog(order, shares, marker=".", label=name, linewidth=2, **look)
    panel.set_title(title, fontsize=_TITLE)
    panel.set(xlabel="number of the singular value", ylabel="share of the first")
    panel.set_ylim(1e-4, 2)


def _rates(panel, runs):
    for number, (name, run) in enumerate(runs.items()):
        mean = run.one_step_distances.mean(axis=1)
        spread = run.one_step_distances.std(axis=1, ddof=1)
        error = spread / np.sqrt(run.one_step_distances.shape[1])
        label = f"{name}:\n{run.rate:.4f} ± {run.rate_error:.4f}".replace("-", "−")
        look = {"color": _COLOURS[number], "marker": _MARKERS[number]}
        panel.errorbar(run.draws, mean, error, linestyle="none", label=label, **look)
        line = mean[-1] * (run.draws / run.draws[-1]) ** -0.5
        panel.plot(run.draws, line, ":", color=_COLOURS[number])
    panel.set(xscale="log", yscale="log", xlabel="single steps that are learned from")
    panel.set_ylabel("relative distance from the walk")
    panel.set_title("learning from single steps", fontsize=_TITLE)
    panel.set_ylim(None, 300 * panel.get_ylim()[1])
    told = {"title": "power (dotted: −1/2)", "title_fontsize": 14}
    panel.legend(fontsize=14, loc="upper right", **told)


def _efficiency(panel, run, name):
    made = run.networks
    kinds = list(dict.fromkeys(made.kinds))
    for row, kind in enumerate(made.kinds):
        linear, biased = made.activations[row] == "linear", made.biases[row]
        number = kinds.index(kind)
        colour = _COLOURS[(0, 2, 1)[number]]
        label = f"{kind}, {'linear' if linear else 'ReLU'}"
        panel.plot(
            made.parameters[row],
            made.test_loss[row],
            "x" if biased else _MARKERS[number],
            color="gray" if biased else colour,
            markerfacecolor="white" if linear else colour,
            markersize=11,
            markeredgewidth=2,
            label="dense, linear, with bias" if biased else label,
        )
        if made.kernels[row]:
            side = made.kernels[row]
            panel.annotate(
                f"{side}×{side}",
                (made.parameters[row], made.test_loss[row]),
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
    panel.set_title(name, fontsize=_TITLE)
    handles, labels = panel.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    for label, handle in zip(labels, handles, strict=True):
        if handle is not once[label]:
            handle.set_label("_again")


def _fixed_points(panel, found):
    own = found.image_labels[None, :] == found.digits[:, None]
    colours = matplotlib.colormaps[style.AMOUNT]([0.75, 0.05])
    for chosen, label, colour in (
        (~own, "test images of other digits", colours[0]),
        (own, "test images of the graph's digit", colours[1]),
    ):
        near, moved = found.image_nearness[chosen], found.image_moved[chosen]
        ratio = np.divide(moved, near, out=np.ones_like(near), where=near > 0)
        panel.scatter(near, ratio, 5, color=colour, label=label, rasterized=True)
    for row in range(len(found.digits)):
        label = "farthest of random x and single pixels" if row == 0 else None
        look = {"markersize": 8, "markerfacecolor": "none", "label": label}
        ratio = found.largest[row] / found.nearness
        panel.plot(found.nearness, ratio, "s", color=_COLOURS[1], **look)
    panel.axhline(1, color="black", linewidth=1)
    panel.axhline(2, color="black", linestyle=":", label="bound that is a theorem")
    panel.set(xscale="log", xlabel="distance of x from the distribution")
    panel.set_ylabel("movement of x, over its distance")
    panel.set_ylim(0, 2.1)
    title = f"one step of the walk, on the graphs of {len(found.digits)} digits"
    panel.set_title(title, fontsize=_TITLE)
    handles, labels = panel.get_legend_handles_labels()
    panel.legend(handles, labels, fontsize=14, loc="lower left", markerscale=2)
