"""Measure the averaged correlations of Ising samples at one temperature."""

from pixelwalk import storage
from pixelwalk.claims import transition
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.pairs import Weights
from studies.transitions.kinds import Transition

with stages.logged(snakemake):
    averaged = storage.read(snakemake.input.weights, Weights)
    found = transition.transition(averaged.weights, *averaged.mean.shape)
    storage.write(
        snakemake.output.transition,
        Transition(**found),
        settings={},
        source=averaged.attributes,
        libraries=["scipy"],
    )
