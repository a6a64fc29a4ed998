"""The picture of a benchmark: cost against size, with the limit drawn in."""

import matplotlib
from matplotlib.figure import Figure

from pixelwalk import storage

# Ours first; told apart by the colour-blind too (Wong 2011), and by their markers.
_COLOURS = (
    "#000000",
    "#D55E00",
    "#0072B2",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
)
_MARKERS = "osD^vPX"


def draw(path, title, sweeps):
    """Draw every sweep of a benchmark in a panel of its own.

    Parameters
    ----------
    path : path-like
        PNG file to write.
    title : str
        Above all panels.
    sweeps : sequence of dict
        As `document.sweep` makes them.
    """
    with matplotlib.rc_context({"font.size": 13, "savefig.dpi": 120}):
        figure = Figure(figsize=(7.5 * len(sweeps), 6.2), layout="constrained")
        panels = figure.subplots(1, len(sweeps), squeeze=False)[0]
        for panel, found in zip(panels, sweeps, strict=True):
            _draw_sweep(panel, found)
        figure.suptitle(title)
        with storage.whole(path) as unfinished:
            figure.savefig(unfinished)


def _draw_sweep(panel, found):
    for number, (name, curve) in enumerate(found["curves"].items()):
        panel.plot(
            curve["sizes"],
            curve["cost"],
            color=_COLOURS[number % len(_COLOURS)],
            marker=_MARKERS[number % len(_MARKERS)],
            linewidth=2.5 if number == 0 else 1.5,
            label=_label(name, curve["exponent"]),
        )
        panel.fill_between(
            curve["sizes"],
            curve["lowest"],
            curve["highest"],
            color=_COLOURS[number % len(_COLOURS)],
            alpha=0.2,
            linewidth=0,
        )
    limit = found["limit"]
    if limit is not None:
        label = _label(limit["what"], limit["exponent"])
        panel.plot(limit["sizes"], limit["cost"], "--", color="#777777", label=label)
    panel.set(
        xscale="log",
        yscale="log",
        xlabel=found["over"],
        ylabel=f"seconds for {found['cost']}",
    )
    panel.grid(True, which="major", alpha=0.3)
    panel.legend(fontsize=10)


def _label(name, exponent):
    if exponent is None or exponent["value"] is None:
        return name
    return f"{name} (exponent {exponent['value']:.2f})"
