"""Packed spins: weights as those of the same spins unpacked, to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk import pairs
from pixelwalk.compute import bits

kinds = st.sampled_from(sorted(pairs.KINDS))
counts = st.one_of(
    st.integers(1, 130), st.sampled_from([511, 512, 513, 1023, 1024, 1025])
)
sides = st.integers(2, 8)
seeds = st.integers(0, 2**32 - 1)


def ensemble(count, rows, columns, seed):
    """Flags whose pixels are on in different shares of the images."""
    stream = np.random.default_rng(seed)
    return stream.random((count, rows, columns)) < stream.random((rows, columns))


@given(counts, sides, sides, kinds, seeds)
def test_packed_spins_weigh_as_spins(count, rows, columns, kind, seed):
    flags = ensemble(count, rows, columns, seed)
    spins = np.where(flags, 1, -1)
    for options in ({}, {"centred": True}, {"square": True, "diagonal": False}):
        found = pairs.pair_weights(bits.pack(flags), kind, **options)
        assert np.array_equal(found, pairs.pair_weights(spins, kind, **options))


@given(counts, sides, sides, seeds)
def test_counts_are_those_of_a_matrix_product(count, rows, columns, seed):
    flags = ensemble(count, rows, columns, seed)
    on = flags.reshape(count, -1).astype(float)
    found = pairs.pair_weights(bits.pack(flags), "coactivation")
    assert np.array_equal(found, on.T @ on / count)


@given(st.integers(0, 700), st.integers(1, 700), kinds, seeds)
def test_a_part_of_the_images_weighs_as_they_do(start, length, kind, seed):
    flags = ensemble(1400, 2, 3, seed)
    part = bits.pack(flags).part(start, start + length)
    alone = bits.pack(flags[start : start + length])
    assert np.array_equal(
        pairs.pair_weights(part, kind), pairs.pair_weights(alone, kind)
    )


@pytest.mark.parametrize("count", [2**15 - 1, 2**15 + 1, 2**16 + 65])
def test_more_images_than_a_block_holds(count):
    flags = ensemble(count, 2, 3, 3)
    on = flags.reshape(count, -1).astype(float)
    found = pairs.pair_weights(bits.pack(flags), "coactivation")
    assert np.array_equal(found, on.T @ on / count)


@pytest.mark.parametrize("level", [-1, -0.5, 0, 0.99])
def test_every_level_between_the_two_spins_is_the_same(level):
    flags = ensemble(77, 3, 3, 1)
    packed, spins = bits.pack(flags), np.where(flags, 1, -1)
    for kind in pairs.KINDS:
        found = pairs.pair_weights(packed, kind, level=level)
        assert np.array_equal(found, pairs.pair_weights(spins, kind, level=level))


@pytest.mark.parametrize("level", [-1.01, -2, 1, 127])
def test_a_level_that_no_or_every_spin_is_above_is_refused(level):
    packed = bits.pack(ensemble(3, 2, 2, 1))
    with pytest.raises(ValueError, match=rf"level must lie in \[-1, 1\).* got {level}"):
        pairs.pair_weights(packed, "coactivation", level=level)


def test_no_packed_image_is_refused():
    with pytest.raises(ValueError, match="at least one image"):
        pairs.pair_weights(bits.pack(np.ones((0, 2, 2), bool)), "product")


def test_packed_images_stay_as_they_were():
    packed = bits.pack(ensemble(100, 3, 3, 1))
    before = packed.words.copy()
    for kind in pairs.KINDS:
        pairs.pair_weights(packed, kind)
    assert np.array_equal(packed.words, before)
