"""Join the shards of an Ising ensemble, and diagnose it."""

import numpy as np

from pixelwalk import bits, ising, seeds, stages, storage
from pixelwalk.ising import diagnostics

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    edges = storage.read_edges(settings)
    shards = [storage.read(path, "shard") for path in snakemake.input.shards]
    model = ising.Model.of(settings, edges)
    settings = ising.settle(settings, model)
    found = diagnostics.diagnose(
        np.concatenate([shard.measured for shard in shards], axis=1),
        np.concatenate([shard.burned for shard in shards]),
        model,
        **ising.course(settings),
        seeds=seeds.seed_sequence(seed, "ising", snakemake.wildcards.name),
    )
    samples = bits.joined([shard.samples for shard in shards])
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
