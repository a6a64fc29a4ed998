"""The walk against row sums, exact solutions, networkx and igraph."""

import hypothesis.extra.numpy as hnp
import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pixelwalk import walk

counts = hnp.arrays(
    float,
    st.integers(1, 7).map(lambda n: (n, n)),
    elements=st.sampled_from([0, 0, 0, 1, 2, 9]).map(float),
)
teleports = st.sampled_from([0.05, 0.15, 0.5, 0.9])

GRAPHS = {
    "one node": np.zeros((1, 1)),
    "one node with a loop": np.ones((1, 1)),
    "no edges": np.zeros((5, 5)),
    "connected": np.array([[1, 2, 3], [2, 0, 5], [3, 5, 0]], float),
    "disconnected": np.kron(np.eye(2), np.array([[0, 3, 1], [3, 0, 0], [1, 0, 2]])),
    "directed": np.array([[0, 1, 7], [0, 0, 2], [3, 0, 0]], float),
    "dead end": np.array([[0, 1, 2], [0, 0, 1], [0, 0, 0]], float),
    "bipartite": np.array([[0, 4], [4, 0]], float),
}
graphs = pytest.mark.parametrize("weights", GRAPHS.values(), ids=GRAPHS)


def symmetric(size, seed=1):
    """Random weights of a connected graph, a third of the pairs without an edge."""
    weights = np.triu(np.random.default_rng(seed).integers(-2, 5, (size, size)))
    chain = np.eye(size, k=1)
    return (np.maximum(weights + weights.T, 0) + chain + chain.T).astype(float)


def solve(weights, teleport):
    """Stationary distribution by solving pi (1 - (1 - teleport) T) = teleport / N."""
    size = len(weights)
    sums = weights.sum(axis=1, keepdims=True)
    chain = np.where(sums > 0, weights / np.where(sums > 0, sums, 1), 1 / size)
    matrix = np.eye(size) - (1 - teleport) * chain.T
    return np.linalg.solve(matrix, np.full(size, teleport / size))


def by_networkx(weights, teleport):
    ranks = nx.pagerank(
        nx.from_numpy_array(weights, create_using=nx.DiGraph),
        alpha=1 - teleport,
        tol=1e-14,
        max_iter=10_000,
    )
    return np.array([ranks[node] for node in range(len(weights))])


def by_igraph(weights, teleport):
    net = igraph.Graph.Weighted_Adjacency(weights.tolist(), mode="directed")
    edges = net.es["weight"] if net.ecount() else None
    return np.array(net.pagerank(damping=1 - teleport, weights=edges))


@graphs
@pytest.mark.parametrize("oracle", [solve, by_networkx, by_igraph])
@pytest.mark.parametrize("teleport", [0.05, 0.5])
def test_named_graphs(weights, oracle, teleport):
    found, residual, steps = walk.stationary_distribution(weights, teleport=teleport)
    assert np.allclose(found, oracle(weights, teleport), rtol=0, atol=1e-10)
    assert found.sum() == pytest.approx(1, abs=1e-14)
    assert residual <= 1e-12 and steps >= 1


@given(counts, teleports)
def test_any_directed_graph(weights, teleport):
    found, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    for oracle in (solve, by_networkx, by_igraph):
        assert np.allclose(found, oracle(weights, teleport), rtol=0, atol=1e-10)


@given(counts, teleports, st.sampled_from([1e-12, 1e-6, 1e-2]))
def test_the_residual_is_true_and_bounds_the_error(weights, teleport, tolerance):
    found, residual, _ = walk.stationary_distribution(
        weights, teleport=teleport, tolerance=tolerance
    )
    after = walk.step(found, walk.transition_matrix(weights), teleport)
    assert residual == pytest.approx(np.abs(after - found).sum(), abs=1e-15)
    assert residual <= tolerance
    error = np.abs(found - solve(weights, teleport)).sum()
    assert error <= residual / teleport + 1e-13


def test_symmetric_graphs_stay_at_their_row_sums_when_jumps_are_rare():
    weights = symmetric(40)
    expected = weights.sum(axis=1) / weights.sum()
    assert np.allclose(walk.row_sums(weights), expected, rtol=1e-14)
    # With a jump in 1/teleport steps the answer moves by about as little.
    for teleport in (1e-3, 1e-6):
        found, _, _ = walk.stationary_distribution(weights, teleport=teleport)
        assert np.abs(found - expected).sum() < 2 * teleport
    still = walk.step(expected, walk.transition_matrix(weights), 0)
    assert np.allclose(still, expected, rtol=0, atol=1e-15)


def test_a_small_teleport_is_exact_too():
    weights = symmetric(30, seed=2)
    found, _, _ = walk.stationary_distribution(weights, teleport=1e-4)
    assert np.allclose(found, solve(weights, 1e-4), rtol=0, atol=1e-9)


def test_a_star_by_hand():
    leaves, teleport = 4, 0.2
    star = np.zeros((5, 5))
    star[0, 1:] = star[1:, 0] = 3
    centre = (0.2 / 5) * (1 + 0.8 * leaves) / (1 - 0.8**2)
    found, _, _ = walk.stationary_distribution(star, teleport=teleport)
    assert found[0] == pytest.approx(centre, abs=1e-11)
    assert np.allclose(found[1:], (1 - centre) / leaves, atol=1e-11)


