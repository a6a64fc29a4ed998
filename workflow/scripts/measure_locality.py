"""Measure how local the receptive fields of an autoencoder are."""

from pixelwalk import seeds, stages, storage
from pixelwalk.claims import locality

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    made = storage.read(snakemake.input.reconstructions, "reconstructions")
    found = locality.locality(
        made.fields,
        storage.origin(made.attributes)["settings"].get("boundary", "free"),
        permutations=settings["permutations"],
        stream=seeds.generator(seed, "locality", snakemake.wildcards.name),
    )
    storage.write(
        snakemake.output.locality,
        "locality",
        found,
        settings=settings,
        source=made.attributes,
        seed=seed,
        libraries=["scipy"],
    )
