"""The kernels of pair weights against integers of Python and numpy."""

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.compute import wide
from pixelwalk.pairs import kernels
from pixelwalk.pairs.bytes import BYTES, add_pairs, dot


@numba.njit
def _dot_product(x, y, times):
    sums = wide.splat(numba.uint64(0))
    for _ in range(times):
        sums = dot(sums, wide.load(x, 0), wide.load(y, 0))
    return wide.total(add_pairs(sums))


def dot_product(x, y, times=1):
    return _dot_product(x.view(np.uint64), y.view(np.uint64), times)


def test_the_dot_product_is_that_of_signed_bytes():
    stream = np.random.default_rng(1)
    for _ in range(50):
        x, y = stream.integers(-128, 128, (2, BYTES), np.int8)
        assert dot_product(x, y) == int(x.astype(int) @ y.astype(int))


@pytest.mark.parametrize("place", range(BYTES))
def test_every_byte_meets_its_own(place):
    x = np.zeros(BYTES, np.int8)
    x[place] = -128
    assert dot_product(x, np.arange(BYTES, dtype=np.int8)) == -128 * place


@pytest.mark.parametrize(("low", "high"), [(-128, -128), (-128, 127), (127, 127)])
def test_the_extremes_do_not_overflow(low, high):
    x, y = np.full(BYTES, low, np.int8), np.full(BYTES, high, np.int8)
    assert dot_product(x, y, 2**14) == 2**14 * BYTES * low * high


def words_of(values):
    """Words of pixels, shape (pixels, wide words, planes, lanes), four side by side."""
    pixels, wides, planes, _ = values.shape
    words = kernels.empty(pixels, wides, planes)
    for pixel in range(pixels):
        words[pixel // 4, :, :, pixel % 4] = values[pixel]
    return words


rectangles = st.tuples(
    *[st.integers(1, 11)] * 2, *[st.integers(0, 2)] * 2, st.integers(1, 3)
)


@given(rectangles, st.sampled_from([1, 2, -4]), st.integers(2, 4))
def test_any_rectangle_of_pairs_is_summed(rectangle, scale, planes):
    rows, columns, start, first, wides = rectangle
    start, first = 4 * start, 4 * first
    stream = np.random.default_rng([rows, columns, wides])
    shape = (max(start + rows, first + columns), wides, planes, wide.LANES)
    values = stream.integers(0, 2**64, shape, np.uint64)
    bits = np.unpackbits(values.view(np.uint8), axis=-1).astype(int)
    left, right = bits[start : start + rows], bits[first : first + columns]
    equal = (left[:, None] == right) & (left[:, None, :, :1] == 1)
    signed = values.view(np.int8).astype(int)
    a, b = signed[start : start + rows, :, 0], signed[first : first + columns, :, 0]
    both = np.einsum("iwb,jwb->ij", left[:, :, 0], right[:, :, 0])
    cases = [
        (kernels.add_both, values[:, :, :1], both),
        (kernels.add_products, values[:, :, :1], np.einsum("iwb,jwb->ij", a, b)),
        (kernels.add_equal, values, equal.all(axis=3).sum(axis=(2, 3))),
    ]
    for kernel, chosen, expected in cases:
        sums = stream.integers(-100, 100, (rows, columns))
        before = sums.copy()
        kernel(words_of(chosen), scale, start, first, sums)
        assert np.array_equal(sums, before + scale * expected), kernel
