"""Ising samples against exact enumeration, and heat-bath chances against the hand."""

import sys

import networkx as nx
import numpy as np
import pytest
from scipy.stats import chisquare

from pixelwalk import ising, lattice

BOTH = pytest.mark.parametrize("boundary", ["periodic", "free"])
CONVENTIONS = pytest.mark.parametrize(
    ("bonds", "beta", "coupling"), [("standard", 0.3, 0.3), ("half", 0.6, 0.3)]
)
POWERS = 2 ** np.arange(9)


def draw(count, seed=1, side=3, **options):
    settings = {"beta": 0.4, "boundary": "free", "bonds": "half", "sweeps": 5}
    seeds = np.random.SeedSequence(seed)
    return ising.sample(count, side, side, seeds=seeds, **(settings | options))


def enumerate_states(boundary, coupling):
    """All 512 states of 3 x 3 spins, their energies and Boltzmann probabilities."""
    states = 1 - 2 * (np.arange(512)[:, None] // POWERS % 2)
    grid = nx.grid_2d_graph(3, 3, periodic=boundary == "periodic")
    bonds = [(3 * a + b, 3 * c + d) for (a, b), (c, d) in grid.edges]
    energies = -sum(states[:, i] * states[:, j] for i, j in bonds)
    weights = np.exp(-coupling * energies)
    return states, energies, weights / weights.sum()


def test_heat_bath_by_hand():
    standard = ising.heat_bath_probabilities(0.5, "standard")
    half = ising.heat_bath_probabilities(0.5, "half")
    # P = 1 / (1 + exp(-2 K h)): K h = 1 at h = 2 (standard), at h = 4 (half).
    assert standard[4] == half[4] == 0.5
    assert standard[6] == pytest.approx(0.8807970779778824)
    assert half[8] == pytest.approx(0.8807970779778824)
    assert half[6] == standard[5] == pytest.approx(0.7310585786300049)


@CONVENTIONS
def test_heat_bath_is_in_detailed_balance(bonds, beta, coupling):
    chances = ising.heat_bath_probabilities(beta, bonds)
    fields = np.arange(-4, 5)
    assert np.allclose(chances / (1 - chances), np.exp(2 * coupling * fields))
    assert np.allclose(chances + chances[::-1], 1)


def test_without_coupling_a_spin_is_a_coin():
    assert (ising.heat_bath_probabilities(0, "standard") == 0.5).all()


@pytest.mark.parametrize("beta", [1e3, 1e300, sys.float_info.max])
@pytest.mark.parametrize("bonds", ["standard", "half"])
def test_without_heat_a_spin_follows_its_neighbours(beta, bonds):
    chances = ising.heat_bath_probabilities(beta, bonds)
    assert chances.tolist() == [0, 0, 0, 0, 0.5, 1, 1, 1, 1]


@BOTH
@CONVENTIONS
def test_samples_follow_the_boltzmann_distribution(boundary, bonds, beta, coupling):
    count = 100_000
    spins = draw(count, boundary=boundary, bonds=bonds, beta=beta, sweeps=60)
    seen = np.bincount((spins.reshape(count, 9) < 0) @ POWERS, minlength=512)
    _, energies, chances = enumerate_states(boundary, coupling)
    rare = count * chances < 5
    assert (count * chances[rare]).sum() > 5 or not rare.any()
    expected = np.append(count * chances[~rare], count * chances[rare].sum())
    observed = np.append(seen[~rare], seen[rare].sum())
    some = expected > 0
    assert chisquare(observed[some], expected[some]).pvalue > 1e-4

    measured = ising.energy(spins, boundary)
    error = measured.std() / np.sqrt(count)
    assert abs(measured.mean() - chances @ energies) < 4 * error


@BOTH
def test_the_energy_counts_every_bond_once(boundary):
    states, energies, _ = enumerate_states(boundary, 1)
    assert np.array_equal(ising.energy(states.reshape(-1, 3, 3), boundary), energies)


def test_the_energy_of_order_and_of_a_chessboard():
    up = np.ones((6, 6), np.int8)
    chessboard = 1 - 2 * (np.indices((6, 6)).sum(axis=0) % 2)
    for boundary, bonds in (("periodic", 72), ("free", 60)):
        assert ising.energy(up, boundary) == -bonds
        assert ising.energy(chessboard, boundary) == bonds


def test_half_at_beta_is_standard_at_half_of_beta():
    half = draw(50, beta=0.8, bonds="half")
    assert np.array_equal(half, draw(50, beta=0.4, bonds="standard"))


def test_a_strong_coupling_orders_and_none_does_not():
    cold, hot = (draw(200, beta=b, bonds="standard", sweeps=200) for b in (5, 0))
    assert (np.abs(cold.sum(axis=(1, 2))) == 9).mean() > 0.95
    assert abs(hot.mean()) < 4 / np.sqrt(hot.size)


def test_a_chain_starts_at_random():
    starts = draw(2000, sweeps=0, beta=5.0)
    assert np.abs(starts.mean(axis=0)).max() < 5 / np.sqrt(2000)


def test_samples_are_spins_and_differ():
    spins = draw(20, side=8)
    assert spins.dtype == np.int8 and spins.shape == (20, 8, 8)
    assert set(np.unique(spins)) == {-1, 1}
    assert len({s.tobytes() for s in spins}) == 20


def test_samples_do_not_depend_on_threads_but_on_the_seed():
    one, three = draw(350, threads=1), draw(350, threads=3)
    assert np.array_equal(one, three)
    assert not np.array_equal(one, draw(350, seed=2))


def test_a_longer_run_begins_like_a_shorter_one():
    longer = draw(320)
    for shorter in (1, 100, 150):
        assert np.array_equal(longer[:shorter], draw(shorter))


def test_the_compiled_kernel_does_what_its_python_text_says():
    around = lattice.neighbours(3, 4, "periodic")
    chances = ising.heat_bath_probabilities(0.4, "standard")
    runs = []
    for kernel in (ising._run_chains, ising._run_chains.py_func):
        spins = np.empty((5, 12), np.int8)
        kernel(spins, around, chances, 4, np.random.Generator(np.random.SFC64(3)))
        runs.append(spins)
    assert np.array_equal(*runs)


def test_no_samples_and_a_single_spin():
    assert draw(0).shape == (0, 3, 3)
    single = draw(1000, side=1, beta=3.0)
    assert single.shape == (1000, 1, 1)
    assert abs(single.mean()) < 4 / np.sqrt(1000)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": -1}, "at least 0, got -1"),
        ({"sweeps": -1}, "at least 0, got .*-1"),
        ({"beta": -0.1}, "beta must be .* got -0.1"),
        ({"beta": np.nan}, "beta must be .* got nan"),
        ({"beta": np.inf}, "beta must be .* got inf"),
        ({"bonds": "third"}, "bonds must be one of .* got 'third'"),
        ({"boundary": "helical"}, "boundary must be one of .* got 'helical'"),
        ({"boundary": "periodic", "side": 2}, "at least 3 rows and columns"),
    ],
)
def test_bad_values_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        draw(**({"count": 1} | options))
