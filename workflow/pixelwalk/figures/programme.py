"""Figures 9 to 11: networks that learn to give a stationary distribution."""

import matplotlib
import numpy as np

from pixelwalk.figures import style

# Of Okabe and Ito, safe for the colour-blind; and markers, to be told apart without.
_COLOURS = ("#000000", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_MARKERS = "os^DvPX"

_TITLE = 16  # size of the font

# Entries above this percentile of a matrix are drawn as if they were at it.
_CLIPPED = 99.5


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
            drawn = _matrix(panel, matrix, f"{title}\n{far or name}")
        panels = [axes[f"{of} {place}"] for place in places]
        bar = figure.colorbar(drawn, ax=panels, aspect=14)
        bar.set_label("entry, in a unit of its own", fontsize=14)
        bar.set_ticks([-1, 0, 1], labels=["−", "0", "+"])
        panels[0].set_ylabel(f"{name}\nto pixel", fontsize=15)
        _spectra(axes[f"{of} spectrum"], run, f"singular values, {name}")
    axes["a spectrum"].legend(fontsize=13, loc="lower left")
    _rates(axes["rate"], {"Ising samples": lattice.optimum, dataset: images.optimum})
    return figure


def figure10(lattice, images, dataset):
    """Draw the patterns of the weights, and how many samples show the edges.

    Parameters
    ----------
    lattice, images : object
        Datasets of the kind `patterns`.
    dataset : str
        What the images are.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = style.grid(4, 2, width=15, height=21)
    for column, (run, name) in enumerate(
        ((lattice, "Ising samples"), (images, dataset))
    ):
        _shares(axes[0, column], run)
        axes[0, column].set_title(
            f"{name}\nhow many weights are large", fontsize=_TITLE
        )
        _profiles(axes[1, column], run)
        _areas(axes[2, column], run)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4, fontsize=15)
    _wrong_edges(axes[3, 0], lattice)
    _couplings(axes[3, 1], lattice)
    return figure


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
    figure, axes = style.grid(2, 2, width=15, height=13.5)
    _efficiency(axes[0, 0], lattice, "Ising samples")
    _efficiency(axes[0, 1], images, dataset)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    told = {"title": "networks, above", "fontsize": 16, "title_fontsize": 16}
    axes[1, 1].legend(handles, labels, loc="center", **told)
    axes[1, 1].set_axis_off()
    _fixed_points(axes[1, 0], fixed)
    return figure


def _matrix(panel, matrix, title):
    largest = np.percentile(np.abs(matrix), _CLIPPED) or np.abs(matrix).max() or 1
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
        label = f"{name}: {run.rate:.3f} ± {run.rate_error:.1g}"
        look = {"color": _COLOURS[number], "marker": _MARKERS[number]}
        panel.errorbar(run.draws, mean, error, linestyle="none", label=label, **look)
        line = mean[-1] * (run.draws / run.draws[-1]) ** -0.5
        panel.plot(run.draws, line, ":", color=_COLOURS[number])
    panel.set(xscale="log", yscale="log", xlabel="single steps that are learned from")
    panel.set_ylabel("relative distance from the walk")
    panel.set_title("learning from single steps", fontsize=_TITLE)
    panel.set_ylim(None, 30 * panel.get_ylim()[1])
    told = {"title": "power of the steps (dotted: −1/2)", "title_fontsize": 11}
    panel.legend(fontsize=10, loc="upper right", **told)


def _look(number):
    return {"color": _COLOURS[number], "linewidth": 2.2}


def _shares(panel, run):
    for number, kind in enumerate(run.kinds):
        panel.plot(run.levels, 100 * run.shares[number], label=kind, **_look(number))
    panel.axhline(100 * run.chance, color="gray", linestyle=":", label="share of edges")
    panel.set(xlabel="level, as a share of the largest weight", yscale="log")
    panel.set_ylabel("weights of at least this size, %")
    panel.set_ylim(100 * run.chance / 30, 150)


def _profiles(panel, run):
    for number in range(len(run.kinds)):
        known = np.where(run.profiles[number] > 0, run.profiles[number], np.nan)
        look = _look(number) | {"marker": _MARKERS[number], "markersize": 5}
        panel.semilogy(run.distances, known, **look)
    panel.set_title("how far they reach", fontsize=_TITLE)
    panel.set(xlabel="distance between two pixels", ylim=(1e-4, 1.5))
    panel.set_ylabel("mean size, share of the largest")


def _areas(panel, run):
    for number in range(len(run.kinds)):
        known = np.isfinite(run.precision[:, number])
        look = _look(number) | {"marker": _MARKERS[number]}
        if known.any():
            panel.errorbar(
                run.sizes[known],
                run.precision[known, number],
                run.error[known, number],
                capsize=3,
                **look,
            )
        elif np.isfinite(run.final_precision[number]):
            panel.axhline(run.final_precision[number], linestyle="--", **_look(number))
    panel.axhline(run.chance, color="gray", linestyle=":")
    panel.set_title(
        "whether the heaviest are the edges (dashed: all images)", fontsize=_TITLE
    )
    panel.set(xscale="log", xlabel="images that are learned from", ylim=(-0.03, 1.05))
    panel.set_ylabel("precision-recall area")


def _wrong_edges(panel, run):
    for number, method in enumerate(run.methods):
        known = np.isfinite(run.missing[:, number])
        own = method == "pseudo-likelihood"
        colour = _COLOURS[(0, 2, 3, 1)[number]]
        look = {"color": colour, "marker": _MARKERS[number], "capsize": 3}
        drawn = [("missing", "-", "missing" if own else "missing, as many false")]
        drawn += [("false", "--", "false")] if own else []
        for part, line, told in drawn:
            values = getattr(run, part)[known, number]
            error = getattr(run, f"{part}_error")[known, number]
            label = f"{method}: {told}"
            size = run.sizes[known]
            panel.errorbar(size, values, error, linestyle=line, label=label, **look)
    panel.set_xscale("log")
    panel.set_yscale("symlog", linthresh=1)
    panel.set_ylim(-0.1, 30 * run.edges)  # room for the legend
    panel.set_title(f"wrong edges, of {run.edges} of the lattice", fontsize=_TITLE)
    panel.set(xlabel="samples", ylabel="edges, mean over batches")
    panel.legend(fontsize=12, loc="upper right")


def _couplings(panel, run):
    known = np.isfinite(run.coupling_found)
    sizes, mean = run.sizes[known], run.coupling_found[known]
    look = {"capsize": 3, "marker": "o", "color": _COLOURS[1]}
    panel.errorbar(
        sizes, mean, run.coupling_found_error[known], label="mean", zorder=3, **look
    )
    spread = run.coupling_rms[known]
    band = {"color": _COLOURS[1], "alpha": 0.2, "label": "error on a single edge, rms"}
    panel.fill_between(sizes, run.coupling - spread, run.coupling + spread, **band)
    panel.axhspan(0.95 * run.coupling, 1.05 * run.coupling, color="gray", alpha=0.35)
    panel.axhline(run.coupling, color="black", label=f"true: {run.coupling:g} (± 5 %)")
    panel.set(xscale="log", xlabel="samples", ylabel="coupling K of the edges found")
    panel.set_ylim(0, 3 * run.coupling)
    panel.set_title("coupling by pseudo-likelihood", fontsize=_TITLE)
    panel.legend(fontsize=13)


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
    panel.axhline(run.optimum.loss, color="gray", linestyle=":")
    panel.set(xscale="log", yscale="log", xlabel="parameters")
    panel.margins(x=0.12)
    panel.set_ylabel("loss on held-out images (1: of giving nothing)")
    panel.set_title(
        f"{name}\n(dotted: best dense linear layer, training)", fontsize=_TITLE
    )
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
    title = f"one step of the walk, on the\ngraphs of {len(found.digits)} digits"
    panel.set_title(title, fontsize=_TITLE)
    handles, labels = panel.get_legend_handles_labels()
    panel.legend(handles, labels, fontsize=13, loc="lower left", markerscale=2)
