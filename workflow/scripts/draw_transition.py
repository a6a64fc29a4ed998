"""Draw how the graph behind Ising samples changes through the critical point."""

from pixelwalk import stages, storage
from pixelwalk.figures import style, transitions
from pixelwalk.ising import Model
from pixelwalk.theory import onsager

with stages.logged(snakemake):
    measured = [storage.read(p, "transition") for p in snakemake.input.transitions]
    diagnosed = [storage.read(p, "diagnostics") for p in snakemake.input.diagnostics]
    models = [Model.of(made.attributes["settings"]) for made in diagnosed]
    figure = transitions.transition(
        [model.coupling for model in models],
        measured,
        [made.mean[1] for made in diagnosed],
        onsager.CRITICAL_COUPLING,
        onsager.spontaneous_magnetisation,
    )
    style.save(figure, **dict(snakemake.output.items()))
