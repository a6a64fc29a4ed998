"""Draw figure 10: the patterns of weights, and how many samples show the edges."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.programme.drawing import COLOURS, MARKERS, TITLE
from studies.programme.kinds import Patterns

import numpy as np

# Widths and styles of lines, chosen so that lines that coincide can all be seen.
_WIDTHS = (3, 2.5, 4.5, 2, 2.5, 4.5, 2)
_LINES = ("-", "-", "-", (0, (4, 3)), (0, (1, 1)), "-", (0, (5, 4)))

# The same fit has the same colour, whether it is cut with the truth or without.
_OF_METHODS = {
    "averaged pairs": 0,
    "linear regression": 2,
    "logistic regression": 3,
    "pseudo-likelihood": 3,
}


@style.plain
def draw_figure10(lattice, images, dataset):
    """Draw the patterns of the weights, and how many samples show the edges.

    Parameters
    ----------
    lattice, images : Patterns
        Of Ising samples and of images.
    dataset : str
        Name of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, axes = style.grid(4, 2, width=15, height=21)
    for column, (run, name) in enumerate(
        ((lattice, "Ising samples"), (images, dataset))
    ):
        _shares(axes[0, column], run)
        axes[0, column].set_title(f"{name}\nhow many weights are large", fontsize=TITLE)
        _profiles(axes[1, column], run)
        _areas(axes[2, column], run)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4, fontsize=15)
    _wrong_edges(axes[3, 0], lattice)
    _couplings(axes[3, 1], lattice)
    return figure


def _look(number):
    look = {"color": COLOURS[number], "linewidth": _WIDTHS[number]}
    return look | {"linestyle": _LINES[number]}


def _drawn(run):
    """List numbers and names of the ways to learn, without layers sparse by design."""
    return list(enumerate(run.kinds[: len(COLOURS)]))


def _shares(panel, run):
    for number, kind in _drawn(run):
        panel.plot(run.levels, 100 * run.shares[number], label=kind, **_look(number))
    panel.axhline(100 * run.chance, color="gray", linestyle=":", label="share of edges")
    panel.set(xlabel="level, as a share of the largest weight", yscale="log")
    panel.set_ylabel("weights of at least this size, %")
    panel.set_ylim(100 * run.chance / 30, 150)


def _profiles(panel, run):
    for number, _ in _drawn(run):
        known = np.where(run.profiles[number] > 0, run.profiles[number], np.nan)
        look = _look(number) | {"marker": MARKERS[number], "markersize": 5}
        panel.semilogy(run.distances, known, **look)
    panel.set_title("how far they reach", fontsize=TITLE)
    panel.set(xlabel="distance between two pixels", ylim=(1e-4, 1.5))
    panel.set_ylabel("mean size, share of the largest")


def _areas(panel, run):
    for number, _ in _drawn(run):
        known = np.isfinite(run.precision[:, number])
        look = _look(number) | {"marker": MARKERS[number]}
        if known.any():
            panel.errorbar(
                run.sizes[known],
                run.precision[known, number],
                run.error[known, number],
                capsize=3,
                **look,
            )
        elif np.isfinite(run.final_precision[number]):
            panel.axhline(run.final_precision[number], **_look(number))
    panel.axhline(run.chance, color="gray", linestyle=":")
    panel.set_title(
        "whether the heaviest are the edges\n(no markers: not learned from so many)",
        fontsize=TITLE,
    )
    panel.set(
        xscale="log",
        xlabel="images (or steps) that are learned from",
        ylim=(-0.03, 1.05),
    )
    panel.set_ylabel("precision-recall area")


def _wrong_edges(panel, run):
    for number, method in enumerate(run.methods):
        known = np.isfinite(run.missing[:, number])
        own = method == "pseudo-likelihood"
        look = {"color": COLOURS[_OF_METHODS[method]], "marker": MARKERS[number]}
        look |= {"capsize": 3, "markersize": 8, "linewidth": 2}
        drawn = [("missing", "-" if own else "--", "missing" if own else "cut")]
        drawn += [("false", ":", "false")] if own else []
        for part, line, what in drawn:
            values = getattr(run, part)[known, number]
            error = getattr(run, f"{part}_error")[known, number]
            look["markerfacecolor"] = look["color"] if line == "-" else "white"
            panel.errorbar(
                run.sizes[known],
                values,
                error,
                linestyle=line,
                label=f"{method}, {what}",
                **look,
            )
    panel.set_xscale("log")
    panel.set_yscale("symlog", linthresh=1)
    panel.set_ylim(-0.1, 30 * run.edges)  # room for the legend
    panel.set_title(f"wrong edges, of {run.edges} of the lattice", fontsize=TITLE)
    panel.set(xlabel="samples", ylabel="edges, mean over batches")
    panel.legend(fontsize=13, loc="upper right")


def _couplings(panel, run):
    known = np.isfinite(run.coupling_found)
    sizes, mean = run.sizes[known], run.coupling_found[known]
    colour = COLOURS[_OF_METHODS["pseudo-likelihood"]]
    look = {"capsize": 3, "marker": MARKERS[3], "color": colour}
    panel.errorbar(
        sizes, mean, run.coupling_found_error[known], label="mean", zorder=3, **look
    )
    spread = run.coupling_rms[known]
    label = "true ± error on a single edge, rms"
    band = {"color": colour, "alpha": 0.2, "label": label}
    panel.fill_between(sizes, run.coupling - spread, run.coupling + spread, **band)
    panel.axhspan(0.95 * run.coupling, 1.05 * run.coupling, color="gray", alpha=0.35)
    panel.axhline(run.coupling, color="black", label=f"true: {run.coupling:g} (± 5 %)")
    panel.set(xscale="log", xlabel="samples", ylabel="coupling K of the edges found")
    if run.coupling != 0:
        panel.set_ylim(*sorted((0, 3 * run.coupling)))
    panel.set_title("coupling by pseudo-likelihood", fontsize=TITLE)
    panel.legend(fontsize=13)


if __name__ == "__main__":
    with stages.logged(snakemake):
        lattice = storage.read(snakemake.input.lattice, Patterns)
        images = storage.read(snakemake.input.images, Patterns)
        dataset = storage.describe_digit(images.attributes)
        figure = draw_figure10(lattice, images, dataset)
        style.save(figure, **dict(snakemake.output.items()))
