"""Cluster updates: the bonds, the clusters they make, and what comes of many."""

import itertools

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csgraph

from boltzmann import (
    ALARM,
    counts_chance,
    enumerated,
    mean_chance,
    pairs_chance,
    uneven_chance,
)
from pixelwalk.compute import bits
from pixelwalk.ising import cluster, lattice, sampling
from pixelwalk.ising.theory import kaufman, transfer


def seeds(number=0):
    return np.random.SeedSequence([13, number])


def blocks(model, count):
    return [cluster.SwendsenWang(model, seed) for seed in seeds().spawn(count)]


def spins_of(block):
    """Spins of the 64 chains, shape (64, sites)."""
    return 2 * bits.Packed(block.words()[None], 64).unpack()[:, 0].astype(np.int8) - 1


def draw(count, model, sweeps):
    samples, _ = sampling.sample(
        count, model, method="swendsen-wang", sweeps=sweeps, seeds=seeds()
    )
    return samples


def steps_from(start, model):
    """Chance of every state after one update, over all states of the bonds.

    The field is one more spin, the last one.
    """
    around = lattice.adjacency(model.rows, model.columns, model.boundary)
    pairs = [
        (i, j, model.coupling) for i, j in np.argwhere(around.toarray()) if i < j
    ] + [
        (i, model.sites, model.coupling * abs(model.field)) for i in range(model.sites)
    ]
    spins = np.append(start, 1 if model.field > 0 else -1)
    equal = [(i, j, 1 - np.exp(-2 * k)) for i, j, k in pairs if spins[i] == spins[j]]
    equal = [(i, j, p) for i, j, p in equal if p > 0]
    states, _ = enumerated(model)
    chances = np.zeros(len(states))
    for opened in itertools.product([False, True], repeat=len(equal)):
        graph = nx.empty_graph(len(spins))
        chance = 1.0
        for (i, j, p), is_open in zip(equal, opened, strict=True):
            chance *= p if is_open else 1 - p
            if is_open:
                graph.add_edge(i, j)
        groups = list(nx.connected_components(graph))
        fits = np.ones(len(states), bool)
        for group in groups:
            sites = sorted(group - {model.sites})
            values = states[:, sites]
            target = spins[-1] if model.sites in group else values[:, :1]
            fits &= (values == target).all(axis=1)
        chances[fits] += chance * 0.5 ** (len(groups) - 1)
    return chances


@pytest.mark.parametrize(
    ("model", "start"),
    [
        (sampling.Model(2, 3, 0.3, "free"), [1, 1, 1, 1, 1, 1]),
        (sampling.Model(3, 2, 0.6, "free"), [1, 1, -1, 1, -1, -1]),
        (sampling.Model(2, 2, 0.3, "free", 0.5), [1, 1, -1, 1]),
        (sampling.Model(2, 2, 0.2, "free", -1.5), [1, -1, -1, -1]),
        (sampling.Model(1, 4, 0.4, "free", 0.2), [-1, -1, 1, 1]),
        (sampling.Model(3, 3, 0.4, "periodic"), [1, -1, 1, -1, 1, -1, 1, -1, 1]),
    ],
    ids=str,
)
def test_one_update_goes_everywhere_with_the_right_chance(model, start):
    expected = steps_from(np.array(start), model)
    assert expected.sum() == pytest.approx(1)
    seen = np.zeros(len(expected), np.int64)
    for block in blocks(model, 600):
        block.words()[:, 0] = np.where(np.array(start) > 0, np.uint64(2**64 - 1), 0)
        block.advance(1)
        numbers = (spins_of(block) > 0) @ 2 ** np.arange(model.sites)
        seen += np.bincount(numbers, minlength=len(expected))
    assert uneven_chance(seen, expected) > ALARM


