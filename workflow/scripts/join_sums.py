"""Join the sums of all shards, and average the weight of every pair of pixels."""

from pixelwalk import pairs, storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.pairs import Sums, Weights

with stages.logged(snakemake):
    weight, sums = dict(snakemake.params.weight), None
    of = {key: weight.pop(key) for key in ("kind", "level")}
    for path in snakemake.input.sums:
        made = storage.read(path, Sums)
        shard = pairs.PairSums.of(made, **of)
        sums = sums + shard if sums else shard
    storage.write(
        snakemake.output.weights,
        Weights(
            weights=sums.weights(**weight, threads=snakemake.threads),
            mean=sums.mean().reshape(made.total.shape),
        ),
        settings=snakemake.params.weight | {"name": snakemake.wildcards.name},
        source=made.attributes["source"],
        libraries=["numba"],
    )
