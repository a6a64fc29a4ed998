"""Measure how local the receptive fields of an autoencoder are."""

from pixelwalk import storage
from pixelwalk.claims import locality
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import Reconstructions
from studies.autoencoder.kinds import Locality

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    made = storage.read(snakemake.input.reconstructions, Reconstructions)
    found = locality.locality(
        made.fields,
        storage.origin(made.attributes)["settings"].get("boundary", "free"),
        permutations=settings["permutations"],
        stream=seeds.generator(seed, "locality", snakemake.wildcards.name),
    )
    storage.write(
        snakemake.output.locality,
        Locality(**found),
        settings=settings,
        source=made.attributes,
        seed=seed,
        libraries=["scipy"],
    )
