"""Join the shards of an Ising ensemble, and compute its diagnostics."""

import numpy as np

from pixelwalk import storage
from pixelwalk.compute import bits, seeds
from pixelwalk.ising import diagnostics, sampling
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Diagnostics, Samples, Shard

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    edges = storage.read_edges(settings)
    shards = [storage.read(path, Shard) for path in snakemake.input.shards]
    model = sampling.Model.of(settings, edges)
    settings = sampling.choose_method(settings, model)
    diagnosed = diagnostics.diagnose(
        np.concatenate([shard.measured for shard in shards], axis=1),
        np.concatenate([shard.burned for shard in shards]),
        model,
        **sampling.method_and_sweeps(settings),
        seeds=seeds.seed_sequence(seed, "ising", snakemake.wildcards.name),
    )
    samples = bits.concatenate([shard.samples for shard in shards])
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
