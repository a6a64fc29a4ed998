"""Compare convolutional networks in Keras with their matrices."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from studies.matrices.kinds import Convolutions

with stages.logged(snakemake):
    from pixelwalk.networks import backend, convolution

    settings, seed = snakemake.params.settings, snakemake.params.seed
    backend.prepare(snakemake.threads)
    found = convolution.compare(
        settings["rows"],
        settings["columns"],
        settings["filter"],
        settings["draws"],
        seeds.generator(seed, "convolutions", snakemake.wildcards.name),
    )
    storage.write(
        snakemake.output.convolutions,
        Convolutions(**found),
        settings=settings,
        seed=seed,
        libraries=["keras", "tensorflow", "scipy"],
    )
