"""Shards: every image is in one of them, and they are of one size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.compute.shards import bounds


@given(st.integers(0, 5000), st.integers(1, 60), st.sampled_from([1, 64, 512]))
def test_shards_split_a_list(count, shards, whole):
    parts = [bounds(count, n, shards, whole=whole) for n in range(1, shards + 1)]
    images = [image for part in parts for image in range(*part)]
    assert images == list(range(count))
    sizes = [stop - start for start, stop in parts]
    assert max(sizes) - min(sizes[:-1] or sizes) <= whole or count < shards * whole
    assert all(start % whole == 0 or start == stop for start, stop in parts)


def test_one_shard_is_all():
    assert bounds(77, 1, 1, whole=64) == (0, 77)


@pytest.mark.parametrize("shard", [0, 4, -1])
def test_a_shard_that_is_none_is_refused(shard):
    with pytest.raises(ValueError, match=f"a shard of 1 to 3, got {shard}"):
        bounds(10, shard, 3)
