"""Measure which share of the pairs stays, for every kind of weight."""

from pixelwalk import seeds, stages, storage
from pixelwalk.claims import choices, fractions

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    first = storage.read(snakemake.input.images, "images")
    population = storage.read(snakemake.input.population, "images")
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
        "fractions",
        {
            "kinds": fractions.KINDS,
            "cuts": list(fractions.CUTS),
            "first": fractions.kept_percent(first.images),
            "choices": repeated,
        },
        settings=settings | {"population": population.attributes["settings"]},
        source=first.attributes,
        seed=seed,
        libraries=["numba"],
    )
