"""Measure how like the stationary distribution is to the mean image."""

from functools import partial

from pixelwalk import storage
from pixelwalk.claims import choices, likeness
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit.kinds import Likeness

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    first = storage.read(snakemake.input.images, Images)
    population = storage.read(snakemake.input.population, Images)
    stationary = storage.read(snakemake.input.stationary, Stationary)
    measure = partial(
        likeness.likeness,
        weight=settings["weight"],
        cut=settings["cut"],
        teleport=settings["teleport"],
    )
    repeated = choices.over_choices(
        measure,
        choices.of_label(population, first.attributes["settings"]["label"]),
        len(first.images),
        settings["choices"],
        seeds=seeds.seed_sequence(seed, "likeness"),
        threads=snakemake.threads,
    )
    storage.write(
        snakemake.output.likeness,
        Likeness(
            first=measure(first.images),
            choices=repeated,
            digits=likeness.likeness_to_digits(
                stationary.distribution, population.images, population.labels
            ),
        ),
        settings=settings | {"population": population.attributes["settings"]},
        source=first.attributes,
        seed=seed,
        libraries=["scipy"],
    )
