"""Sample the training and test parts of an Ising ensemble; compute its diagnostics."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.ising import diagnostics, sampling
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Diagnostics, Samples

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    model = sampling.Model.of(settings, storage.read_edges(settings))
    settings = sampling.choose_method(settings, model)
    options = sampling.method_and_sweeps(settings)
    stream = seed, "ising", snakemake.wildcards.name
    samples, burned = sampling.sample(
        settings["training"] + settings["test"],
        model,
        **options,
        seeds=seeds.seed_sequence(*stream),
        threads=snakemake.threads,
    )
    diagnosed = diagnostics.diagnose(
        diagnostics.per_site(samples, model),
        burned,
        model,
        **options,
        seeds=seeds.seed_sequence(*stream),
    )
    storage.write(
        snakemake.output.samples,
        Samples(**sampling.split(samples, settings)),
        settings=settings,
        seed=seed,
        libraries=["numba"],
    )
    storage.write(
        snakemake.output.diagnostics,
        Diagnostics(**diagnosed),
        settings=settings,
        seed=seed,
        libraries=["numba", "scipy", "arviz-stats"],
    )
