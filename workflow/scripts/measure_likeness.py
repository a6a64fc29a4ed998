"""Measure how like the stationary distribution is to the mean image."""

from functools import partial

from pixelwalk import seeds, stages, storage
from pixelwalk.claims import choices, likeness

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    first = storage.read(snakemake.input.images, "images")
    population = storage.read(snakemake.input.population, "images")
    stationary = storage.read(snakemake.input.stationary, "stationary")
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
        "likeness",
        {
            "first": measure(first.images),
            "choices": repeated,
            "digits": likeness.likeness_to_digits(
                stationary.distribution, population.images, population.labels
            ),
        },
        settings=settings | {"population": population.attributes["settings"]},
        source=first.attributes,
        seed=seed,
        libraries=["scipy"],
    )
