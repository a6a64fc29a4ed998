"""Maps from some of the shifts, against projections."""

from types import SimpleNamespace

from pixelwalk.matrices import circulant, nearest, shifts
from studies.linear import law_claims, partial_shifts

import numpy as np
import pytest


def pair(shape=(12,), seed=1):
    return np.random.default_rng(seed).normal(size=(2, *shape))


def measured(source, target, levels=(0, 0.1)):
    stream = np.random.default_rng(3)
    curves = partial_shifts.curves(source, target, levels, 3, stream)
    return SimpleNamespace(**curves)


@pytest.mark.parametrize("size", [1, 2, 3, 16, 196])
def test_numbers_of_shifts_go_from_one_to_all(size):
    tried = partial_shifts.counts(size)
    assert tried[0] == 1 and tried[-1] == size
    assert np.all(np.diff(tried) > 0)
    assert size == 1 or tried[-2] == size - 1


@pytest.mark.parametrize("shape", [(12,), (3, 4)])
def test_without_noise_the_map_is_that_of_all_behind_a_projection(shape):
    source, target = pair(shape)
    best = measured(source, target)
    inputs, targets = map(circulant.dense, (source, target))
    whole = circulant.dense(shifts.optimum(source, target))
    stream = np.random.default_rng(3)
    distances, errors = np.zeros((2, 3, len(best.shifts)))
    for repeat in range(3):
        order = stream.permutation(12)
        stream.standard_normal((2, 12, 12))  # the noise
        for i, count in enumerate(best.shifts):
            chosen, rest = order[:count], order[count:]
            projector = inputs[:, chosen] @ np.linalg.pinv(inputs[:, chosen])
            learned = whole @ projector
            near = nearest.circulant(learned, shape)
            distances[repeat, i] = nearest.distance(learned, near)
            wrong = learned @ inputs[:, rest] - targets[:, rest]
            size = np.linalg.norm(targets[:, rest])
            errors[repeat, i] = np.linalg.norm(wrong) / size if count < 12 else np.nan
    assert best.distances[0] == pytest.approx(distances.mean(axis=0), abs=1e-9)
    expected = pytest.approx(errors.mean(axis=0), abs=1e-9, nan_ok=True)
    assert best.unseen[0] == expected
    spread = distances.std(axis=0, ddof=1) / 3**0.5
    assert best.distance_errors[0] == pytest.approx(spread, abs=1e-9)


def test_no_noise_is_always_among_the_levels():
    assert measured(*pair(), levels=(0.2, 0.4)).noise.tolist() == [0, 0.2, 0.4]
    assert measured(*pair(), levels=(0,)).noise.tolist() == [0]


def test_noise_moves_the_map_of_all_shifts_from_a_convolution():
    best = measured(*pair(), levels=(0, 1e-6, 1e-3))
    rounding, *noisy = best.distances[:, -1]
    assert rounding < 1e-12
    assert noisy[1] / noisy[0] == pytest.approx(1000, rel=0.05)  # linear in the noise


def test_the_share_from_which_on_it_is_near():
    some = SimpleNamespace(
        shifts=np.array([1, 5, 9, 10]),
        distances=np.array([[0.05, 0.2, 0.1, 0], [0, 0, 0, 0], [0, 0, 0, 0.2]]),
    )
    shares = [law_claims.first_near(some, level) for level in range(3)]
    assert shares == pytest.approx([0.9, 0.1, np.nan], nan_ok=True)


def test_fewer_do_where_the_images_lack_frequencies():
    source, target = pair((16,))
    band = shifts.band_limited(source, 0.3), shifts.band_limited(target, 0.3)
    best = measured(*band)
    enough = best.shifts >= np.count_nonzero(shifts.seen(band[0]))
    assert best.distances[0, enough].max() < 1e-8
    assert best.distances[0, ~enough].min() > 0.1


@pytest.mark.parametrize("shape", [(1,), (2,), (1, 2)])
@pytest.mark.parametrize("blank", [0, 1, None])
def test_small_and_blank_images_give_finite_distances(shape, blank):
    images = pair(shape)
    if blank is not None:
        images[blank] = 0
    assert np.isfinite(measured(*images).distances).all()
