"""Sample the training and test parts of an Ising ensemble."""

from pixelwalk import ising, seeds, stages, storage

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    spins = ising.sample(
        settings["training"] + settings["test"],
        settings["rows"],
        settings["columns"],
        settings["beta"],
        boundary=settings["boundary"],
        bonds=settings["bonds"],
        sweeps=settings["sweeps"],
        seeds=seeds.seed_sequence(
            snakemake.params.seed, "ising", snakemake.wildcards.name
        ),
        threads=snakemake.threads,
    )
    storage.write(
        snakemake.output.samples,
        "samples",
        {
            "training": spins[: settings["training"]],
            "test": spins[settings["training"] :],
        },
        settings=settings,
        seed=snakemake.params.seed,
        libraries=["numba"],
    )
