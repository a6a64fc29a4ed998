"""Compute the mean weight of every pair of pixels over an ensemble or an image set."""

from pixelwalk import pairs, storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.pairs import Weights

with stages.logged(snakemake):
    pixels, source = storage.read_pixels(snakemake.input.pixels)
    weights = pairs.pair_weights(
        pixels, **snakemake.params.weight, threads=snakemake.threads
    )
    storage.write(
        snakemake.output.weights,
        Weights(weights=weights, mean=pairs.mean_image(pixels)),
        settings=snakemake.params.weight | {"name": snakemake.wildcards.name},
        source=source,
        libraries=["numba"],
    )
