"""The transfer matrix against enumeration, determinants, symmetries and limits."""

from math import log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.ising import lattice
from pixelwalk.ising.theory import enumeration, onsager, strip, transfer

BOUNDARIES = pytest.mark.parametrize("boundary", ["periodic", "free"])
CRITICAL = onsager.CRITICAL_COUPLING
COUPLINGS = [-1000, -0.7, -0.2, 0.0, 0.2, CRITICAL, 0.9, 1000]


def kac_ward(rows, columns, coupling):
    """Logarithm of Z of a free lattice, from a determinant over directed bonds.

    Closed walks without turning back, with half of their turning angle as a phase (Kac
    and Ward 1952): a method of its own, for planar lattices of any size.
    """
    ways = [1, 1j, -1, -1j]
    sites = [complex(r, c) for r in range(rows) for c in range(columns)]
    bonds = [(s, way) for s in sites for way in ways if s + way in set(sites)]
    number = {bond: k for k, bond in enumerate(bonds)}
    steps = np.eye(len(bonds), dtype=complex)
    for (start, way), k in number.items():
        for turn, phase in ((1, 0), (1j, 1), (-1j, -1)):
            follows = number.get((start + way, way * turn))
            if follows is not None:
                steps[k, follows] -= np.tanh(coupling) * np.exp(1j * np.pi / 4 * phase)
    _, half = np.linalg.slogdet(steps)
    return rows * columns * log(2) + len(bonds) / 2 * log(np.cosh(coupling)) + half / 2


def neighbour_sum(pairs, rows, columns, boundary):
    return np.sum(lattice.adjacency(rows, columns, boundary) * pairs) / 2


@BOUNDARIES
@pytest.mark.parametrize("field", [0.0, 0.3, -1.7])
@pytest.mark.parametrize(("rows", "columns"), [(3, 3), (3, 4), (5, 3), (4, 4)])
def test_small_lattices_are_as_their_states_say(rows, columns, field, boundary):
    for coupling in COUPLINGS:
        settings = (rows, columns, coupling, boundary, field)
        for name in ("log_partition_function", "energy"):
            found = getattr(transfer, name)(*settings)
            expected = getattr(enumeration, name)(*settings)
            assert found == pytest.approx(expected, rel=1e-13, abs=1e-13)
        pairs, expected = (m.correlations(*settings) for m in (transfer, enumeration))
        assert np.allclose(pairs, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 6), (6, 1), (2, 2), (2, 7)])
def test_free_lattices_may_be_thinner(rows, columns):
    settings = (rows, columns, -0.4, "free", 0.6)
    for name in ("log_partition_function", "energy", "correlations"):
        found = getattr(transfer, name)(*settings)
        assert np.allclose(found, getattr(enumeration, name)(*settings))


@pytest.mark.parametrize(("rows", "columns"), [(3, 4), (6, 9), (12, 12), (10, 15)])
@pytest.mark.parametrize("coupling", [-0.5, 0.25, CRITICAL, 0.8])
def test_free_lattices_are_as_a_determinant_says(rows, columns, coupling):
    found = transfer.log_partition_function(rows, columns, coupling, "free")
    assert found == pytest.approx(kac_ward(rows, columns, coupling), rel=1e-12)


@pytest.mark.parametrize("coupling", [-0.9, 0.3, 1000])
def test_a_chain_decays_as_the_hyperbolic_tangent(coupling):
    settings = (1, 80, coupling, "free")
    single = log1p(np.exp(-2 * abs(coupling))) + abs(coupling)  # log(2 cosh)
    found = transfer.log_partition_function(*settings)
    assert found == pytest.approx(log(2) + 79 * single)
    assert transfer.energy(*settings) == pytest.approx(-79 * np.tanh(coupling))
    apart = np.abs(np.subtract.outer(np.arange(80), np.arange(80)))
    assert np.allclose(transfer.correlations(*settings), np.tanh(coupling) ** apart)


