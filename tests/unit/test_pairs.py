"""Averaged pair weights against a plain double loop over pixels and images."""

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk import pairs

#: The weight of two pixels of one image, in plain words.
WEIGHTS = {
    "coactivation": lambda x, y, level: x > level and y > level,
    "same-state": lambda x, y, level: (x > level) == (y > level),
    "same-value": lambda x, y, level: x == y and x > level,
    "product": lambda x, y, level: x * y,
    "correlation": lambda x, y, level: x * y,
}

kinds = st.sampled_from(sorted(WEIGHTS))
shapes = st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(1, 3))
grey_values = st.one_of(st.sampled_from([0, 127, 128, 255]), st.integers(0, 255))
greys = hnp.arrays(np.uint8, shapes, elements=grey_values)
spins = hnp.arrays(np.int8, shapes, elements=st.sampled_from([-1, 1]))
images = st.one_of(greys, spins)
levels = st.sampled_from([-1, 0, 1, 127, 254, 255])


def by_hand(pixels, kind, level):
    """Average over images with Python's own integers, one pair at a time."""
    flat = [[int(value) for value in image.ravel()] for image in pixels]
    size = len(flat[0])
    total = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            total[i, j] = sum(WEIGHTS[kind](f[i], f[j], level) for f in flat)
    return total / len(flat)


def test_every_kind_is_tested():
    assert set(WEIGHTS) == set(pairs.KINDS)


@given(images, kinds, levels)
def test_weights_are_the_average_over_images(pixels, kind, level):
    weights = pairs.pair_weights(pixels, kind, level=level)
    assert weights.dtype == np.float64
    assert np.array_equal(weights, by_hand(pixels, kind, level))
    assert np.array_equal(weights, weights.T)


@given(images, kinds, st.booleans(), st.booleans())
def test_square_and_diagonal_act_on_the_average(pixels, kind, square, diagonal):
    expected = by_hand(pixels, kind, 0) ** (2 if square else 1)
    if not diagonal:
        expected[np.eye(len(expected), dtype=bool)] = 0
    weights = pairs.pair_weights(pixels, kind, square=square, diagonal=diagonal)
    assert np.array_equal(weights, expected)


@given(images)
def test_the_centred_correlation_is_the_covariance(pixels):
    centred = pairs.pair_weights(pixels, "correlation", centred=True)
    flat = pixels.reshape(len(pixels), -1).astype(float)
    covariance = np.atleast_2d(np.cov(flat, rowvar=False, bias=True))
    assert np.allclose(centred, covariance, rtol=1e-12, atol=1e-10)
    assert np.array_equal(centred, centred.T)


@given(hnp.arrays(np.uint8, (4, 5), elements=st.integers(0, 255)), st.integers(2, 9))
def test_a_pixel_that_never_changes_is_correlated_with_nothing(pixels, times):
    pixels[:, 2] = 77
    repeated = np.repeat(pixels, times, axis=0)
    centred = pairs.pair_weights(repeated, "correlation", centred=True)
    assert (centred[2] == 0).all()
    once = pairs.pair_weights(pixels, "correlation", centred=True)
    assert np.allclose(centred, once, rtol=1e-12, atol=1e-12)


@given(greys, st.randoms(use_true_random=False), kinds)
def test_neither_the_order_of_images_nor_that_of_pixels_matters(pixels, random, kind):
    flat = pixels.reshape(len(pixels), -1)
    image_order = random.sample(range(len(flat)), len(flat))
    order = random.sample(range(flat.shape[1]), flat.shape[1])
    shuffled = pairs.pair_weights(flat[image_order][:, order], kind, level=100)
    plain = pairs.pair_weights(flat, kind, level=100)
    assert np.array_equal(shuffled, plain[np.ix_(order, order)])


@pytest.mark.parametrize("kind", sorted(WEIGHTS))
@pytest.mark.parametrize("count", [6, 7, 8])
def test_blocks_change_nothing(kind, count, monkeypatch):
    pixels = np.random.default_rng(5).integers(0, 256, (count, 2, 3), np.uint8)
    options = {"level": 100, "centred": kind == "correlation"}
    whole = pairs.pair_weights(pixels, kind, **options)
    monkeypatch.setattr(pairs, "_BLOCK", 3)
    assert np.array_equal(pairs.pair_weights(pixels, kind, **options), whole)


def test_many_bright_images_are_counted_exactly():
    pixels = np.full((10_000, 3), 255, np.uint8)
    assert (pairs.pair_weights(pixels, "product") == 255**2).all()
    assert (pairs.pair_weights(pixels, "coactivation") == 1).all()
    assert (pairs.pair_weights(pixels, "correlation", centred=True) == 0).all()


def test_uncoupled_spins_are_uncorrelated_and_their_states_a_coin():
    spins = np.random.default_rng(1).choice(np.array([-1, 1], np.int8), (40_000, 4))
    apart = ~np.eye(4, dtype=bool)
    correlation = pairs.pair_weights(spins, "correlation")
    assert np.abs(correlation[apart]).max() < 4 / 200
    # s s' is +1 in the same state and -1 else.
    same = pairs.pair_weights(spins, "same-state")
    assert np.allclose(2 * same - 1, correlation, atol=1e-12)


def test_the_compiled_count_does_what_its_python_text_says():
    columns = np.random.default_rng(2).integers(0, 3, (4, 9), np.uint8)
    results = []
    for kernel in (pairs._count_equal, pairs._count_equal.py_func):
        total = np.empty((4, 4))
        kernel(columns, columns > 0, total)
        results.append(total)
    assert np.array_equal(*results)


def test_the_pixels_stay_as_they_were():
    pixels = np.random.default_rng(3).integers(0, 256, (4, 3), np.uint8)
    before = pixels.copy()
    for kind in WEIGHTS:
        pairs.pair_weights(pixels, kind, centred=True, square=True, diagonal=False)
    assert np.array_equal(pixels, before)


def test_bad_values_are_refused():
    with pytest.raises(ValueError, match="at least one image"):
        pairs.pair_weights(np.empty((0, 2, 2), np.uint8), "product")
    with pytest.raises(ValueError, match=r"kind must be one of .* got 'distance'"):
        pairs.pair_weights(np.ones((1, 2, 2), np.uint8), "distance")
