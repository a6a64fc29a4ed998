"""Wide words: the same as numpy's unsigned integers, lane by lane."""

import numba
import numpy as np
import pytest

from pixelwalk.compute import wide


@numba.njit
def _and(x, y, z):
    wide.store(z, 0, wide.load(x, 0) & wide.load(y, 0))


@numba.njit
def _or(x, y, z):
    wide.store(z, 0, wide.load(x, 0) | wide.load(y, 0))


@numba.njit
def _xor(x, y, z):
    wide.store(z, 0, wide.load(x, 0) ^ wide.load(y, 0))


@numba.njit
def _add(x, y, z):
    wide.store(z, 0, wide.load(x, 0) + wide.load(y, 0))


@numba.njit
def _invert(x, y, z):
    wide.store(z, 0, ~wide.load(x, 0))


@numba.njit
def _splat(x, y, z):
    wide.store(z, 0, wide.splat(y[3]))


@numba.njit
def _left(x, y, z):
    wide.store(z, 0, wide.left(wide.load(x, 0), 3))


@numba.njit
def _right(x, y, z):
    wide.store(z, 0, wide.right(wide.load(x, 0), 11))


@numba.njit
def _rotate(x, y, z):
    wide.store(z, 0, wide.rotate(wide.load(x, 0), 24))


@numba.njit
def _popcount(x, y, z):
    wide.store(z, 0, wide.popcount(wide.load(x, 0)))


CASES = {
    "and": (_and, lambda x, y: x & y),
    "or": (_or, lambda x, y: x | y),
    "xor": (_xor, lambda x, y: x ^ y),
    "add": (_add, lambda x, y: x + y),
    "invert": (_invert, lambda x, y: ~x),
    "splat": (_splat, lambda x, y: np.full(8, y[3])),
    "left": (_left, lambda x, y: x << np.uint64(3)),
    "right": (_right, lambda x, y: x >> np.uint64(11)),
    "rotate": (
        _rotate,
        lambda x, y: (x << np.uint64(24)) | (x >> np.uint64(40)),
    ),
    "popcount": (_popcount, lambda x, y: np.bitwise_count(x).astype(np.uint64)),
}


@pytest.mark.parametrize("name", CASES)
def test_every_operation_is_that_of_numpy(name):
    kernel, expected = CASES[name]
    stream = np.random.default_rng(3)
    for _ in range(20):
        x, y = stream.integers(0, 2**64, (2, wide.LANES), dtype=np.uint64)
        found = np.zeros(wide.LANES, np.uint64)
        kernel(x, y, found)
        np.testing.assert_array_equal(found, expected(x, y))


@numba.njit
def _total_at(x, start):
    return wide.total(wide.load(x, start))


@numba.njit
def _anywhere(x):
    return wide.any_set(wide.load(x, 0))


def test_words_are_taken_from_where_they_start():
    words = np.arange(20, dtype=np.uint64)
    assert [_total_at(words, start) for start in (0, 1, 12)] == [28, 36, 124]


@pytest.mark.parametrize("bit", [0, 63, 64, 300, 511])
def test_a_single_bit_is_found(bit):
    words = np.zeros(wide.LANES, np.uint64)
    assert not _anywhere(words)
    words[bit // 64] = np.uint64(1) << np.uint64(bit % 64)
    assert _anywhere(words)


def test_a_wide_word_does_not_mix_with_other_numbers():
    @numba.njit
    def mixed(x):
        return wide.total(wide.load(x, 0) + 1)

    with pytest.raises(numba.TypingError):
        mixed(np.zeros(wide.LANES, np.uint64))