@pytest.mark.parametrize("boundary", ["periodic", "free"])
@pytest.mark.parametrize(("rows", "columns"), [(20, 31), (31, 20), (5, 70), (3, 3)])
def test_without_heat_every_domain_turns_as_one(rows, columns, boundary):
    model = sampling.Model(rows, columns, 1000.0, boundary)
    around = lattice.adjacency(rows, columns, boundary).tocoo()
    ups = domains = meetings = agreeing = 0
    for block in blocks(model, 4):
        before = spins_of(block)
        block.advance(1)
        for old, new in zip(before, spins_of(block), strict=True):
            graph = around.copy()
            graph.data = (old[around.row] == old[around.col]).astype(float)
            graph.eliminate_zeros()
            count, labels = csgraph.connected_components(graph)
            first = np.unique(labels, return_index=True)[1]
            assert (new == new[first][labels]).all()
            ups += (new[first] > 0).sum()
            domains += count
            # Domains that meet at a corner of the lattice are coins of their own.
            if labels[0] != labels[1]:
                meetings += 1
                agreeing += new[0] == new[1]
    assert counts_chance(ups, domains, 0.5) > ALARM
    assert counts_chance(agreeing, meetings, 0.5) > ALARM


def test_without_coupling_an_update_forgets_everything():
    model = sampling.Model(4, 4, 0.0, "periodic", 2.0)
    agree = 0
    for block in blocks(model, 100):
        before = spins_of(block)
        block.advance(1)
        agree += (before == spins_of(block)).sum(axis=0)
    assert counts_chance(agree, 6400, 0.5) > ALARM


@pytest.mark.parametrize(
    ("boundary", "coupling"), [("periodic", 0.44), ("free", 0.46), ("periodic", 0.6)]
)
def test_all_pairs_near_and_below_the_critical_temperature(boundary, coupling):
    model = sampling.Model(10, 10, coupling, boundary)
    samples = draw(3200, model, sweeps=60)
    correlations = transfer.correlations(10, 10, coupling, boundary)
    assert pairs_chance(samples, correlations) > ALARM
    energies = sampling.energy(sampling.spins(samples), boundary)
    expected = transfer.energy(10, 10, coupling, boundary)
    assert mean_chance(energies, expected) > ALARM


@pytest.mark.parametrize("field", [0.05, -0.4])
def test_all_pairs_in_a_field(field):
    model = sampling.Model(7, 10, 0.42, "free", field)
    samples = draw(3200, model, sweeps=60)
    correlations = transfer.correlations(7, 10, 0.42, "free", field)
    assert pairs_chance(samples, correlations) > ALARM


def test_the_energy_of_a_large_critical_lattice():
    model = sampling.Model(64, 64, 0.44, "periodic")
    energies = sampling.energy(sampling.spins(draw(128, model, sweeps=100)), "periodic")
    assert mean_chance(energies, kaufman.energy(64, 64, 0.44)) > ALARM
    # The bound is not a wide one: 128 samples give the energy to a few in 1,000.
    error = energies.std(ddof=1) / np.sqrt(len(energies))
    assert error < 0.004 * abs(energies.mean())


def test_many_updates_are_as_many_single_ones(monkeypatch):
    model = sampling.Model(5, 6, 0.4, "free", 0.1)
    at_once, singly, cut = (cluster.SwendsenWang(model, seeds()) for _ in range(3))
    assert at_once.burn_in(7) == 7
    for _ in range(7):
        singly.advance(1)
    monkeypatch.setattr(cluster, "_UPDATES", 3 * model.sites * 64)
    cut.advance(7)
    np.testing.assert_array_equal(at_once.words(), singly.words())
    np.testing.assert_array_equal(at_once.words(), cut.words())


def test_an_antiferromagnet_is_refused():
    message = r"method: swendsen-wang needs a beta of at least 0 .* use method: gibbs"
    with pytest.raises(ValueError, match=message):
        draw(1, sampling.Model(3, 3, -0.2, "free"), 5)
