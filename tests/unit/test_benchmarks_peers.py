"""The peers and the naive script do the work that they are measured by."""

import numpy as np
import pytest
from scipy import sparse

from benchmarks import limits, ours, pairs, walking
from benchmarks import sampling as contest
from benchmarks.naive import basics
from benchmarks.peers import ranks, spins, weights
from pixelwalk import pairs as package_pairs
from pixelwalk.graph import walk
from pixelwalk.ising import lattice, reference, sampling

GRAPH = walking.near_graph(30, 400)


@pytest.mark.parametrize("kind", lattice.KINDS)
def test_each_bond_stands_once(kind):
    found = spins.bonds(4, kind)
    adjacency = lattice.adjacency(4, 4, "periodic", kind).toarray()
    drawn = np.zeros((16, 16))
    np.add.at(drawn, tuple(found.T), 1)
    assert np.array_equal(drawn + drawn.T, adjacency)


def test_the_energy_is_that_of_the_package():
    drawn = np.random.default_rng(1).choice(np.array([-1, 1], np.int8), (7, 5, 5))
    expected = np.mean(sampling.energy(drawn, "periodic")) / 25
    assert spins.energy_per_site(drawn.reshape(7, 25)) == pytest.approx(expected)


def exact_energy(coupling):
    """Mean energy per site of the 4 x 4 torus, over all 65,536 configurations."""
    states = (np.arange(2**16)[:, None] >> np.arange(16) & 1) * 2 - 1
    energy = sampling.energy(states.reshape(-1, 4, 4), "periodic")
    chances = np.exp(-coupling * (energy - energy.min()))
    return np.sum(chances * energy) / np.sum(chances) / 16, energy.std() / 16


def test_the_plain_loop_samples_the_ising_model():
    found = spins.energy_per_site(spins.plain_loop(4, 0.3, 8000, 60, threads=2)())
    mean, spread = exact_energy(0.3)
    assert abs(found - mean) < 5 * spread / np.sqrt(8000)


def test_samplers_agree_on_a_triangular_lattice():
    kind = "triangular"
    loop = spins.plain_loop(4, 0.2, 8000, 60, 2, kind)()
    samples, _ = ours.sample(
        4, 0.2, 8192, sweeps=60, threads=2, method="gibbs", kind=kind
    )
    model = sampling.Model(4, 4, 0.2, "periodic", lattice=kind)
    exact = reference.exact_energy(model) / 16
    # The energies of single configurations spread by 0.7 per site.
    assert spins.energy_per_site(loop, kind) == pytest.approx(exact, abs=0.04)
    assert ours.energy_per_site(samples, kind=kind) == pytest.approx(exact, abs=0.04)


def test_the_naive_heat_bath_samples_the_ising_model():
    settings = {
        "rows": 4,
        "columns": 4,
        "beta": 0.6,
        "bonds": "half",
        "boundary": "periodic",
        "field": 0,
        "sweeps": 60,
        "training": 6000,
        "test": 2000,
    }
    drawn = basics.gibbs(settings, np.random.default_rng(1))
    mean, spread = exact_energy(0.3)
    assert abs(spins.energy_per_site(drawn) - mean) < 5 * spread / np.sqrt(8000)


@pytest.mark.parametrize("packed", [True, False])
def test_all_count_the_same_pairs(packed):
    images = pairs.random_images(3, 130)
    flat = images.unpack().reshape(130, 9).astype(float)
    expected = flat.T @ flat / 130
    given = images if packed else sampling.spins(images)
    for function in (weights.blas, weights.scikit_learn, weights.double_loop):
        assert function(given) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "kind", ["coactivation", "same-state", "same-value", "product"]
)
def test_the_naive_weights_are_those_of_the_package(kind):
    images = np.random.default_rng(1).integers(0, 4, (40, 3, 3)).astype(np.uint8)
    expected = package_pairs.pair_weights(images, kind, level=1)
    found = basics.pair_weights(images.reshape(40, 9), kind, level=1)
    assert found == pytest.approx(expected)


def test_the_naive_walk_is_that_of_the_package():
    expected, _, _ = walk.stationary_distribution(GRAPH, teleport=0.1)
    assert basics.stationary(GRAPH.toarray(), 0.1) == pytest.approx(expected, abs=1e-10)


def test_near_pixels_are_linked_and_no_others():
    assert abs(GRAPH - GRAPH.T).max() == 0
    assert GRAPH.diagonal().max() == 0
    tail, head = GRAPH.nonzero()
    row, column = np.divmod(np.arange(30), 6)
    squared = (row[tail] - row[head]) ** 2 + (column[tail] - column[head]) ** 2
    everything = np.add.outer(row, -row) ** 2 + np.add.outer(column, -column) ** 2
    assert 400 <= GRAPH.nnz < 450
    # Whole rings of neighbours, up to the last, which is not whole.
    inner = everything[(everything < squared.max()) & (everything > 0)]
    assert np.sum(squared < squared.max()) == len(inner)


@pytest.mark.parametrize(
    ("function", "options"),
    [
        (ranks.networkx, {}),
        (ranks.igraph, {"implementation": "prpack"}),
        (ranks.igraph, {"implementation": "arpack"}),
    ],
)
def test_every_ranking_reaches_the_residual(function, options):
    found = function(GRAPH, 0.05, 1e-10, **options)
    assert found.sum() == pytest.approx(1)
    assert ranks.residual(GRAPH, 0.05, found) <= 1e-10


def test_the_residual_is_the_distance_to_the_next_step():
    chain = sparse.csr_array(np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    here = np.array([0.5, 0.3, 0.2])
    # From the third, which has no edges, all jump; a tenth of the others do too.
    after = 0.9 * np.array([0.3, 0.5, 0]) + (0.1 + 0.9 * 0.2) / 3
    expected = np.abs(after - here).sum()
    assert ranks.residual(chain, 0.1, here) == pytest.approx(expected)


def test_the_words_of_an_update_are_the_digits_that_decide_all_chains():
    # Without a coupling both probabilities are one: 0.111... in binary, and each digit
    # decides half of the chains. Of one chain, that takes two digits on average.
    assert limits.words_per_update(0, 1) == pytest.approx(1 + 2)
    # Of two, the larger of two such numbers: 8 / 3.
    assert limits.words_per_update(0, 2) == pytest.approx(1 + 8 / 3)
    assert limits.words_per_update(0.4, 512) > limits.words_per_update(0.4, 64)


def test_the_limits_are_measured():
    assert limits.cycles_per_second() > 1e8
    assert limits.bytes_per_second(2**20, 1) > 1e8
    assert limits.products_per_second([(8, 8, 8)], 1) > 1e5
    assert limits.random_words_per_second(1) > 1e6
    assert limits.pair_words_per_second(1) > 1e6


def test_ours_samples_what_the_peers_do():
    drawn, _ = ours.sample(4, 0.3, 8192, sweeps=60, threads=2, method="gibbs")
    mean, spread = exact_energy(0.3)
    assert abs(ours.energy_per_site(drawn) - mean) < 5 * spread / np.sqrt(8192)
    assert contest.TITLE