def test_each_component_keeps_its_share_of_the_pixels():
    weights = np.zeros((7, 7))
    weights[:3, :3] = 100 * symmetric(3)
    weights[3:, 3:] = symmetric(4)
    found, _, _ = walk.stationary_distribution(weights)
    assert found[:3].sum() == pytest.approx(3 / 7, abs=1e-9)


@graphs
@pytest.mark.parametrize("teleport", [0, 0.3, 1])
def test_a_step_conserves_probability(weights, teleport):
    transitions = walk.transition_matrix(weights)
    size = len(weights)
    before = np.random.default_rng(1).dirichlet(np.ones(size), (2, 4))
    after = np.stack([walk.step(part, transitions, teleport) for part in before])
    assert np.allclose(after.sum(axis=-1), 1, rtol=0, atol=1e-14)
    assert (after >= 0).all()
    alone = walk.step(before[1, 2], transitions, teleport)
    assert np.allclose(alone, after[1, 2], rtol=0, atol=1e-15)
    if teleport == 1:
        assert np.allclose(after, 1 / size)


@graphs
def test_rows_of_the_transition_matrix_sum_to_one_or_are_empty(weights):
    transitions = walk.transition_matrix(weights)
    has_edges = weights.sum(axis=1) > 0
    assert np.allclose(transitions.sum(axis=1), has_edges, rtol=0, atol=1e-15)
    assert np.array_equal(np.diff(transitions.indptr) > 0, has_edges)
    for i, j in np.argwhere(weights):
        share = weights[i, j] / weights[i].sum()
        assert transitions[i, j] == pytest.approx(share, rel=1e-15)


@given(counts, st.integers(-1000, 1000))
def test_the_unit_of_the_weights_changes_nothing(weights, power):
    scaled = np.ldexp(weights, power)
    same = [walk.stationary_distribution(w)[0] for w in (weights, scaled)]
    assert np.array_equal(*same)
    assert np.array_equal(walk.row_sums(scaled), walk.row_sums(weights))


@pytest.mark.parametrize("unit", [5e-324, 1e-310, 1e-300, 1e300, 3e307])
def test_any_scale_that_a_float_holds(unit):
    weights = GRAPHS["connected"]
    found, _, _ = walk.stationary_distribution(unit * weights)
    assert np.allclose(found, solve(weights, 0.01), rtol=0, atol=1e-9)


def test_tiny_and_huge_weights_in_one_graph():
    weights = np.array([[0, 1e300, 1e-300], [1e300, 0, 0], [1e-300, 0, 0]])
    found, _, _ = walk.stationary_distribution(weights, teleport=0.1)
    # The last pixel is left surely, to the first, and never reached but by a jump.
    expected = solve(np.array([[0, 1, 0], [1, 0, 0], [1, 0, 0]], float), 0.1)
    assert np.allclose(found, expected, rtol=0, atol=1e-10)


def test_sparse_and_dense_weights_give_the_same_and_stay_as_they_were():
    weights = symmetric(12)
    stored = sparse.csr_array(weights)
    before = stored.copy()
    for function in (walk.row_sums, lambda w: walk.stationary_distribution(w)[0]):
        assert np.array_equal(function(stored), function(weights))
    assert (stored != before).nnz == 0


def test_stored_zeros_are_no_edges():
    stored = sparse.csr_array(([0.0, 2.0], ([0, 1], [1, 0])), shape=(2, 2))
    found, _, _ = walk.stationary_distribution(stored, teleport=0.3)
    expected = solve(np.array([[0, 0], [2, 0]], float), 0.3)
    assert np.allclose(found, expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("bad", [-1e-9, np.nan, np.inf, -np.inf])
def test_bad_weights_are_refused(bad):
    weights = np.ones((3, 3))
    weights[1, 2] = bad
    for function in (walk.transition_matrix, walk.stationary_distribution):
        with pytest.raises(ValueError, match="finite and at least 0"):
            function(weights)


@pytest.mark.parametrize("shape", [(0, 0), (2, 3), (3,)])
def test_what_is_no_square_matrix_is_refused(shape):
    with pytest.raises(ValueError, match="square matrix"):
        walk.transition_matrix(np.ones(shape))


@pytest.mark.parametrize("teleport", [0, 1, -0.1, 1.2, np.nan])
def test_a_teleport_out_of_range_is_refused(teleport):
    with pytest.raises(ValueError, match=r"teleport must lie in \(0, 1\), got"):
        walk.stationary_distribution(np.ones((2, 2)), teleport=teleport)


def test_a_tolerance_that_is_not_reached_is_an_error(monkeypatch):
    monkeypatch.setattr(walk, "_MOST_STEPS", 5)
    with pytest.raises(ValueError, match="no stationary distribution within 5 steps"):
        walk.stationary_distribution(GRAPHS["directed"], teleport=0.01)
