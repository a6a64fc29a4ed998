"""Averaged pair weights against a plain double loop over pixels and images."""

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk import pairs
from pixelwalk.compute import bits
from pixelwalk.pairs import blocks, strips

#: The weight of two pixels of one image, in plain words.
WEIGHTS = {
    "coactivation": lambda x, y, level: x > level and y > level,
    "same-state": lambda x, y, level: (x > level) == (y > level),
    "opposite-state": lambda x, y, level: (x > level) != (y > level),
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
@pytest.mark.parametrize("count", [127, 128, 129])
def test_blocks_change_nothing(kind, count, monkeypatch):
    pixels = np.random.default_rng(5).integers(0, 256, (count, 2, 3), np.uint8)
    options = {"level": 100, "centred": kind == "correlation"}
    whole = pairs.pair_weights(pixels, kind, **options)
    monkeypatch.setattr(blocks, "_OF_BITS", 64)
    monkeypatch.setattr(blocks, "_OF_BYTES", 3)
    assert len(list(blocks.blocks(pixels, kind, 100))) > 1
    assert np.array_equal(pairs.pair_weights(pixels, kind, **options), whole)


@pytest.mark.parametrize("kind", sorted(WEIGHTS))
@pytest.mark.parametrize("threads", [1, 2, 3, 50])
def test_threads_and_strips_change_nothing(kind, threads, monkeypatch):
    pixels = np.random.default_rng(6).integers(0, 256, (7, 5, 5), np.uint8)
    options = {"level": 100, "centred": True, "square": True, "diagonal": False}
    whole = pairs.pair_weights(pixels, kind, **options)
    monkeypatch.setattr(strips, "_ROWS", 4)
    assert len(strips.rows(25)) == 7
    assert np.array_equal(
        pairs.pair_weights(pixels, kind, threads=threads, **options), whole
    )


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


def test_values_need_not_be_bytes():
    pixels = np.array([[300, -7, 500], [400, 300, 401], [400, 401, 300]])
    for kind in ("coactivation", "same-state", "same-value"):
        expected = by_hand(pixels, kind, 300)
        assert np.array_equal(pairs.pair_weights(pixels, kind, level=300), expected)
    near = pixels[:, ::2]
    assert np.array_equal(
        pairs.pair_weights(near, "product"), by_hand(near, "product", 0)
    )


@pytest.mark.parametrize("values", [(7, 7), (0, 255), (-128, 127), (1000, 1255)])
def test_two_values_may_be_any(values):
    pixels = np.random.default_rng(7).choice(values, (9, 5))
    for kind in WEIGHTS:
        weights = pairs.pair_weights(pixels, kind, level=100)
        assert np.array_equal(weights, by_hand(pixels, kind, 100))


@given(spins)
def test_a_correlation_matrix_of_spins_is_one(pixels):
    correlation = pairs.pair_weights(pixels, "correlation")
    assert (np.diag(correlation) == 1).all()
    assert np.abs(correlation).max() == 1
    for centred in (False, True):
        matrix = pairs.pair_weights(pixels, "correlation", centred=centred)
        assert np.linalg.eigvalsh(matrix).min() > -1e-12
    # s s' is +1 in the same state and -1 else.
    same = pairs.pair_weights(pixels, "same-state")
    assert np.allclose(2 * same - 1, correlation, rtol=0, atol=1e-15)


@given(spins)
def test_pairs_in_one_state_add_up_to_the_magnetisation(pixels):
    flat = pixels.reshape(len(pixels), -1).astype(int)
    size, magnetisation = flat.shape[1], flat.sum(axis=1)
    in_one_state = np.mean((size**2 + magnetisation**2) / 2)
    weights = pairs.pair_weights(pixels, "same-state")
    assert weights.sum() == pytest.approx(in_one_state, rel=1e-13)
    both_up = np.mean(((size + magnetisation) / 2) ** 2)
    weights = pairs.pair_weights(pixels, "coactivation")
    assert weights.sum() == pytest.approx(both_up, rel=1e-13)


def test_the_pixels_stay_as_they_were():
    pixels = np.random.default_rng(3).integers(0, 256, (4, 3), np.uint8)
    before = pixels.copy()
    for kind in WEIGHTS:
        pairs.pair_weights(pixels, kind, centred=True, square=True, diagonal=False)
    assert np.array_equal(pixels, before)


@pytest.mark.parametrize("shape", [(3, 2, 5), (200, 3, 4)])
def test_the_mean_image_is_the_mean(shape):
    flags = np.random.default_rng(4).random(shape) < 0.3
    spins = np.where(flags, 1, -1)
    assert np.array_equal(pairs.mean_image(bits.pack(flags)), spins.mean(axis=0))
    assert np.array_equal(pairs.mean_image(spins), spins.mean(axis=0))


def test_bad_values_are_refused():
    with pytest.raises(ValueError, match="at least one image"):
        pairs.pair_weights(np.empty((0, 2, 2), np.uint8), "product")
    with pytest.raises(ValueError, match=r"kind must be one of .* got 'distance'"):
        pairs.pair_weights(np.ones((1, 2, 2), np.uint8), "distance")
    with pytest.raises(ValueError, match="pixels must be integers, got float64"):
        pairs.pair_weights(np.ones((1, 2, 2)), "product")
    with pytest.raises(ValueError, match=r"at most 255 apart .* got 0 to 256"):
        pairs.pair_weights(np.array([[0, 1, 256]]), "product")
