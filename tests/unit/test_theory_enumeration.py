"""All states added up, against what one can add up by hand."""

from math import cosh, exp, log, tanh

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.ising.theory import enumeration

couplings = st.floats(-2, 2)
fields = st.floats(-3, 3)


def test_a_bit_that_is_set_is_a_spin_down():
    states = enumeration.spin_states(3)
    assert states.tolist()[:4] == [[1, 1, 1], [-1, 1, 1], [1, -1, 1], [-1, -1, 1]]
    assert len(np.unique(states, axis=0)) == 8


@given(couplings, fields)
def test_one_spin_in_a_field(coupling, field):
    settings = (1, 1, coupling, "free", field)
    drive = coupling * field
    assert enumeration.log_partition_function(*settings) == pytest.approx(
        log(2 * cosh(drive)), abs=1e-12
    )
    assert enumeration.energy(*settings) == pytest.approx(-field * tanh(drive))
    assert enumeration.heat_capacity(*settings) == pytest.approx(
        (drive / cosh(drive)) ** 2, abs=1e-12
    )
    assert enumeration.absolute_magnetisation(*settings) == pytest.approx(1)


@given(couplings, fields)
def test_two_spins_in_a_field(coupling, field):
    up, down = exp(coupling * (1 + 2 * field)), exp(coupling * (1 - 2 * field))
    mixed = 2 * exp(-coupling)
    total = up + down + mixed
    settings = (1, 2, coupling, "free", field)
    found = enumeration.log_partition_function(*settings)
    assert found == pytest.approx(log(total), abs=1e-12)
    product = (total - 2 * mixed) / total
    expected = [[1, product], [product, 1]]
    assert np.allclose(enumeration.correlations(*settings), expected)
    aligned = enumeration.absolute_magnetisation(*settings)
    assert aligned == pytest.approx((up + down) / total)


@given(couplings)
def test_a_square_of_four_is_a_ring(coupling):
    total = 2 * exp(4 * coupling) + 12 + 2 * exp(-4 * coupling)
    settings = (2, 2, coupling, "free")
    found = enumeration.log_partition_function(*settings)
    assert found == pytest.approx(log(total))
    energy = -8 * (exp(4 * coupling) - exp(-4 * coupling)) / total
    assert enumeration.energy(*settings) == pytest.approx(energy, abs=1e-12)


@given(couplings, st.integers(1, 9))
def test_a_chain_decays_as_the_hyperbolic_tangent(coupling, length):
    settings = (1, length, coupling, "free")
    found = enumeration.log_partition_function(*settings)
    assert found == pytest.approx(log(2) + (length - 1) * log(2 * cosh(coupling)))
    apart = np.abs(np.subtract.outer(np.arange(length), np.arange(length)))
    expected = tanh(coupling) ** apart
    assert np.allclose(enumeration.correlations(*settings), expected, atol=1e-12)


@pytest.mark.parametrize("boundary", ["periodic", "free"])
def test_states_weigh_as_the_bonds_of_networkx_say(boundary):
    grid = nx.grid_2d_graph(3, 4, periodic=boundary == "periodic")
    states = enumeration.spin_states(12)
    bonds = [(4 * a + b, 4 * c + d) for (a, b), (c, d) in grid.edges]
    energies = -sum(states[:, i] * states[:, j] for i, j in bonds)
    energies -= 0.7 * states.sum(axis=1)
    weights = np.exp(-0.4 * energies)
    settings = (3, 4, 0.4, boundary, 0.7)
    total = enumeration.log_partition_function(*settings)
    assert total == pytest.approx(log(weights.sum()))
    chances = weights / weights.sum()
    assert enumeration.energy(*settings) == pytest.approx(chances @ energies)
    spread = chances @ energies**2 - (chances @ energies) ** 2
    assert enumeration.heat_capacity(*settings) == pytest.approx(0.16 * spread)
    some = chances @ (states[:, 2] * states[:, 9])
    assert enumeration.correlations(*settings)[2, 9] == pytest.approx(some)


def test_without_coupling_every_spin_is_a_coin():
    settings = (4, 4, 0.0, "periodic")
    found = enumeration.log_partition_function(*settings)
    assert found == pytest.approx(16 * log(2))
    assert np.allclose(enumeration.correlations(*settings), np.eye(16))
    # E|m| of 16 fair coins is 16 choose 8 over 2**16.
    assert enumeration.absolute_magnetisation(*settings) == pytest.approx(12870 / 65536)


@pytest.mark.parametrize("coupling", [1000, -1000])
def test_without_heat_the_ground_states_remain(coupling):
    settings = (4, 4, coupling, "periodic")
    total = enumeration.log_partition_function(*settings)
    assert total == pytest.approx(32_000 + log(2), rel=1e-15)
    assert enumeration.energy(*settings) == -32 * np.sign(coupling)
    assert enumeration.heat_capacity(*settings) == 0


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((4, 5, 0.4, "free"), "at most 16 sites, got 4 x 5"),
        ((2, 3, 0.4, "periodic"), "at least 3 rows and columns"),
        ((3, 3, 0.4, "closed"), "boundary must be one of"),
        ((3, 3, np.nan, "free"), "coupling must be a finite number, got nan"),
        ((3, 3, 0.4, "free", np.inf), "field must be a finite number, got inf"),
    ],
)
def test_bad_values_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        enumeration.energy(*settings)
