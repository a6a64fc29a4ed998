"""Sample one shard of an Ising ensemble, and measure its configurations."""

import logging

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.ising import diagnostics, sampling
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Shard

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    edges = storage.read_edges(settings)
    model = sampling.Model.of(settings, edges)
    # join_samples warns once for all shards.
    settings = sampling.choose_method(settings, model, level=logging.INFO)
    samples, burned = sampling.sample(
        settings["training"] + settings["test"],
        model,
        **sampling.method_and_sweeps(settings),
        seeds=seeds.seed_sequence(seed, "ising", snakemake.wildcards.name),
        shard=int(snakemake.wildcards.shard),
        shards=int(snakemake.wildcards.shards),
        threads=snakemake.threads,
    )
    storage.write(
        snakemake.output.shard,
        Shard(
            samples=samples,
            measured=diagnostics.per_site(samples, model),
            burned=burned,
        ),
        settings=settings | dict(snakemake.wildcards),
        seed=seed,
        libraries=["numba"],
    )
