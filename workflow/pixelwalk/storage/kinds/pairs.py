"""Files of averages over pairs of pixels."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Weights(Kind, kind="weights", file="graphs/<name>/weights.h5"):
    """Averaged weights of all pairs of pixels."""

    weights: Array = dataset("mean over images", "(N, N)", "weight of each pair")
    mean: Array = dataset("grey value or spin", "(rows, columns)", "mean image")


class Sums(Kind, kind="sums", file="graphs/<name>/shards/<shard>-of-<shards>.h5"):
    """Sums over the images of one shard."""

    count: float = dataset("images", "()", "images of the shard")
    singles: Array = dataset(
        "sum over images", "(N,)", "value of a pixel, or 1 where it is on"
    )
    pairs: Array = dataset(
        "sum over images", "(N (N + 1) / 2,)", "of pairs, from the diagonal"
    )
    total: Array = dataset("sum over images", "(rows, columns)", "value of a pixel")
