"""Closed forms for periodic lattices against enumeration, derivatives and limits."""

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import special

from pixelwalk.ising.theory import enumeration, kaufman, onsager, transfer

CRITICAL = onsager.CRITICAL_COUPLING
COUPLINGS = [-0.7, -CRITICAL, -0.2, 0.0, 1e-5, 0.2, CRITICAL, 0.9, 3.0]
QUANTITIES = ["log_partition_function", "energy", "heat_capacity"]


@pytest.mark.parametrize("quantity", QUANTITIES)
@pytest.mark.parametrize("coupling", COUPLINGS)
@pytest.mark.parametrize(
    ("rows", "columns"), [(3, 3), (3, 4), (4, 3), (4, 4), (3, 5), (5, 3)]
)
def test_small_lattices_are_as_their_states_say(rows, columns, coupling, quantity):
    found = getattr(kaufman, quantity)(rows, columns, coupling)
    expected = getattr(enumeration, quantity)(rows, columns, coupling, "periodic")
    # Heat capacities of frustrated lattices are small differences.
    tolerance = {"rel": 1e-8, "abs": 1e-10}
    if quantity != "heat_capacity":
        tolerance = {"rel": 1e-12, "abs": 1e-12}
    assert found == pytest.approx(expected, **tolerance)


@pytest.mark.parametrize("coupling", [-2.5, -0.3, 0.1, CRITICAL, 1.0])
def test_four_by_four_by_its_known_numbers_of_states(coupling):
    # States of energy -32, -24, ..., 32: a classic count by hand and by machine.
    half = [(-32, 2), (-24, 32), (-20, 64), (-16, 424), (-12, 1728), (-8, 6688)]
    half += [(-4, 13568)]
    levels = half + [(0, 20524)] + [(-energy, count) for energy, count in half]
    energies, counts = np.array(levels).T
    assert counts.sum() == 2**16
    expected = special.logsumexp(-coupling * energies, b=counts)
    found = kaufman.log_partition_function(4, 4, coupling)
    assert found == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("coupling", [-0.9, -CRITICAL, -0.2, 0.2, CRITICAL, 0.9, 5.0])
@pytest.mark.parametrize(("rows", "columns"), [(5, 12), (10, 10), (7, 9), (8, 31)])
def test_narrow_lattices_are_as_the_transfer_matrix_says(rows, columns, coupling):
    settings = (rows, columns, coupling)
    # In an antiferromagnet with two odd sides, odd terms are taken off even ones.
    tolerance = 1e-9 if coupling < 0 and rows % 2 and columns % 2 else 1e-12
    found = kaufman.log_partition_function(*settings)
    expected = transfer.log_partition_function(*settings, "periodic")
    assert found == pytest.approx(expected, rel=tolerance)
    expected = transfer.energy(*settings, "periodic")
    assert kaufman.energy(*settings) == pytest.approx(expected, rel=tolerance)


@given(st.integers(3, 40), st.integers(3, 40), st.floats(-1.5, 1.5))
def test_energy_and_heat_capacity_are_derivatives(rows, columns, coupling):
    assume(coupling > -0.4 or rows % 2 == 0 or columns % 2 == 0)
    step = 1e-4
    sites = rows * columns
    nodes, weights = (-2, -1, 1, 2), np.array([1, -8, 8, -1]) / (12 * step)
    at = [(rows, columns, coupling + k * step) for k in nodes]
    slope = weights @ [kaufman.log_partition_function(*a) for a in at]
    energy = kaufman.energy(rows, columns, coupling)
    assert energy / sites == pytest.approx(-slope / sites, abs=1e-8)
    slope = weights @ [kaufman.energy(*a) for a in at]
    capacity = kaufman.heat_capacity(rows, columns, coupling)
    expected = -(coupling**2) * slope / sites
    assert capacity / sites == pytest.approx(expected, abs=1e-7)


@given(st.integers(3, 60), st.integers(3, 60), st.floats(-0.4, 3))
def test_rows_and_columns_may_change_places(rows, columns, coupling):
    for quantity in QUANTITIES:
        compute = getattr(kaufman, quantity)
        one, other = compute(rows, columns, coupling), compute(columns, rows, coupling)
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)


@given(st.integers(2, 40), st.integers(2, 40), st.floats(0, 20))
def test_a_chessboard_turns_one_sign_into_the_other(half_rows, half_columns, coupling):
    sides = (2 * half_rows, 2 * half_columns)
    total, energy, capacity = (
        getattr(kaufman, q)(*sides, coupling) for q in QUANTITIES
    )
    turned = [getattr(kaufman, q)(*sides, -coupling) for q in QUANTITIES]
    assert turned == [total, -energy, capacity]


