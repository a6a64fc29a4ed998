"""Draw how the graph behind Ising samples changes through the critical point."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.ising.model import Model
from pixelwalk.ising.theory import onsager
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Diagnostics
from studies.transitions.kinds import Transition

import matplotlib
import numpy as np

_TITLE = 16  # size of the font

_BELOW = ("along", "cut", "order")  # the panels of the lower row

# Of the correlation at the critical point, along a row (Wu 1966): the factor of
# distance**(-1/4).
_CRITICAL_AMPLITUDE = 0.70338


@style.plain
def draw_transition(couplings, measured, magnetisations, critical, spontaneous):
    """Draw the averaged correlations at each temperature, and what a cut keeps.

    Parameters
    ----------
    couplings : sequence of float
        Couplings of the ensembles, in the standard convention.
    measured : sequence of Transition
        Measured quantities of each ensemble.
    magnetisations : sequence of float
        Mean absolute magnetisation per site of each ensemble.
    critical : float
        Critical coupling.
    spontaneous : callable
        Spontaneous magnetisation of the infinite lattice at a coupling.

    Returns
    -------
    matplotlib.figure.Figure
    """
    count = len(couplings)
    fields = [f"field {number}" for number in range(count)]
    figure, axes = style.mosaic(
        [np.repeat(fields, len(_BELOW)).tolist(), np.repeat(_BELOW, count).tolist()],
        width=max(4 * count, 15),
        height=10,
    )
    for name, coupling, one in zip(fields, couplings, measured, strict=True):
        title = f"K = {coupling:.4g}\n{coupling / critical:.3g} of the critical"
        drawn = style.picture(axes[name], one.field, title=title, vmin=0, vmax=1)
        axes[name].set(xticks=[], yticks=[])
    panels = [axes[name] for name in fields]
    figure.colorbar(drawn, ax=panels, label="correlation", aspect=12)
    colours = matplotlib.colormaps[style.AMOUNT](np.linspace(0, 0.9, count))
    for colour, coupling, one in zip(colours, couplings, measured, strict=True):
        look = {"color": colour, "label": f"K = {coupling:.4g}", "linewidth": 2.5}
        _along(axes["along"], one.correlation, **look)
        _cut(axes["cut"], one.levels, one.active, **look)
    far = np.arange(1, len(measured[0].correlation))
    law = _CRITICAL_AMPLITUDE * far**-0.25
    axes["along"].plot(far, law, "k:", label="critical, infinite lattice")
    axes["along"].legend(fontsize=12, loc="lower left")
    _order(axes["order"], couplings, measured, magnetisations, critical, spontaneous)
    return figure


def _along(panel, correlation, **look):
    far = np.flatnonzero(correlation > 0)[1:]
    panel.loglog(far, correlation[far], **look)
    panel.set_title("how far sites are correlated", fontsize=_TITLE)
    panel.set(
        xlabel="distance in a row or column",
        ylabel="correlation",
        ylim=(1e-3, 1.2),
    )


def _cut(panel, levels, active, **look):
    panel.semilogy(levels, 100 * active, **look)
    panel.set_title("what a cut leaves of the graph", fontsize=_TITLE)
    panel.set(
        xlabel="cut, as a share of the largest weight", ylabel="entries that stay, %"
    )


def _order(panel, couplings, measured, magnetisations, critical, spontaneous):
    room = max(couplings) - min(couplings) or critical
    curve = np.linspace(min(couplings) - 0.1 * room, max(couplings) + 0.1 * room, 400)
    panel.plot(
        curve,
        [spontaneous(coupling) for coupling in curve],
        "k:",
        label="magnetisation, infinite lattice",
    )
    panel.plot(couplings, magnetisations, "ko", label="magnetisation, samples")
    precision = [one.precision for one in measured]
    panel.plot(couplings, precision, "s-", label="edges found (precision-recall area)")
    panel.axvline(critical, color="gray", linewidth=1)
    panel.set_title("order, and the lattice's edges", fontsize=_TITLE)
    panel.set(xlabel="coupling K", ylim=(-0.03, 1.05))
    panel.legend(fontsize=12, loc="center left", bbox_to_anchor=(0, 0.33))


if __name__ == "__main__":
    with stages.logged(snakemake):
        measured = [storage.read(p, Transition) for p in snakemake.input.transitions]
        diagnosed = [storage.read(p, Diagnostics) for p in snakemake.input.diagnostics]
        models = [Model.of(one.attributes["settings"]) for one in diagnosed]
        figure = draw_transition(
            [model.coupling for model in models],
            measured,
            [one.mean[1] for one in diagnosed],
            onsager.CRITICAL_COUPLING,
            onsager.spontaneous_magnetisation,
        )
        style.save(figure, **dict(snakemake.output.items()))
