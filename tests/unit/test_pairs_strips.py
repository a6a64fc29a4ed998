"""Strips of weights: those of the whole matrix, to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk import pairs
from pixelwalk.compute import bits
from pixelwalk.pairs import strips

kinds = st.sampled_from(sorted(pairs.KINDS))
flags = st.booleans()


def images(count, rows, columns, *, packed):
    stream = np.random.default_rng(0)
    if packed:
        share = stream.random((rows, columns))
        return bits.pack(stream.random((count, rows, columns)) < share)
    return stream.integers(0, 256, (count, rows, columns), np.uint8)


@given(
    st.tuples(st.integers(1, 70), st.integers(2, 9), st.integers(2, 9)),
    flags,
    kinds,
    st.tuples(flags, flags, flags),
)
def test_strips_are_those_of_the_matrix(shape, packed, kind, chosen):
    pixels = images(*shape, packed=packed)
    options = dict(zip(("centred", "square", "diagonal"), chosen, strict=True))
    matrix = pairs.pair_weights(pixels, kind, **options)
    asked = pairs.Strips(pixels, kind, **options)
    assert asked.size == shape[1] * shape[2]
    for rows in (4, 20, 128):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strips, "_ROWS", rows)
            every = asked.rows()
            for start, stop in every:
                found = asked.weights(start, stop)
                assert np.array_equal(found, matrix[start:stop])
                found = asked.weights(start, stop, start)
                assert np.array_equal(found, matrix[start:stop, start:])


@given(st.integers(1, 10**6))
def test_strips_cover_every_row_once_and_are_bounded(size):
    every = strips.rows(size)
    assert every[0][0] == 0 and every[-1][1] == size
    assert [stop for _, stop in every[:-1]] == [start for start, _ in every[1:]]
    assert all(start % 4 == 0 for start, _ in every)
    most = max(stop - start for start, stop in every)
    assert most <= 128 and (most == 4 or most * size <= 2**21)


def test_the_level_is_heeded():
    pixels = images(9, 4, 5, packed=False)
    matrix = pairs.pair_weights(pixels, "coactivation", level=200)
    found = pairs.Strips(pixels, "coactivation", level=200).weights(0, 20)
    assert np.array_equal(found, matrix)


def test_no_images_have_no_strips():
    with pytest.raises(ValueError, match="at least one image"):
        pairs.Strips(np.empty((0, 2, 2), np.uint8), "product")


@pytest.mark.parametrize("threads", [1, 2, 7, None])
def test_work_is_shared_and_its_results_keep_their_order(threads):
    items = list(range(50))
    assert pairs.share(lambda item: item**2, items, threads) == [i**2 for i in items]
    assert pairs.share(lambda item: item, [], threads) == []


def test_an_error_in_shared_work_is_not_lost():
    def fail(item):
        raise ArithmeticError(item)

    with pytest.raises(ArithmeticError):
        pairs.share(fail, [1, 2, 3], 2)