@pytest.mark.parametrize("size", [(3, 3), (64, 7), (1024, 1024)])
def test_without_coupling_every_spin_is_a_coin(size):
    sites = size[0] * size[1]
    for coupling in (0, 0.0, -0.0):
        found = kaufman.log_partition_function(*size, coupling)
        assert found == pytest.approx(sites * log(2), rel=1e-14)
        assert kaufman.heat_capacity(*size, coupling) == 0
        assert kaufman.energy(*size, coupling) == pytest.approx(0, abs=1e-9 * sites)
    # To first order, each of the 2 N bonds adds -K to the energy.
    for weak in (1e-7, -1e-7):
        assert kaufman.energy(*size, weak) == pytest.approx(-2 * sites * weak, rel=1e-6)


@pytest.mark.parametrize("coupling", [20, 1000, -1000])
@pytest.mark.parametrize("side", [4, 64, 1024])
def test_without_heat_two_ground_states_remain(side, coupling):
    bonds = 2 * side**2
    total = kaufman.log_partition_function(side, side, coupling)
    assert total == pytest.approx(bonds * abs(coupling) + log(2), rel=1e-15)
    energy = kaufman.energy(side, side, coupling)
    assert energy == pytest.approx(-bonds * np.sign(coupling), rel=1e-12)
    assert kaufman.heat_capacity(side, side, coupling) == pytest.approx(0, abs=1e-20)


@pytest.mark.parametrize(("rows", "columns"), [(3, 4), (8, 5), (101, 64), (1023, 1024)])
def test_an_odd_side_frustrates_a_bond_of_every_ring(rows, columns):
    rings = rows if columns % 2 else columns
    found = kaufman.energy(rows, columns, -1000)
    assert found == pytest.approx(2 * rows * columns - 2 * rings, rel=1e-12)


def test_two_odd_sides_lose_digits_and_say_so():
    with pytest.raises(FloatingPointError, match="two odd sides"):
        kaufman.log_partition_function(7, 7, -3)


@pytest.mark.parametrize("coupling", [-0.6, -0.3, 0.1, 0.35, 0.5, 1.0])
def test_a_large_lattice_is_like_the_infinite_one(coupling):
    sites = 1024**2
    energy = kaufman.energy(1024, 1024, coupling) / sites
    capacity = kaufman.heat_capacity(1024, 1024, coupling) / sites
    assert energy == pytest.approx(onsager.energy(coupling), rel=1e-11)
    assert capacity == pytest.approx(onsager.heat_capacity(coupling), rel=1e-9)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_critical_energy_of_a_square(sign):
    # Ferdinand and Fisher 1969: with theta functions at q = exp(-pi), the next term
    # is 2 theta2 theta3 theta4 / (theta2 + theta3 + theta4) / side.
    powers = np.arange(-9, 10)
    second = np.sum(np.exp(-np.pi * (powers + 0.5) ** 2))
    third = np.sum(np.exp(-np.pi * powers**2))
    fourth = np.sum((-1.0) ** powers * np.exp(-np.pi * powers**2))
    expected = 2 * second * third * fourth / (second + third + fourth)
    for side, error in ((32, 1e-3), (128, 1e-4), (1024, 1e-6)):
        energy = sign * kaufman.energy(side, side, sign * CRITICAL) / side**2
        assert side * (-sqrt(2) - energy) == pytest.approx(expected, abs=error)


def test_the_heat_capacity_peaks_near_the_critical_coupling():
    couplings = np.linspace(0.40, 0.48, 161)
    for side in (32, 128):
        capacity = [
            kaufman.heat_capacity(side, side, coupling) for coupling in couplings
        ]
        peak = couplings[np.argmax(capacity)]
        # Ferdinand and Fisher 1969: the peak of a square stands off by 0.36 / side.
        assert (CRITICAL - peak) / CRITICAL * side == pytest.approx(0.36, abs=0.03)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((2, 3, 0.4), "at least 3 rows and columns, got 2 x 3"),
        ((3, 0, 0.4), "at least 3 rows and columns, got 3 x 0"),
        ((3, 3, np.nan), "coupling must be a finite number, got nan"),
        ((3, 3, -np.inf), "coupling must be a finite number, got -inf"),
    ],
)
def test_bad_values_are_refused(settings, message):
    for quantity in QUANTITIES:
        with pytest.raises(ValueError, match=message):
            getattr(kaufman, quantity)(*settings)
