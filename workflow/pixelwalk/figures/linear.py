"""Figures 7 and 8: linear networks that learn all shifts of an image."""

import matplotlib
import numpy as np

from pixelwalk.figures import style

_TITLE, _SMALL = 16, 13  # sizes of the font

# The panels of a row of figure 7, and how wide they are.
_PANELS = {"input": 3, "target": 3, "filter": 3, "learned": 3, "course": 6}
_WHOLE, _BAND = "C0", "C1"  # colours of the runs

# Distances below the first are rounding; those below the second are not shown.
_ROUNDING, _LOWEST = 1e-8, 1e-3


@style.plain
def figure7(names, optima, trainings):
    """Draw how one dense linear layer becomes circulant, and where it does not.

    Parameters
    ----------
    names : sequence of str
        Of the entries of the configuration: a row for each.
    optima, trainings : sequence of object
        Datasets of kinds `linear-optimum` and `linear-training` as attributes.

    Returns
    -------
    matplotlib.figure.Figure
    """
    layout = [
        [f"{panel} {row}" for panel, width in _PANELS.items() for _ in range(width)]
        for row in range(len(names))
    ]
    figure, axes = style.mosaic(layout, width=16, height=3.3 * len(names) + 0.4)
    rows = zip(names, optima, trainings, strict=True)
    for row, (name, best, trained) in enumerate(rows):
        panels = {panel: axes[f"{panel} {row}"] for panel in _PANELS}
        _image(panels["input"], best.input, style.AMOUNT)
        _image(panels["target"], best.target, style.AMOUNT)
        _image(panels["filter"], _centred(best.filter), style.DIFFERENCE)
        _weights(panels["learned"], trained.learned)
        _course(panels["course"], trained)
        panels["input"].set_ylabel(name, fontsize=_TITLE)
        if row == 0:
            titles = (
                "input",
                "target",
                "best filter",
                "trained matrix",
                "distance from the nearest circulant matrix",
            )
            for panel, title in zip(panels.values(), titles, strict=True):
                panel.set_title(title, fontsize=_TITLE)
    _legend(figure, axes["course 0"], trainings)
    axes[f"course {len(names) - 1}"].set_xlabel("steps of gradient descent")
    return figure


def _legend(figure, panel, trainings):
    rounding = max(trained.distances[0].max() for trained in trainings)
    for label, look in (
        (f"from zero: never above {rounding:.0e}", None),
        ("from random weights", {"color": _WHOLE, "marker": "o"}),
        ("the same, band-limited input", {"color": _BAND, "marker": "o"}),
        ("predicted by the spectrum", {"color": "k"}),
        ("what stays for ever", {"color": "k", "linestyle": ":"}),
        ("end of training", {"color": "gray", "linewidth": 1}),
    ):
        panel.plot([], [], label=label, **(look or {"linestyle": "none"}))
    handles = panel.get_legend_handles_labels()
    figure.legend(*handles, fontsize=_TITLE, loc="outside lower center", ncols=3)


def _image(panel, values, cmap):
    """Show an image, or a line of pixels as a curve."""
    if values.ndim == 1:
        panel.plot(np.arange(len(values)), values, color="C0", linewidth=1)
        panel.set_box_aspect(1)
        panel.set(yticks=[], xticks=[0, len(values) - 1])
        return
    limits = _symmetric(values) if cmap == style.DIFFERENCE else {}
    style.picture(panel, values, cmap=cmap, **limits)
    panel.set(xticks=[], yticks=[])


def _weights(panel, matrix):
    style.picture(panel, matrix, cmap=style.DIFFERENCE, **_symmetric(matrix))
    panel.set(xticks=[], yticks=[])


def _symmetric(values):
    largest = np.abs(values).max() or 1
    return {"vmin": -largest, "vmax": largest}


def _centred(values):
    """Put what belongs to no shift into the middle."""
    return np.roll(values, [n // 2 for n in values.shape], tuple(range(values.ndim)))


def _course(panel, trained):
    """Draw distances along training: measured, and predicted by the spectrum."""
    after = trained.marks > 0
    steps = np.concatenate([trained.marks[after], trained.ahead])
    lowest = 1.0
    for run, colour in ((1, _WHOLE), (2, _BAND)):
        curve = [*trained.predicted[run, after], *trained.predicted_ahead[run]]
        panel.loglog(steps, curve, color=colour)
        marked, measured = trained.marks[after][::3], trained.distances[run, after][::3]
        panel.plot(marked, measured, "o", color=colour)
        if trained.limit[run] > _ROUNDING:
            panel.axhline(trained.limit[run], color=colour, linestyle=":")
        lowest = min(lowest, *curve)
    panel.axvline(trained.marks[-1], color="gray", linewidth=1)
    panel.set_ylim(max(lowest, _LOWEST) / 2, 1.6)


@style.plain
def figure8(names, optima, trainings):
    """Draw layers and their product, the shifts that are needed, and the filters.

    Parameters
    ----------
    names : sequence of str
        Of the entries of the configuration: a column for each.
    optima, trainings : sequence of object
        Datasets of kinds `linear-optimum` and `linear-training` as attributes.

    Returns
    -------
    matplotlib.figure.Figure
    """
    count = len(names)
    figure, axes = style.grid(3, count, width=max(4 * count, 7), height=12)
    columns = zip(axes.T, names, optima, trainings, strict=True)
    for column, name, best, trained in columns:
        column[0].set_title(name, fontsize=_TITLE)
        _layers(column[0], trained)
        _shifts(column[1], best)
        _local(column[2], best)
    lowest = min(trained.product_seen.min() for trained in trainings)
    for panel in axes[0]:
        panel.set_ylim(max(lowest, _ROUNDING) / 2, 1.6)
    labels = (
        "distance from circulant\n(deep networks)",
        "distance from circulant\n(some of the shifts)",
        "share of squared weight\nwithin a distance",
    )
    places = ("lower left", "upper right", "upper left")
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
