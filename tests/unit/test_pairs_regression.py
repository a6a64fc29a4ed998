"""Pseudo-likelihood and partial correlations against what is exact."""

import numpy as np
import pytest
from scipy import optimize, special

from pixelwalk.ising import lattice
from pixelwalk.ising.theory import enumeration
from pixelwalk.pairs import regression


def exact_counts(rows, columns, coupling, boundary, scale, field=0.0):
    """Every state, as often as its chance says: samples without noise."""
    states = enumeration.spin_states(rows * columns)
    bonds = lattice.adjacency(rows, columns, boundary) / 2
    energies = -np.sum(states * (states @ bonds + field), axis=1)
    counts = np.rint(scale * special.softmax(-coupling * energies)).astype(int)
    return np.repeat(states, counts, axis=0)


@pytest.mark.parametrize(
    ("rows", "columns", "boundary", "coupling", "field"),
    [
        *((3, 3, "free", 0.35, 0), (3, 3, "periodic", 0.2, 0)),
        *((2, 4, "free", -0.3, 0), (2, 3, "free", 0.4, 0.7)),
    ],
)
def test_relaxed_couplings_of_exact_frequencies_are_the_couplings(
    rows, columns, boundary, coupling, field
):
    spins = exact_counts(rows, columns, coupling, boundary, 40_000, field)
    edges = lattice.adjacency(rows, columns, boundary).toarray() > 0
    everyone = ~np.eye(rows * columns, dtype=bool)
    # Given all pairs, those that are no edges come out as nothing.
    for allowed in (edges, everyone):
        found = regression.relaxed(spins, allowed)
        assert found[edges] == pytest.approx(coupling, rel=0.05)
        assert np.abs(found[~edges]).max() < 0.02
        assert np.array_equal(found, found.T)


def test_the_penalised_optimum_is_that_of_another_solver():
    spins = exact_counts(2, 3, 0.4, "free", 300)
    found = regression.couplings(spins)
    strength = regression.penalty(6, len(spins))
    others = spins[:, 1:]

    def loss(halves):  # in positive and negative parts, where the L1 norm is smooth
        weights = halves[:5] - halves[5:]
        fit = np.logaddexp(0, -spins[:, 0] * (others @ weights)).mean()
        return fit + strength * halves.sum()

    best = optimize.minimize(loss, np.full(10, 0.1), bounds=[(0, None)] * 10, tol=1e-12)
    weights = best.x[:5] - best.x[5:]
    assert found[0, 1:] == pytest.approx(weights / 2, abs=1e-3)
    assert np.any(weights == 0) and np.any(weights > 0.1)
    assert not np.diag(found).any()


def test_the_graph_of_enough_samples_is_the_lattice():
    spins = exact_counts(3, 3, 0.35, "free", 10_000)
    edges = lattice.adjacency(3, 3, "free").toarray() > 0
    joined, couplings = regression.graph(spins, regression.couplings(spins))
    assert np.array_equal(joined, edges)
    assert couplings[edges].mean() == pytest.approx(0.35, rel=0.1)
    assert not couplings[~edges].any()
    shrunk = regression.couplings(spins)
    assert shrunk[edges].mean() < 0.97 * couplings[edges].mean()


def test_the_graph_of_couplings_below_0_is_the_lattice():
    spins = exact_counts(2, 4, -0.35, "free", 10_000)
    edges = lattice.adjacency(2, 4, "free").toarray() > 0
    joined, couplings = regression.graph(spins, regression.couplings(spins))
    assert np.array_equal(joined, edges)
    assert couplings[edges].mean() == pytest.approx(-0.35, rel=0.1)


def test_free_spins_have_no_edges():
    spins = np.random.default_rng(1).choice([-1.0, 1.0], (500, 20))
    found = regression.couplings(spins)
    assert not regression.edges(found).any()
    joined, couplings = regression.graph(spins, found)
    assert not joined.any() and not couplings.any()


def test_edges_need_both_directions():
    found = np.array([[9, 1, 0], [1, 0, 2], [0, 0, 0.0]])
    expected = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], bool)
    assert np.array_equal(regression.edges(found), expected)


def test_spins_that_never_change_join_nothing():
    spins = exact_counts(2, 3, 0.4, "free", 300)
    frozen = np.hstack([spins, np.ones((len(spins), 2))])
    found = regression.couplings(frozen)
    assert not found[6:].any() and not found[:, 6:].any()
    assert not regression.relaxed(frozen, np.ones((8, 8), bool))[:, 6:].any()
    assert not regression.couplings(np.ones((5, 4))).any()


def test_a_field_is_no_coupling():
    stream = np.random.default_rng(2)
    spins = np.where(stream.random((2000, 8)) < 0.85, 1.0, -1.0)
    found = regression.relaxed(spins, np.ones((8, 8), bool))
    assert np.abs(found).max() < 0.15  # without an intercept: about 0.25 on average
    assert np.abs(found[np.triu_indices(8, 1)].mean()) < 0.02


def test_spins_that_are_always_equal_stay_finite():
    pair = np.repeat(np.random.default_rng(3).choice([-1.0, 1.0], (50, 1)), 3, axis=1)
    joined, couplings = regression.graph(pair, regression.couplings(pair))
    assert joined.any() and np.isfinite(couplings).all()
    assert np.isfinite(regression.partial_correlations(pair)).all()


def test_the_penalty_falls_with_the_samples_and_grows_with_the_pixels():
    assert regression.penalty(100, 400) == pytest.approx(np.sqrt(np.log(100) / 400))
    assert regression.penalty(100, 1600) == pytest.approx(
        regression.penalty(100, 400) / 2
    )
    assert regression.penalty(1, 10) > 0


def test_equal_samples_give_equal_couplings():
    spins = exact_counts(2, 3, 0.4, "free", 200)
    np.random.default_rng(4).shuffle(spins)
    one, same = regression.couplings(spins), regression.couplings(spins)
    assert np.array_equal(one, same)


def test_partial_correlations_are_those_of_residuals():
    stream = np.random.default_rng(5)
    pixels = (
        stream.normal(size=(20_000, 5)) @ (2 * np.eye(5) + stream.random((5, 5))) + 7
    )
    found = regression.partial_correlations(pixels)
    centred = pixels - pixels.mean(axis=0)
    left = centred[:, [0, 1]]
    rest = centred[:, 2:]
    left -= rest @ np.linalg.lstsq(rest, left)[0]
    assert found[0, 1] == pytest.approx(np.corrcoef(left.T)[0, 1], abs=1e-3)


def test_pixels_that_never_change_have_no_partial_correlation():
    pixels = np.random.default_rng(6).normal(size=(30, 4))
    pixels[:, 2] = 3
    found = regression.partial_correlations(pixels)
    assert not found[2].any() and found[0, 1] != 0
    assert not regression.partial_correlations(np.ones((3, 4))).any()


def test_the_graph_has_the_couplings_of_its_own_edges():
    spins = exact_counts(3, 3, 0.35, "free", 10_000)
    edges = lattice.adjacency(3, 3, "free").toarray() > 0
    # A detour that is taken for an edge is dropped, and the fit made without it.
    found = 1.0 * edges
    found[0, 4] = found[4, 0] = 1
    joined, couplings = regression.graph(spins, found)
    assert np.array_equal(joined, edges)
    assert np.array_equal(couplings, regression.relaxed(spins, edges))
