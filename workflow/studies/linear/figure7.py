"""Draw figure 7: linear layers become circulant, and where they do not."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.linear import drawing, kinds

import numpy as np

# Panels of a row, and their relative widths.
_PANELS = {"input": 3, "target": 3, "filter": 3, "learned": 3, "course": 6}
_WHOLE, _BAND = "C0", "C1"  # colours of the runs

_LOWEST = 1e-3  # smaller distances are not shown


@style.plain
def draw(names, optima, trainings):
    """Draw how one dense linear layer becomes circulant, and where it does not.

    Parameters
    ----------
    names : sequence of str
        Of the entries of the configuration: a row for each.
    optima : sequence of kinds.Optimum
    trainings : sequence of kinds.Training

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
        panels["input"].set_ylabel(name, fontsize=drawing.TITLE)
        if row == 0:
            titles = (
                "input",
                "target",
                "best filter",
                "trained matrix",
                "distance from the nearest circulant matrix",
            )
            for panel, title in zip(panels.values(), titles, strict=True):
                panel.set_title(title, fontsize=drawing.TITLE)
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
    figure.legend(*handles, fontsize=drawing.TITLE, loc="outside lower center", ncols=3)


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
    """Move the weight of no shift into the middle."""
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
        if trained.limit[run] > drawing.ROUNDING:
            panel.axhline(trained.limit[run], color=colour, linestyle=":")
        lowest = min(lowest, *curve)
    panel.axvline(trained.marks[-1], color="gray", linewidth=1)
    panel.set_ylim(max(lowest, _LOWEST) / 2, 1.6)


if __name__ == "__main__":
    with stages.logged(snakemake):
        optima = [storage.read(p, kinds.Optimum) for p in snakemake.input.optima]
        trainings = [storage.read(p, kinds.Training) for p in snakemake.input.trainings]
        figure = draw(snakemake.params.names, optima, trainings)
        style.save(figure, **dict(snakemake.output.items()))
