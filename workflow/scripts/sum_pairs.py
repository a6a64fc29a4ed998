"""Sum the pairs of pixels over one shard of an ensemble or an image set."""

import math

from pixelwalk import pairs, storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.pairs import Sums

with stages.logged(snakemake):
    pixels, source = storage.read_pixels(
        snakemake.input.pixels,
        shard=int(snakemake.wildcards.shard),
        shards=int(snakemake.wildcards.shards),
    )
    sums = pairs.PairSums(size=math.prod(pixels.shape[1:]), **snakemake.params.sums)
    sums.add(pixels, threads=snakemake.threads)
    storage.write(
        snakemake.output.sums,
        Sums(
            count=sums.count,
            singles=sums.singles,
            pairs=sums.triangle(),
            total=sums.total.reshape(pixels.shape[1:]),
        ),
        settings=snakemake.params.sums | dict(snakemake.wildcards),
        source=source,
        libraries=["numba"],
    )
