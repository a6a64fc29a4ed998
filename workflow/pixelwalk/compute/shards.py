"""Shards: parts of a long list of images that are worked on apart, and put together."""


def bounds(count, shard, shards, *, whole=1):
    """Give the bounds of one shard of a list of images.

    Parameters
    ----------
    count : int
        Images in all.
    shard : int
        Which one, from 1 to `shards`.
    shards : int
        How many there are; all images are in one of them.
    whole : int
        A shard begins at a multiple of this.

    Returns
    -------
    start, stop : int
        The shard's images are those from `start` to before `stop`; with more shards
        than there are multiples, some are empty.

    Raises
    ------
    ValueError
        If there is no such shard.
    """
    if not 1 <= shard <= shards:
        raise ValueError(f"expected a shard of 1 to {shards}, got {shard}")
    blocks = -(-count // whole)
    start, stop = (blocks * part // shards * whole for part in (shard - 1, shard))
    return min(start, count), min(stop, count)
