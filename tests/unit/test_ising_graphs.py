"""Sampling on lattices of other kinds and on any graph: the right distribution."""

import itertools

import networkx as nx
import numpy as np
import pytest
from scipy import special

from boltzmann import (
    ALARM,
    counts_chance,
    enumerated_correlations,
    flat,
    mean_chance,
    pairs_chance,
    states_chance,
    uneven_chance,
)
from pixelwalk.ising import draws, graphbath, heatbath, reference, sampling
from pixelwalk.ising import model as ising_model

STAR = tuple((0, other) for other in range(1, 8))
SIX = tuple(itertools.combinations(range(6), 2))
#: Two pieces of different shape, and a site without neighbours.
PIECES = ((0, 1), (1, 2), (0, 2), (2, 3), (5, 6), (6, 7))


def on(edges, sites, coupling, field=0.0):
    return sampling.Model(1, sites, coupling, "free", field, edges=edges)


def draw(count, model, method, sweeps=60):
    samples, _ = sampling.sample(
        count,
        model,
        method=method,
        sweeps=2**14 if method == "exact" else sweeps,
        seeds=np.random.SeedSequence(5),
    )
    return samples


@pytest.mark.parametrize("method", sampling.METHODS)
@pytest.mark.parametrize(
    "model",
    [
        sampling.Model(3, 3, 0.2, "periodic", 0.0, "triangular"),
        sampling.Model(3, 3, 0.3, "free", 0.4, "triangular"),
        sampling.Model(2, 4, 0.3, "free", 0.0, "triangular"),
        sampling.Model(3, 3, 0.25, "helical", -0.3),
        sampling.Model(3, 3, 0.2, "helical", 0.0, "triangular"),
        on(STAR, 8, 0.5),
        on(STAR, 8, 0.3, 0.6),
        on(SIX, 6, 0.2),
        on(PIECES, 9, 0.6),
        on(PIECES, 9, 0.4, -0.5),
        on(PIECES, 9, 0.0, 2.0),
    ],
    ids=str,
)
def test_every_state_has_its_boltzmann_chance(method, model):
    count = 12_000 if method == "swendsen-wang" else 40_000
    assert states_chance(draw(count, model, method), model) > ALARM


@pytest.mark.parametrize(
    "model",
    [
        sampling.Model(3, 3, -0.4, "periodic", 0.0, "triangular"),
        sampling.Model(3, 3, -0.4, "helical", 0.7),
        on(STAR, 8, -0.6, 1.5),
        on(SIX, 6, -0.5),
        on(PIECES, 9, -0.5),
    ],
    ids=str,
)
def test_every_state_of_the_antiferromagnet_has_its_chance(model):
    assert states_chance(draw(40_000, model, "gibbs"), model) > ALARM


@pytest.mark.parametrize(
    ("coupling", "field"),
    [(0.3, 0), (-0.4, 0), (0.3, 0.7), (-0.3, -0.2), (0, 0), (0, 1), (5, 0)],
)
def test_where_all_have_four_neighbours_the_states_are_those_of_the_lattice(
    coupling, field
):
    model = sampling.Model(5, 6, coupling, "periodic", field)
    found = []
    for kernel in (heatbath.Kernel(model), graphbath.GraphKernel(model)):
        states = kernel.states(2)
        start = draws.stream(np.random.SeedSequence(3))
        draws.random_words(start, kernel.words(states[1]).reshape(-1))
        kernel.run(states, draws.stream(np.random.SeedSequence(1)), 7)
        found.append([kernel.words(state) for state in states])
    np.testing.assert_array_equal(*found)


@pytest.mark.parametrize("method", sampling.METHODS)
@pytest.mark.parametrize("field", [0, 0.05])
def test_where_all_are_neighbours_only_the_magnetisation_counts(method, field):
    sites, coupling = 40, 0.02
    everyone = tuple(itertools.combinations(range(sites), 2))
    samples = draw(6400, on(everyone, sites, coupling, field), method)
    # Of the states with so many up, each has the energy (sites - m**2) / 2 - field m.
    up = np.arange(sites + 1)
    magnetisation = 2.0 * up - sites
    weight = coupling * (magnetisation**2 / 2 + field * magnetisation)
    weight += special.gammaln(sites + 1) - special.gammaln(up + 1)
    chances = special.softmax(weight - special.gammaln(sites - up + 1))
    seen = np.bincount((flat(samples) > 0).sum(axis=1), minlength=sites + 1)
    assert uneven_chance(seen, chances) > ALARM


@pytest.mark.parametrize("method", sampling.METHODS)
def test_on_a_tree_correlations_fall_with_the_distance(method):
    tree = nx.random_labeled_tree(60, seed=4)
    model = on(tuple(tree.edges), 60, 0.5)
    apart = dict(nx.all_pairs_shortest_path_length(tree))
    distances = np.array([[apart[a][b] for b in range(60)] for a in range(60)])
    # A cluster of a tree turns as a whole at once: soon nothing is left of the start.
    sweeps = 60 if method == "swendsen-wang" else 300
    samples = draw(20_000, model, method, sweeps)
    assert pairs_chance(samples, np.tanh(0.5) ** distances) > ALARM


