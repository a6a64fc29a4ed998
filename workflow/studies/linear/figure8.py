"""Draw figure 8: layers, the shifts needed, their law in n, and the filters."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.linear import drawing, kinds
from studies.linear.law import SHARE

import matplotlib
import numpy as np
from scipy import stats

_SMALL = 13  # size of the font of legends


@style.plain
def draw(names, optima, trainings):
    """Draw layers, the shifts that are needed, their law in n, and the filters.

    Parameters
    ----------
    names : sequence of str
        Of the entries of the configuration: a column for each.
    optima : sequence of kinds.Optimum
    trainings : sequence of kinds.Training

    Returns
    -------
    matplotlib.figure.Figure
    """
    count = len(names)
    figure, axes = style.grid(4, count, width=max(4 * count, 7), height=16)
    columns = zip(axes.T, names, optima, trainings, strict=True)
    for column, name, best, trained in columns:
        column[0].set_title(name, fontsize=drawing.TITLE)
        _layers(column[0], trained)
        _shifts(column[1], best)
        _law(column[2], best)
        _local(column[3], best)
    lowest = min(
        np.min([trained.product_seen[:, -1], trained.product_seen_end])
        for trained in trainings
    )
    for panel in axes[0]:
        panel.set_ylim(max(lowest, drawing.ROUNDING) / 2, 1.6)
    labels = (
        "distance from circulant\n(deep networks)",
        "distance from circulant\n(some of the shifts)",
        "distance from circulant\n(n pixels)",
        "share of squared weight\nwithin a distance",
    )
    places = ("lower left", "upper right", "upper left", "upper left")
    for panel, label, place in zip(axes[:, 0], labels, places, strict=True):
        panel.set_ylabel(label)
        panel.legend(fontsize=_SMALL, loc=place)
    return figure


def _shades(count):
    return matplotlib.colormaps[style.AMOUNT](np.linspace(0, 0.85, count))


def _layers(panel, trained):
    after = trained.marks > 0
    steps = trained.marks[after]
    for i, colour in enumerate(_shades(len(trained.depths))):
        panel.loglog(
            steps,
            trained.product_seen[i, after],
            color=colour,
            linewidth=2.5,
            label=f"product of {trained.depths[i]}",
        )
        panel.plot(steps, trained.factors[i, after], "--", color=colour)
        end = max(trained.product_seen_end[i], drawing.ROUNDING)
        panel.plot(2 * steps[-1], end, "o", color=colour, markersize=9, clip_on=False)
    panel.plot([], [], "k--", label="nearest layer")
    panel.set(xlabel="steps of training")


def _shifts(panel, best):
    left_out = best.shifts[-1] - best.shifts
    for i, colour in enumerate(_shades(len(best.noise))):
        noise = f"noise {100 * best.noise[i]:g} %" if best.noise[i] else "no noise"
        panel.errorbar(
            left_out,
            best.distances[i],
            best.distance_errors[i],
            color=colour,
            linestyle=("-", "--", "-.")[i % 3],
            marker="osD"[i % 3],
            markersize=max(10 - 3 * i, 4),
            label=noise,
        )
    panel.axhline(0.1, color="k", linestyle=":")
    panel.set_xscale("symlog", linthresh=1, linscale=0.5)
    right = 1.3 * best.shifts[-1]
    panel.set(xlabel="shifts left out", ylim=(-0.03, 1.03), xlim=(right, -0.4))
    ticks = [n for n in (100, 10, 1, 0) if n <= best.shifts[-1]]
    panel.set_xticks(ticks, map(str, ticks))


def _law(panel, best):
    for values, colour, marker, label in (
        (best.law_tenth, "C0", "o", f"{SHARE:.0%} left out"),
        (best.law_permuted, "C7", "x", "the same, pixels permuted"),
        (best.law_one, "C1", "s", "one left out"),
    ):
        means = values.mean(axis=1) if values.size else []
        errors = stats.sem(values, axis=1) if values.size else []
        panel.errorbar(
            best.law_sizes, means, errors, color=colour, marker=marker, label=label
        )
    panel.set_xscale("log")
    panel.minorticks_off()
    panel.set_xticks(best.law_sizes, map(str, best.law_sizes))
    panel.set(xlabel="pixels n", ylim=(-0.03, 1.03))


def _local(panel, best):
    panel.plot(best.radii, best.within, color="C0", linewidth=2.5, label="best filter")
    panel.plot(best.radii, best.within_permuted, "C7--", label="taps permuted")
    panel.plot(best.radii, best.within_uniform, "k:", label="equal weights")
    panel.axvline(best.radius, color="C0", linewidth=1)
    panel.set(xlabel="distance, pixels", ylim=(-0.03, 1.03))
    size = np.size(best.input)
    text = f"90 % in {best.taps:.0f} of {size} taps"
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    look = {"ha": "right", "fontsize": 14, "bbox": box}
    panel.text(0.97, 0.06, text, transform=panel.transAxes, **look)


if __name__ == "__main__":
    with stages.logged(snakemake):
        optima = [storage.read(p, kinds.Optimum) for p in snakemake.input.optima]
        trainings = [storage.read(p, kinds.Training) for p in snakemake.input.trainings]
        figure = draw(snakemake.params.names, optima, trainings)
        style.save(figure, **dict(snakemake.output.items()))
