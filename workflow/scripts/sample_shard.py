"""Sample one shard of an Ising ensemble, and measure its configurations."""

import logging

from pixelwalk import ising, seeds, stages, storage
from pixelwalk.ising import diagnostics

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    edges = storage.read_edges(settings)
    model = ising.Model.of(settings, edges)
    # Once is enough for people: join_samples warns them.
    settings = ising.settle(settings, model, level=logging.INFO)
    samples, burned = ising.sample(
        settings["training"] + settings["test"],
        model,
        **ising.course(settings),
        seeds=seeds.seed_sequence(seed, "ising", snakemake.wildcards.name),
        shard=int(snakemake.wildcards.shard),
        shards=int(snakemake.wildcards.shards),
        threads=snakemake.threads,
    )
    storage.write(
        snakemake.output.shard,
        "shard",
        {
            "samples": samples,
            "measured": diagnostics.per_site(samples, model),
            "burned": burned,
        },
        settings=settings | dict(snakemake.wildcards),
        seed=seed,
        libraries=["numba"],
    )
