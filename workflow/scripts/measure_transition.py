"""Measure the averaged correlations of Ising samples at one temperature."""

from pixelwalk import stages, storage
from pixelwalk.claims import transition

with stages.logged(snakemake):
    averaged = storage.read(snakemake.input.weights, "weights")
    found = transition.transition(averaged.weights, *averaged.mean.shape)
    storage.write(
        snakemake.output.transition,
        "transition",
        found,
        settings={},
        source=averaged.attributes,
        libraries=["scipy"],
    )
