"""What a configuration weighs: energies by hand and by matrices, and conventions."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.compute import bits
from pixelwalk.ising import lattice, sampling
from pixelwalk.ising.model import BONDS

sides = st.integers(3, 7)
boundaries = st.sampled_from(lattice.BOUNDARIES)
fields = st.floats(-3, 3)
FIELDS = np.arange(-4, 5)


def random_spins(*shape, seed=0):
    return np.random.default_rng(seed).choice([-1, 1], shape).astype(np.int8)


@given(sides, sides, boundaries, fields)
def test_the_energy_is_that_of_the_adjacency_matrix(rows, columns, boundary, field):
    spins = random_spins(5, rows, columns)
    flat = spins.reshape(5, -1).astype(float)
    bonds = lattice.adjacency(rows, columns, boundary).toarray()
    expected = -np.einsum("ni,ij,nj->n", flat, bonds, flat) / 2 - field * flat.sum(1)
    assert sampling.energy(spins, boundary, field) == pytest.approx(expected)


@pytest.mark.parametrize(("boundary", "bonds"), [("periodic", 72), ("free", 60)])
def test_the_energy_of_order_and_of_a_chessboard(boundary, bonds):
    up = np.ones((6, 6), np.int8)
    chessboard = 1 - 2 * (np.indices((6, 6)).sum(axis=0) % 2)
    assert sampling.energy(up, boundary) == -bonds
    assert sampling.energy(chessboard, boundary) == bonds
    # The field meets 36 spins of the one, and in sum none of the other.
    assert sampling.energy(up, boundary, 0.5) == -bonds - 18
    assert sampling.energy(chessboard, boundary, 0.5) == bonds


def test_the_energy_of_a_chain_and_of_a_lone_spin():
    assert sampling.energy(np.array([[1, 1, -1, -1]]), "free") == -1
    assert sampling.energy(np.array([[1]]), "free", 2.0) == -2


def test_many_configurations_of_small_integers_do_not_overflow():
    assert sampling.energy(np.ones((2, 200, 300), np.int8), "periodic").tolist() == [
        -120_000,
        -120_000,
    ]


@given(st.integers(0, 200), sides, sides)
def test_spins_are_the_bits_of_packed_samples(count, rows, columns):
    spins = random_spins(count, rows, columns)
    found = sampling.spins(bits.pack(spins > 0))
    assert found.dtype == np.int8
    np.testing.assert_array_equal(found, spins)


def test_half_counts_everything_half():
    assert sampling.coupling(0.8, "standard") == 0.8
    assert sampling.coupling(0.8, "half") == sampling.coupling(0.4, "standard") == 0.4
    assert sampling.coupling(-1.0, "half") == -0.5


def test_the_heat_bath_of_each_convention_by_hand():
    # P(+1) = 1 / (1 + exp(-2 beta h)) if standard, 1 / (1 + exp(-beta h)) if half.
    for bonds, factor in (("standard", 2), ("half", 1)):
        model = sampling.Model(3, 3, sampling.coupling(0.5, bonds), "free", field=0.25)
        expected = 1 / (1 + np.exp(-factor * 0.5 * (FIELDS + 0.25)))
        assert model.up_probabilities(FIELDS) == pytest.approx(expected, rel=1e-14)


@given(st.floats(-2, 2), fields)
def test_an_update_is_in_detailed_balance(coupling, field):
    model = sampling.Model(3, 3, coupling, "periodic", field)
    up = model.up_probabilities(FIELDS)
    # Turning a spin up lowers the energy by twice the sum of neighbours and field.
    assert np.log(up / (1 - up)) == pytest.approx(2 * coupling * (FIELDS + field))


@pytest.mark.parametrize("coupling", [1e3, 1e300, sys.float_info.max])
def test_without_heat_a_spin_follows_its_neighbours(coupling):
    up = sampling.Model(3, 3, coupling, "free").up_probabilities(FIELDS)
    assert up.tolist() == [0, 0, 0, 0, 0.5, 1, 1, 1, 1]
    against = sampling.Model(3, 3, -coupling, "free").up_probabilities(FIELDS)
    assert against.tolist() == up[::-1].tolist()


@pytest.mark.parametrize("field", [-sys.float_info.max, 0, 7, sys.float_info.max])
def test_without_coupling_a_spin_is_a_coin_whatever_the_field(field):
    assert (
        sampling.Model(3, 3, 0, "free", field).up_probabilities(FIELDS) == 0.5
    ).all()


def test_the_largest_field_decides():
    largest = sys.float_info.max
    up = sampling.Model(3, 3, 0.1, "free", largest).up_probabilities(FIELDS)
    down = sampling.Model(3, 3, largest, "free", -largest).up_probabilities(FIELDS)
    assert (up.min(), down.max()) == (1, 0)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(wrong):
    with pytest.raises(ValueError, match=f"must be finite numbers, .* of {wrong}"):
        sampling.Model(3, 3, wrong, "free")
    with pytest.raises(ValueError, match=f"must be finite numbers, .* of {wrong}"):
        sampling.Model(3, 3, 0.4, "free", wrong)


def test_an_unknown_convention_is_refused():
    with pytest.raises(ValueError, match=r"bonds must be one of .* got 'third'"):
        sampling.coupling(0.4, "third")
    assert set(BONDS) == {"standard", "half"}
