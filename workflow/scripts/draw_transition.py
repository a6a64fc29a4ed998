"""Draw how the graph behind Ising samples changes through the critical point."""

from pixelwalk import storage
from pixelwalk.figures import style, transitions
from pixelwalk.ising.model import Model
from pixelwalk.ising.theory import onsager
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Diagnostics
from studies.transitions.kinds import Transition

with stages.logged(snakemake):
    measured = [storage.read(p, Transition) for p in snakemake.input.transitions]
    diagnosed = [storage.read(p, Diagnostics) for p in snakemake.input.diagnostics]
    models = [Model.of(made.attributes["settings"]) for made in diagnosed]
    figure = transitions.transition(
        [model.coupling for model in models],
        measured,
        [made.mean[1] for made in diagnosed],
        onsager.CRITICAL_COUPLING,
        onsager.spontaneous_magnetisation,
    )
    style.save(figure, **dict(snakemake.output.items()))
