"""Measure which share of the pairs stays, for every kind of weight."""

from pixelwalk import storage
from pixelwalk.claims import choices, fractions
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.images import Images
from studies.digit.kinds import Fractions

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    first = storage.read(snakemake.input.images, Images)
    population = storage.read(snakemake.input.population, Images)
    repeated = choices.over_choices(
        fractions.kept_percent,
        choices.of_label(population, first.attributes["settings"]["label"]),
        len(first.images),
        settings["choices"],
        seeds=seeds.seed_sequence(seed, "fractions"),
        threads=snakemake.threads,
    )
    storage.write(
        snakemake.output.fractions,
        Fractions(
            kinds=fractions.KINDS,
            cuts=list(fractions.CUTS),
            first=fractions.kept_percent(first.images),
            choices=repeated,
        ),
        settings=settings | {"population": population.attributes["settings"]},
        source=first.attributes,
        seed=seed,
        libraries=["numba"],
    )
