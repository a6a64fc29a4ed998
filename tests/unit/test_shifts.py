"""All shifts of an image: circulant matrices, their least-squares map and its roots."""

import numpy as np
import pytest
import scipy

from pixelwalk.matrices import circulant, nearest, shifts

STREAM = np.random.default_rng(7)
SHAPES = [(1,), (6,), (7,), (4, 5), (4, 4), (1, 3)]
on_grids = pytest.mark.parametrize("shape", SHAPES)


def images(shape, count=2, seed=1):
    return np.random.default_rng(seed).normal(size=(count, *shape))


def circulant_from(matrix, shape):
    return nearest.distance(matrix, nearest.circulant(matrix, shape))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_shifts_of_a_line_are_scipys_circulant_matrix(size):
    (image,) = images((size,), 1)
    assert np.array_equal(circulant.dense(image), scipy.linalg.circulant(image))


def test_shifts_of_an_image_move_it_along_rows_and_columns():
    (image,) = images((3, 4), 1)
    columns = circulant.dense(image).T.reshape(3, 4, 3, 4)
    for down in range(3):
        for right in range(4):
            moved = np.roll(image, (down, right), axis=(0, 1))
            assert np.array_equal(columns[down, right], moved)


@on_grids
def test_the_map_by_fft_is_that_by_the_pseudo_inverse(shape):
    source, target = images(shape)
    inputs, targets = map(circulant.dense, (source, target))
    expected = targets @ np.linalg.pinv(inputs)
    by_fft = circulant.dense(shifts.optimum(source, target))
    assert by_fft == pytest.approx(expected, rel=1e-8, abs=1e-9)
    dense = shifts.least_squares(inputs, targets)
    assert dense == pytest.approx(expected, rel=1e-8, abs=1e-9)
    assert dense @ inputs == pytest.approx(targets, abs=1e-9)


@on_grids
def test_a_missing_frequency_is_left_out_by_fft_and_dense_alike(shape):
    source, target = images(shape)
    source -= source.mean()  # frequency zero is gone
    inputs, targets = map(circulant.dense, (source, target))
    by_fft = circulant.dense(shifts.optimum(source, target))
    dense = shifts.least_squares(inputs, targets)
    assert by_fft == pytest.approx(dense, abs=1e-9)
    assert not shifts.seen(source).flat[0]
    assert by_fft.sum(axis=0) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("count", [1, 3, 6])
def test_dense_least_squares_is_numpys_for_any_number_of_images(count):
    inputs, targets = STREAM.normal(size=(2, 6, count))
    expected = np.linalg.lstsq(inputs.T, targets.T, rcond=None)[0].T
    assert shifts.least_squares(inputs, targets) == pytest.approx(expected, abs=1e-10)


def test_a_blank_input_teaches_nothing():
    blank, target = np.zeros(5), np.arange(5.0)
    assert not shifts.optimum(blank, target).any()
    learned = shifts.least_squares(*map(circulant.dense, (blank, target)))
    assert not learned.any()
    assert not shifts.seen(blank).any()
    assert shifts.scaled(blank, target)[1].tolist() == target.tolist()


@on_grids
@pytest.mark.parametrize("count", [2, 3, 5])
def test_factors_are_real_and_their_product_is_the_map(shape, count):
    (image,) = images(shape, 1)
    parts, imaginary = shifts.factors(image, count)
    assert parts.shape == (count, *shape)
    assert imaginary < 1e-12
    product = np.linalg.multi_dot([circulant.dense(part) for part in parts])
    assert product == pytest.approx(circulant.dense(image), abs=1e-12)
    for part in parts[1:]:  # no phase: the same forwards and backwards
        turned = part
        for axis in range(part.ndim):
            turned = np.roll(np.flip(turned, axis), 1, axis)
        assert turned == pytest.approx(part, abs=1e-12)


