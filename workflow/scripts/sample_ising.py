"""Sample the training and test parts of an Ising ensemble, and diagnose it."""

from pixelwalk import ising, seeds, stages, storage
from pixelwalk.ising import diagnostics

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    model = ising.Model.of(settings, storage.read_edges(settings))
    settings = ising.settle(settings, model)
    course = ising.course(settings)
    stream = seed, "ising", snakemake.wildcards.name
    samples, burned = ising.sample(
        settings["training"] + settings["test"],
        model,
        **course,
        seeds=seeds.seed_sequence(*stream),
        threads=snakemake.threads,
    )
    found = diagnostics.diagnose(
        diagnostics.per_site(samples, model),
        burned,
        model,
        **course,
        seeds=seeds.seed_sequence(*stream),
    )
    storage.write(
        snakemake.output.samples,
        "samples",
        ising.parts(samples, settings),
        settings=settings,
        seed=seed,
        libraries=["numba"],
    )
    storage.write(
        snakemake.output.diagnostics,
        "diagnostics",
        found,
        settings=settings,
        seed=seed,
        libraries=["numba", "scipy", "arviz-stats"],
    )
