"""Sums over images: shards of them add up to the whole, exactly."""

import functools
import operator
from types import SimpleNamespace

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk import pairs
from pixelwalk.compute import bits

kinds = st.sampled_from(sorted(pairs.KINDS))
greys = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(1, 12), st.integers(1, 9)),
    elements=st.sampled_from([0, 0, 1, 100, 101, 255]),
)
cuts = st.lists(st.integers(0, 12), max_size=4).map(sorted)
OPTIONS = {"centred": True, "square": True, "diagonal": False}


def sums_of(pixels, kind, level=0):
    sums = pairs.PairSums(kind, int(np.prod(pixels.shape[1:])), level=level)
    sums.add(pixels)
    return sums


@given(greys, cuts, kinds, st.sampled_from([0, 100]))
def test_shards_add_up_to_the_whole(pixels, stops, kind, level):
    shards = [sums_of(part, kind, level) for part in np.split(pixels, stops)]
    together = functools.reduce(operator.add, shards)
    one_by_one = pairs.PairSums(kind, pixels.shape[1], level=level)
    for part in np.split(pixels, stops):
        one_by_one.add(part)
    for sums in (together, one_by_one):
        assert sums.count == len(pixels)
        for options in ({}, OPTIONS):
            whole = pairs.pair_weights(pixels, kind, level=level, **options)
            assert np.array_equal(sums.weights(**options), whole)


@given(st.integers(1, 600), st.integers(0, 600), kinds)
def test_packed_shards_do_too(count, stop, kind):
    packed = bits.pack(np.random.default_rng(count).random((count, 3, 4)) < 0.4)
    shards = packed.part(0, stop), packed.part(min(stop, count), count)
    both = sums_of(shards[0], kind) + sums_of(shards[1], kind)
    whole = pairs.pair_weights(packed, kind, **OPTIONS)
    assert np.array_equal(both.weights(**OPTIONS), whole)


def stored(sums):
    """The sums as they lie in a file."""
    return SimpleNamespace(
        count=sums.count,
        singles=sums.singles,
        total=sums.total.reshape(1, -1),
        pairs=sums.triangle(),
    )


@given(greys, cuts, kinds, st.sampled_from([0, 100]))
def test_stored_shards_add_up_to_the_whole(pixels, stops, kind, level):
    shards = [stored(sums_of(p, kind, level)) for p in np.split(pixels, stops)]
    taken_up = [pairs.PairSums.of(shard, kind, level=level) for shard in shards]
    together = functools.reduce(operator.add, taken_up)
    for options in ({}, OPTIONS):
        whole = pairs.pair_weights(pixels, kind, level=level, **options)
        assert np.array_equal(together.weights(**options), whole)
    assert np.array_equal(together.mean(), pairs.mean_image(pixels))


@pytest.mark.parametrize("size", [1, 127, 300])
def test_sums_of_more_than_a_strip_are_taken_up(size):
    packed = bits.pack(np.random.default_rng(1).random((70, 1, size)) < 0.3)
    sums = sums_of(packed, "correlation")
    again = pairs.PairSums.of(stored(sums), "correlation")
    options = {"centred": True}
    assert np.array_equal(again.weights(**options), sums.weights(**options))
    assert len(sums.triangle()) == size * (size + 1) // 2


@given(greys)
def test_sums_are_those_of_integers(pixels):
    sums, flat = sums_of(pixels, "product"), pixels.astype(int)
    assert sums.pairs.dtype == sums.singles.dtype == np.int64
    assert np.array_equal(np.triu(sums.pairs), np.triu(flat.T @ flat))
    assert np.array_equal(sums.singles, flat.sum(axis=0))
    sums = sums_of(pixels, "coactivation", level=100)
    assert np.array_equal(sums.singles, (flat > 100).sum(axis=0))
    assert np.array_equal(np.diag(sums.pairs), sums.singles)


def test_adding_sums_leaves_them_as_they_were():
    pixels = np.random.default_rng(1).integers(0, 256, (9, 6), np.uint8)
    first, second = sums_of(pixels[:4], "product"), sums_of(pixels[4:], "product")
    before = first.weights(), second.weights()
    assert first + second is not first
    first.weights(**OPTIONS)
    assert np.array_equal(first.weights(), before[0])
    assert np.array_equal(second.weights(), before[1])


def test_sums_of_different_things_do_not_add_up():
    sums = pairs.PairSums("coactivation", 4, level=3)
    for other in (
        pairs.PairSums("product", 4, level=3),
        pairs.PairSums("coactivation", 5, level=3),
        pairs.PairSums("coactivation", 4, level=2),
    ):
        with pytest.raises(ValueError, match="one kind, level and number of pixels"):
            sums + other
    with pytest.raises(ValueError, match="images of 4 pixels, got 6"):
        sums.add(np.zeros((1, 2, 3), np.uint8))


def test_no_images_have_no_average():
    with pytest.raises(ValueError, match="at least one image"):
        pairs.PairSums("product", 4).weights()
