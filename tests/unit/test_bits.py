"""Packed images: nothing is lost, at any number of images."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.compute import bits

counts = st.integers(0, 300)


def images(count, seed=0):
    return np.random.default_rng(seed).random((count, 3, 5)) < 0.4


@given(counts)
def test_unpacking_gives_back_what_was_packed(count):
    flags = images(count)
    packed = bits.pack(flags)
    assert packed.shape == flags.shape
    assert len(packed) == count
    np.testing.assert_array_equal(packed.unpack(), flags)


@pytest.mark.parametrize("shape", [(70, 1, 4), (70, 4, 1), (70, 1, 1), (0, 1, 3)])
def test_images_of_one_row_or_column_are_packed(shape):
    flags = np.random.default_rng(2).random(shape) < 0.5
    np.testing.assert_array_equal(bits.pack(flags).unpack(), flags)


def test_a_bit_lies_where_it_is_said_to():
    flags = np.zeros((130, 2, 2), bool)
    flags[64 + 7, 1, 0] = True
    expected = np.zeros((2, 2, 3), np.uint64)
    expected[1, 0, 1] = 2**7
    np.testing.assert_array_equal(bits.pack(flags).words, expected)


@given(counts)
def test_bits_past_the_last_image_are_clear(count):
    packed = bits.pack(np.ones((count, 1, 1), bool))
    assert np.bitwise_count(packed.words).sum() == count


@given(counts, st.integers(0, 300), st.integers(0, 400))
def test_a_part_is_a_slice(count, start, stop):
    flags = images(count)
    part = bits.pack(flags).part(start, stop)
    np.testing.assert_array_equal(part.unpack(), flags[start:stop])
    assert np.bitwise_count(part.words).sum() == flags[start:stop].sum()


def test_a_part_leaves_the_whole_as_it_was():
    flags = images(100)
    packed = bits.pack(flags)
    packed.part(0, 3)
    packed.part(64, 70)
    np.testing.assert_array_equal(packed.unpack(), flags)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=5), st.integers(0, 63))
def test_parts_of_whole_words_are_joined(words, rest):
    flags = images(64 * sum(words) + rest)
    stops = np.cumsum(64 * np.array(words))
    parts = [bits.pack(part) for part in np.split(flags, stops)]
    joined = bits.concatenate(parts)
    np.testing.assert_array_equal(joined.words, bits.pack(flags).words)
    assert len(joined) == len(flags)


def test_what_does_not_join_is_refused():
    parts = [bits.pack(images(count)) for count in (64, 65, 0, 1)]
    with pytest.raises(ValueError, match="whole words, 64 images each, got 65"):
        bits.concatenate(parts)
    assert len(bits.concatenate(parts[:3])) == 129


@given(counts)
def test_pixels_are_counted(count):
    flags = images(count)
    np.testing.assert_array_equal(bits.pack(flags).on_counts(), flags.sum(axis=0))


@pytest.mark.parametrize(
    "words",
    [np.zeros((2, 2, 1), np.uint64), np.zeros((2, 2, 2), np.int64), np.zeros((2, 2))],
)
def test_words_that_do_not_hold_the_images_are_refused(words):
    with pytest.raises(ValueError, match=r"100 packed images need words of uint64"):
        bits.Packed(words, 100)