def test_factors_of_a_map_without_a_frequency_are_real():
    (image,) = images((5, 4), 1)
    image -= image.mean()
    parts, imaginary = shifts.factors(image, 8)  # rounding would have large roots
    assert imaginary < 1e-12
    assert parts.reshape(8, -1).sum(axis=1) == pytest.approx(0, abs=1e-12)


def test_plain_roots_are_real_only_if_no_sum_is_negative():
    # Of two pixels the frequencies are the sum and the difference, each its own
    # opposite.
    assert shifts.plain_root(np.array([3.0, 1.0]), 2).imag == pytest.approx(0)
    root = shifts.plain_root(np.array([1.0, 3.0]), 2)
    assert root == pytest.approx([1 + 2**0.5 / 2 * 1j, 1 - 2**0.5 / 2 * 1j])


@pytest.mark.parametrize("shape", [(7,), (8,), (5, 6)])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9])
def test_a_band_is_the_lowest_frequencies(shape, share):
    (image,) = images(shape, 1)
    band = shifts.band_limited(image, share)
    kept = np.abs(circulant.eigenvalues(band)) > 1e-12
    assert circulant.eigenvalues(band)[kept] == pytest.approx(
        circulant.eigenvalues(image)[kept]
    )
    along = np.meshgrid(*map(np.fft.fftfreq, shape), indexing="ij")
    size = np.sqrt(sum(frequency**2 for frequency in along))
    highest = size[kept].max() + 1e-9
    assert kept.all() or size[~kept].min() > highest - 1e-8
    assert np.mean(kept) >= share - 0.5 / image.size
    assert np.mean(size < highest - 1e-6) < share + 1e-9  # no more than the last ones


@pytest.mark.parametrize("shape", [(6,), (3, 4)])
@pytest.mark.parametrize("steps", [0, 1, 7])
def test_the_closed_form_is_gradient_descent_step_by_step(shape, steps):
    source, target = shifts.scaled(*images(shape))
    inputs, targets = map(circulant.dense, (source, target))
    start = STREAM.normal(size=inputs.shape)
    weights = start.copy()
    for _ in range(steps):
        weights += (targets - weights @ inputs) @ inputs.T
    found = shifts.descended(start, source, target, steps)
    assert found == pytest.approx(weights, abs=1e-12)


def test_half_of_the_largest_stable_rate_is_one():
    source, _ = shifts.scaled(*images((6,)))
    assert np.abs(circulant.eigenvalues(source)).max() == pytest.approx(1)
    assert np.linalg.norm(circulant.dense(source), 2) == pytest.approx(1)


@pytest.mark.parametrize("shape", [(6,), (4, 4)])
def test_in_the_limit_only_what_the_input_lacks_is_left_of_the_start(shape):
    source, target = images(shape)
    source, target = shifts.scaled(shifts.band_limited(source, 0.4), target)
    start = STREAM.normal(size=(source.size, source.size))
    end = shifts.descended(start, source, target, np.inf)
    inputs = circulant.dense(source)
    null = np.eye(source.size) - inputs @ np.linalg.pinv(inputs, rcond=1e-10)
    best = circulant.dense(shifts.optimum(source, target))
    assert end == pytest.approx(best + start @ null, abs=1e-9)
    assert circulant_from(end, shape) > 0.1
    assert circulant_from(best, shape) < 1e-12
    # From zero nothing is left but the map of least norm.
    zero = shifts.descended(np.zeros_like(start), source, target, np.inf)
    assert zero == pytest.approx(best, abs=1e-12)


def test_letting_a_frequency_pass_is_multiplying_by_a_circulant_projector():
    (image,) = images((3, 4), 1)
    matrix = STREAM.normal(size=(12, 12))
    image -= image.mean()
    inputs = circulant.dense(image)
    projector = inputs @ np.linalg.pinv(inputs, rcond=1e-10)
    found = shifts.filtered(matrix, shifts.seen(image))
    assert found == pytest.approx(matrix @ projector, abs=1e-12)