@BOUNDARIES
def test_without_coupling_every_spin_is_a_coin(boundary):
    settings = (5, 9, 0, boundary, 2.0)
    assert transfer.log_partition_function(*settings) == pytest.approx(45 * log(2))
    assert np.allclose(transfer.correlations(*settings), np.eye(45))


@given(
    st.integers(3, 6),
    st.integers(3, 9),
    st.floats(-1.5, 1.5),
    st.sampled_from([0.0, 0.4, -2.0]),
    st.sampled_from(["periodic", "free"]),
)
def test_energy_is_the_derivative_and_the_sum_over_bonds(
    rows, columns, coupling, field, boundary
):
    step = 1e-4
    totals = [
        transfer.log_partition_function(
            rows, columns, coupling + k * step, boundary, field
        )
        for k in (-2, -1, 1, 2)
    ]
    slope = np.array([1, -8, 8, -1]) @ totals / (12 * step)
    energy = transfer.energy(rows, columns, coupling, boundary, field)
    assert energy == pytest.approx(-slope, abs=1e-7)
    if field == 0:
        pairs = transfer.correlations(rows, columns, coupling, boundary)
        bonds = neighbour_sum(pairs, rows, columns, boundary)
        assert energy == pytest.approx(-bonds, abs=1e-10)


@BOUNDARIES
@pytest.mark.parametrize("coupling", [-0.5, 0.3, 0.6])
@pytest.mark.parametrize(("rows", "columns"), [(5, 8), (10, 10), (11, 7)])
def test_pair_matrices_are_those_of_spins(rows, columns, coupling, boundary):
    for field in (0.0, 0.2):
        pairs = transfer.correlations(rows, columns, coupling, boundary, field)
        assert np.allclose(pairs, pairs.T, rtol=0, atol=1e-13)
        assert np.allclose(np.diag(pairs), 1, rtol=0, atol=1e-13)
        assert np.linalg.eigvalsh(pairs)[0] > 0
        if coupling > 0:  # Griffiths: spins of a ferromagnet never shun one another
            assert pairs.min() > 0


@BOUNDARIES
def test_the_susceptibility_is_the_sum_of_all_pairs(boundary):
    coupling, step = 0.3, 1e-3
    up, none, down = (
        transfer.log_partition_function(5, 9, coupling, boundary, field)
        for field in (step, 0.0, -step)
    )
    bend = (up - 2 * none + down) / (coupling * step) ** 2
    pairs = transfer.correlations(5, 9, coupling, boundary)
    assert pairs.sum() == pytest.approx(bend, rel=1e-5)


@BOUNDARIES
@pytest.mark.parametrize("field", [0.0, 0.7])
def test_the_lattice_may_be_turned(boundary, field):
    tall = transfer.correlations(7, 4, 0.4, boundary, field).reshape(7, 4, 7, 4)
    wide = transfer.correlations(4, 7, 0.4, boundary, field).reshape(4, 7, 4, 7)
    assert np.array_equal(tall.transpose(1, 0, 3, 2), wide)


@BOUNDARIES
def test_two_ways_through_a_square_lattice_agree(boundary):
    square = transfer.correlations(6, 6, 0.35, boundary).reshape(6, 6, 6, 6)
    assert np.allclose(square, square.transpose(1, 0, 3, 2), atol=1e-13)
    for axes in ((0, 2), (1, 3)):
        assert np.allclose(square, np.flip(square, axes), atol=1e-13)
    if boundary == "periodic":
        moved = np.roll(square, (1, 2, 1, 2), (0, 1, 2, 3))
        assert np.allclose(square, moved, atol=1e-13)