@pytest.mark.parametrize("method", sampling.METHODS)
@pytest.mark.parametrize(
    "model",
    [
        sampling.Model(4, 4, 0.25, "periodic", 0.0, "triangular"),
        sampling.Model(4, 4, 0.4, "helical", 0.1),
    ],
    ids=str,
)
def test_all_pairs_on_sixteen_sites(method, model):
    samples = draw(8000, model, method)
    expected = enumerated_correlations(model)
    assert pairs_chance(samples, expected) > ALARM
    np.testing.assert_allclose(reference.solve(model)["correlations"], expected)
    energies = model.energy(sampling.spins(samples))
    assert mean_chance(energies, reference.exact_energy(model)) > ALARM


@pytest.mark.parametrize(
    ("count", "sweeps"),
    [(3200, 40), pytest.param(6400, 150, marks=pytest.mark.nightly)],
)
def test_a_triangular_lattice_is_critical_where_it_should_be(count, sweeps):
    # At coupling log(3) / 4 neighbours have a mean product of 2/3 (Houtappel 1950), on
    # an infinite lattice; of a periodic one, energies per site are below -2 by c / L.
    means = []
    for side in (16, 32):
        critical = np.log(3) / 4
        model = sampling.Model(side, side, critical, "periodic", 0.0, "triangular")
        spins = sampling.spins(draw(count, model, "swendsen-wang", sweeps))
        means.append(model.energy(spins).mean() / side**2)
    small, large = means
    assert small < large < -2
    assert 2 * large - small == pytest.approx(-2, abs=0.01)


def test_each_triangle_of_an_antiferromagnet_keeps_one_pair_of_equals():
    model = sampling.Model(6, 6, -8.0, "periodic", 0.0, "triangular")
    spins = sampling.spins(draw(512, model, "gibbs", sweeps=2000))
    # 72 triangles and 108 bonds, each in two of them: 36 equal, 72 unequal.
    assert (model.energy(spins) == 36).mean() > 0.9


@pytest.mark.parametrize("method", sampling.METHODS)
def test_samples_do_not_depend_on_threads(method):
    model = sampling.Model(4, 5, 0.2, "free", 0.1, "triangular")
    course = {"method": method, "sweeps": 64}
    one, three = (
        sampling.sample(
            1100, model, **course, seeds=np.random.SeedSequence(1), threads=threads
        )[0]
        for threads in (1, 3)
    )
    np.testing.assert_array_equal(one.words, three.words)


def test_the_order_of_edges_does_not_count():
    shuffled = tuple((b, a) for a, b in reversed(PIECES))
    for method in sampling.METHODS:
        pair = [draw(700, on(e, 9, 0.4), method).words for e in (PIECES, shuffled)]
        np.testing.assert_array_equal(*pair)


def test_a_site_alone_follows_the_field():
    model = on(((0, 1),), 3, 0.5, 0.8)
    up = (flat(draw(20_000, model, "gibbs"))[:, 2] > 0).sum()
    assert counts_chance(up, 20_000, special.expit(2 * 0.5 * 0.8)) > ALARM


def test_energies_are_sums_over_the_edges(monkeypatch):
    model = on(PIECES, 9, 0.4, 0.3)
    spins = sampling.spins(draw(50, model, "gibbs"))
    flatly = spins.reshape(50, 9)
    bonds = sum(flatly[:, a].astype(int) * flatly[:, b] for a, b in PIECES)
    expected = -bonds - 0.3 * flatly.sum(axis=1)
    np.testing.assert_allclose(model.energy(spins), expected)
    monkeypatch.setattr(ising_model, "_NUMBERS", 63)  # seven configurations at a time
    np.testing.assert_allclose(model.energy(spins), expected)


@pytest.mark.parametrize("edge", [(0, 9), (-1, 2), (3, 3), (1, 0)])
def test_what_is_no_edge_is_refused(edge):
    with pytest.raises(
        ValueError, match=rf"sites 0 to 8, each once, got \({edge[0]}, "
    ):
        on((*PIECES, edge), 9, 0.4)


def test_more_than_sixteen_sites_are_not_solved():
    model = sampling.Model(4, 5, 0.2, "free", 0.0, "triangular")
    assert reference.exact_energy(model) is None
    solved = reference.solve(model)
    assert np.isnan(solved["energy"]) and solved["correlations"].shape == (0, 0)


def test_long_runs_are_cut_into_short_calls(monkeypatch):
    model = on(STAR, 8, 0.4)
    kernel, whole = graphbath.GraphKernel(model), None
    for reads in (10**9, 30):
        monkeypatch.setattr(graphbath, "_READS", reads)
        states = kernel.states(1)
        kernel.run(states, draws.stream(np.random.SeedSequence(2)), 9)
        whole = states if whole is None else whole
    np.testing.assert_array_equal(whole, states)
