"""Add the sums of all shards, and compute the mean weight of every pair of pixels."""

from pixelwalk import pairs, storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.pairs import Sums, Weights

with stages.logged(snakemake):
    weight, sums = dict(snakemake.params.weight), None
    summed = {key: weight.pop(key) for key in ("kind", "level")}
    for path in snakemake.input.sums:
        content = storage.read(path, Sums)
        shard = pairs.PairSums.of(content, **summed)
        sums = sums + shard if sums else shard
    storage.write(
        snakemake.output.weights,
        Weights(
            weights=sums.weights(**weight, threads=snakemake.threads),
            mean=sums.mean().reshape(content.total.shape),
        ),
        settings=snakemake.params.weight | {"name": snakemake.wildcards.name},
        source=content.attributes["source"],
        libraries=["numba"],
    )
