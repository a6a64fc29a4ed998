"""Compare convolutional networks in Keras with their matrices."""

from pixelwalk import seeds, stages, storage

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
        "convolutions",
        found,
        settings=settings,
        seed=seed,
        libraries=["keras", "tensorflow", "scipy"],
    )
