"""Locality of filters whose spread is known by hand."""

import numpy as np
import pytest

from pixelwalk.matrices import filters


def locality(weights):
    return filters.locality(weights, np.random.default_rng(1))


@pytest.mark.parametrize("shape", [(9,), (4, 5)])
def test_one_tap_is_as_local_as_can_be_wherever_it_stands(shape):
    for place in np.ndindex(shape):
        weights = np.zeros(shape)
        weights[place] = -3
        found = locality(weights)
        assert found["within"] == pytest.approx(1)
        assert found["taps"] == 1
        assert found["radius"] == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("shape", [(8,), (5,), (4, 6)])
def test_equal_weights_are_their_own_measure(shape):
    found = locality(np.full(shape, 0.3))
    assert found["within"] == pytest.approx(found["within_uniform"])
    assert found["radius"] == pytest.approx(found["uniform_radius"])
    assert found["within_permuted"] == pytest.approx(found["within_uniform"])
    assert found["permuted_radius"] == pytest.approx(found["uniform_radius"])
    assert found["taps"] == np.ceil(0.9 * np.prod(shape))


def test_distances_lead_around_the_edge():
    assert filters.distances((5,)).tolist() == [0, 1, 2, 2, 1]
    assert filters.distances((2, 3)) == pytest.approx(
        np.array([[0, 1, 1], [1, 2**0.5, 2**0.5]])
    )


def test_three_taps_around_the_edge_by_hand():
    weights = np.array([2.0, 1, 0, 0, 0, -1])  # squares 4, 1, 1
    found = locality(weights)
    assert found["radii"].tolist() == [0, 1, 2, 3]
    assert found["within"] == pytest.approx([4 / 6, 1, 1, 1])
    assert found["within_uniform"] == pytest.approx([1 / 6, 3 / 6, 5 / 6, 1])
    assert found["radius"] == pytest.approx((2 / 6) ** 0.5)
    assert found["taps"] == 3
    moved = locality(np.roll(weights, 4))
    assert moved["within"] == pytest.approx(found["within"])


def test_the_fewest_taps_count_the_largest_first():
    squares = np.array([0.05, 0.6, 0.05, 0.3])
    assert locality(np.sqrt(squares))["taps"] == 2


def test_permuting_spreads_a_local_filter_and_no_random_one():
    local = np.zeros((8, 8))
    local[:3, :3] = 1
    found = locality(local)
    assert found["within"][2] == pytest.approx(1)
    assert found["within_permuted"][2] < 0.6
    assert found["radius"] < found["permuted_radius"] / 2
    noise = np.random.default_rng(2).normal(size=(8, 8))
    found = locality(noise)
    assert found["within"] == pytest.approx(found["within_permuted"], abs=0.12)
    assert found["radius"] == pytest.approx(found["permuted_radius"], rel=0.1)


def test_a_filter_of_zeros_is_nowhere():
    found = locality(np.zeros((3, 3)))
    assert np.isnan([found["taps"], found["radius"], *found["within"]]).all()
    assert np.isfinite(found["uniform_radius"])
