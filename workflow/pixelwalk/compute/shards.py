"""Shards: parts of a list of images that separate jobs process."""


def bounds(count, shard, shards, *, whole=1):
    """Return the bounds of one shard of a list of images.

    Parameters
    ----------
    count : int
        Total number of images.
    shard : int
        Number of the shard, from 1 to `shards`.
    shards : int
        Number of shards; together they hold every image once.
    whole : int
        Each shard starts at a multiple of this number.

    Returns
    -------
    start, stop : int
        The shard holds images ``start:stop``. It may be empty if `shards` exceeds
        ``count / whole``.

    Raises
    ------
    ValueError
        If `shard` is not in 1 to `shards`.
    """
    if not 1 <= shard <= shards:
        raise ValueError(f"expected a shard of 1 to {shards}, got {shard}")
    blocks = -(-count // whole)
    start, stop = (blocks * part // shards * whole for part in (shard - 1, shard))
    return min(start, count), min(stop, count)
