"""Sample the training and test parts of an Ising ensemble, and diagnose it."""

from pixelwalk import ising, seeds, stages, storage
from pixelwalk.ising import diagnostics

with stages.logged(snakemake.log[0]):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    model = ising.Model.of(settings)
    course = {
        "method": settings["method"],
        "sweeps": settings["budget" if settings["method"] == "exact" else "sweeps"],
    }
    stream = ("ising", snakemake.wildcards.name)
    samples, burned = ising.sample(
        settings["training"] + settings["test"],
        model,
        **course,
        seeds=seeds.seed_sequence(seed, *stream),
        threads=snakemake.threads,
    )
    found = diagnostics.diagnose(
        samples, burned, model, **course, seeds=seeds.seed_sequence(seed, *stream)
    )
    made = {"settings": settings, "seed": seed, "libraries": ["numba"]}
    storage.write(
        snakemake.output.samples,
        "samples",
        {
            "training": samples.part(0, settings["training"]),
            "test": samples.part(settings["training"], len(samples)),
        },
        **made,
    )
    made["libraries"] += ["scipy", "arviz-stats"]
    storage.write(snakemake.output.diagnostics, "diagnostics", found, **made)
