"""Measure the averaged correlations of Ising samples at one temperature."""

from pixelwalk import stages, storage
from pixelwalk.claims import transition

with stages.logged(snakemake.log[0]):
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