@pytest.mark.parametrize(
    ("rows", "columns", "boundary"),
    [(4, 6, "periodic"), (8, 10, "periodic"), (5, 7, "free"), (9, 4, "free")],
)
@pytest.mark.parametrize("coupling", [0.3, 0.7])
def test_a_chessboard_turns_one_sign_into_the_other(rows, columns, boundary, coupling):
    chessboard = 1 - 2 * (np.indices((rows, columns)).sum(axis=0).ravel() % 2)
    pairs = transfer.correlations(rows, columns, coupling, boundary)
    turned = transfer.correlations(rows, columns, -coupling, boundary)
    assert np.allclose(turned, pairs * np.outer(chessboard, chessboard), atol=1e-13)


@BOUNDARIES
def test_weights_added_as_logarithms_or_as_floats_are_the_same(boundary, monkeypatch):
    settings = (5, 6, -0.6, boundary, 0.4)
    names = ("log_partition_function", "energy", "correlations")
    floats = [getattr(transfer, name)(*settings) for name in names]
    monkeypatch.setattr(strip, "_SPAN", 0.0)
    logarithms = [getattr(transfer, name)(*settings) for name in names]
    for one, other in zip(floats, logarithms, strict=True):
        assert np.allclose(one, other, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("coupling", [1000, -1000])
@pytest.mark.parametrize(
    ("rows", "columns", "boundary", "bonds"),
    [(8, 8, "periodic", 128), (8, 7, "free", 97), (4, 10, "periodic", 80)],
)
def test_without_heat_two_ground_states_remain(
    rows, columns, boundary, bonds, coupling
):
    settings = (rows, columns, coupling, boundary)
    total = transfer.log_partition_function(*settings)
    assert total == pytest.approx(bonds * 1000 + log(2), rel=1e-15)
    assert transfer.energy(*settings) == pytest.approx(-bonds * np.sign(coupling))
    pairs = transfer.correlations(*settings)
    assert np.allclose(np.abs(pairs), 1, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("rows", "columns", "energy"), [(7, 7, 70), (5, 8, 64), (3, 50, 200)]
)
def test_an_odd_side_frustrates_a_bond_of_every_ring(rows, columns, energy):
    # Two bonds less than all for every ring of odd length.
    found = transfer.energy(rows, columns, -1000, "periodic")
    assert found == pytest.approx(energy, rel=1e-12)
    pairs = transfer.correlations(rows, columns, -1000, "periodic")
    assert -neighbour_sum(pairs, rows, columns, "periodic") == pytest.approx(energy)


@BOUNDARIES
def test_a_strong_field_aligns_all_spins(boundary):
    pairs = transfer.correlations(6, 9, -2.0, boundary, -30.0)
    assert np.allclose(pairs, 1)
    bonds = neighbour_sum(1, 6, 9, boundary)
    energy = transfer.energy(6, 9, 2.0, boundary, -30.0)
    assert energy == pytest.approx(-bonds - 30 * 54)


def test_a_long_strip_costs_as_its_length():
    # Far from its ends, every further row adds the same energy.
    energies = [transfer.energy(6, n, 0.3, "free") for n in (500, 1000, 1500)]
    assert np.diff(energies)[0] == pytest.approx(np.diff(energies)[1], rel=1e-12)
    ring = transfer.energy(6, 500, 0.3, "periodic")
    assert transfer.energy(6, 1000, 0.3, "periodic") == pytest.approx(2 * ring)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((13, 14, 0.4, "free"), "smaller side may be at most 12 .* got 13 x 14"),
        ((2, 3, 0.4, "periodic"), "at least 3 rows and columns, got 2 x 3"),
        ((0, 3, 0.4, "free"), "at least 1 rows and columns, got 0 x 3"),
        ((4, 4, 0.4, "helical"), "boundary must be one of .* got 'helical'"),
        ((3, 3, np.nan, "free"), "coupling must be a finite number, got nan"),
        ((3, 3, 0.4, "free", -np.inf), "field must be a finite number, got -inf"),
    ],
)
def test_bad_values_are_refused(settings, message):
    for name in ("log_partition_function", "energy", "correlations"):
        with pytest.raises(ValueError, match=message):
            getattr(transfer, name)(*settings)
