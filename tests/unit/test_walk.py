"""The walk against row sums, exact solutions, networkx and igraph."""

import hypothesis.extra.numpy as hnp
import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pixelwalk.graph import walk

counts = hnp.arrays(
    float,
    st.integers(1, 7).map(lambda n: (n, n)),
    elements=st.sampled_from([0, 0, 0, 1, 2, 9]).map(float),
)
undirected = counts.map(lambda weights: weights + weights.T)
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


def path(size):
    """Pixels in a row: of all graphs the slowest to walk."""
    return np.eye(size, k=1) + np.eye(size, k=-1)


def star(size):
    """One pixel with an edge to each other, as a sparse matrix."""
    leaves = np.arange(1, size)
    half = sparse.coo_array((np.full(size - 1, 0.1), (0 * leaves, leaves)), [size] * 2)
    return (half + half.T).tocsr()


def centre_of_star(leaves, teleport):
    """Share of the time in the middle, from the balance of the middle and the rest."""
    size, stay = leaves + 1, 1 - teleport
    return teleport / size * (1 + stay * leaves) / (1 - stay**2)


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


@given(st.one_of(counts, undirected), teleports)
def test_any_graph_directed_or_not(weights, teleport):
    found, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    for oracle in (solve, by_networkx, by_igraph):
        assert np.allclose(found, oracle(weights, teleport), rtol=0, atol=1e-10)


@given(st.one_of(counts, undirected), teleports, st.sampled_from([1e-12, 1e-6, 1e-2]))
def test_the_residual_is_true_and_bounds_the_error(weights, teleport, tolerance):
    found, residual, _ = walk.stationary_distribution(
        weights, teleport=teleport, tolerance=tolerance
    )
    after = walk.step(found, walk.transition_matrix(weights), teleport)
    assert residual == pytest.approx(np.abs(after - found).sum(), abs=1e-15)
    assert residual <= tolerance
    error = np.abs(found - solve(weights, teleport)).sum()
    assert error <= residual / teleport + 1e-13
    assert (found >= 0).all() and found.sum() == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize("teleport", [1e-4, 0.01, 0.15, 0.9999])
@pytest.mark.parametrize("store", [np.asarray, sparse.csr_array])
def test_the_residual_is_met_on_slow_and_quick_graphs(teleport, store):
    for weights in (symmetric(200), path(200), np.kron(np.eye(20), symmetric(10))):
        found, residual, _ = walk.stationary_distribution(
            store(weights), teleport=teleport
        )
        after = walk.step(found, walk.transition_matrix(weights), teleport)
        assert residual <= 1e-12
        assert residual == pytest.approx(np.abs(after - found).sum(), abs=1e-15)
        error = np.abs(found - solve(weights, teleport)).sum()
        assert error <= 1e-12 / teleport + 1e-13


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


def test_the_answer_leaves_the_row_sums_along_the_solution_of_first_order():
    # With P the walk without jumps and d its row sums, pi = d + teleport y + ..., where
    # (1 - P) y = 1 / N - d and y sums to 0.
    weights = symmetric(30)
    sums = walk.row_sums(weights)
    rest = np.eye(30) - walk.transition_matrix(weights).toarray().T
    slope = np.linalg.solve(rest + 1, 1 / 30 - sums)
    gaps = []
    for teleport in (1e-3, 1e-4):
        found, _, _ = walk.stationary_distribution(
            weights, teleport=teleport, tolerance=1e-15
        )
        gaps.append(np.abs(found - sums - teleport * slope).sum())
    assert gaps[0] < 0.01 * 1e-3 * np.abs(slope).sum()
    assert gaps[1] == pytest.approx(gaps[0] / 100, rel=0.01)


def test_where_jumps_are_nearly_all_each_pixel_has_its_share():
    for weights in (symmetric(20), GRAPHS["directed"], star(20)):
        found, _, _ = walk.stationary_distribution(weights, teleport=0.9999)
        assert np.abs(found - 1 / len(found)).sum() <= 2 * 1e-4


@pytest.mark.parametrize("weight", [0.1, 3])
def test_a_star_by_hand(weight):
    leaves, teleport = 4, 0.2
    found, _, _ = walk.stationary_distribution(
        10 * weight * star(leaves + 1), teleport=teleport
    )
    centre = centre_of_star(leaves, teleport)
    assert found[0] == pytest.approx(centre, abs=1e-11)
    assert np.allclose(found[1:], (1 - centre) / leaves, atol=1e-11)


@pytest.mark.parametrize("teleport", [1e-8, 1e-4, 0.3])
def test_on_a_regular_graph_each_pixel_has_the_same_share(teleport):
    ring = path(50)
    ring[0, -1] = ring[-1, 0] = 1
    one_way = np.roll(np.eye(50), 1, axis=1)
    for weights in (ring, one_way, ring + one_way):
        found, _, steps = walk.stationary_distribution(weights, teleport=teleport)
        assert np.allclose(found, 1 / 50, rtol=1e-14)
        assert steps == 1


def test_symmetric_weights_take_the_root_of_the_steps():
    # A step of the walk itself would contract the error by no more than 1 - teleport.
    for teleport in (1e-4, 1e-2):
        found, _, steps = walk.stationary_distribution(path(500), teleport=teleport)
        assert steps < 15 * teleport**-0.5
        assert np.allclose(found, solve(path(500), teleport), rtol=0, atol=1e-9)


@pytest.mark.parametrize("unit", [1e-310, 1e300])
def test_a_far_unit_takes_but_one_step_more(unit):
    _, _, steps = walk.stationary_distribution(path(50), teleport=1e-4)
    _, _, taken = walk.stationary_distribution(unit * path(50), teleport=1e-4)
    assert taken == steps + 1


def test_weights_symmetric_but_for_rounding_take_no_more_steps():
    noise = np.random.default_rng(3).uniform(-1, 1, (500, 500))
    for gap in (1e-15, 1e-8):
        weights = path(500) * (1 + gap * noise)
        _, _, steps = walk.stationary_distribution(weights, teleport=1e-4)
        assert steps < 15 * 1e-4**-0.5


@pytest.mark.parametrize("gap", [1e-9, 1])
def test_what_mixes_soon_takes_few_steps_symmetric_or_not(gap):
    weights = symmetric(40) * (1 + gap * np.random.default_rng(3).random((40, 40)))
    _, _, steps = walk.stationary_distribution(weights, teleport=1e-4)
    assert steps < 100


def test_many_components_and_pixels_without_edges():
    blocks = [seed * symmetric(5, seed) for seed in range(1, 9)] + [np.zeros((10, 10))]
    weights = sparse.block_diag(blocks).toarray()
    for teleport in (1e-4, 0.01, 0.5):
        found, _, steps = walk.stationary_distribution(weights, teleport=teleport)
        assert np.allclose(found, solve(weights, teleport), rtol=0, atol=1e-9)
        assert steps < 100
        # Each of the ten without edges has a 50th of all jumps, its own with them.
        alone = teleport / (50 - 10 * (1 - teleport))
        assert np.allclose(found[-10:], alone, rtol=0, atol=1e-9)


@pytest.mark.parametrize("gap", [1e-15, 1e-9, 1e-2, 1])
def test_weights_that_are_not_quite_symmetric(gap):
    noise = np.random.default_rng(3).random((40, 40))
    weights = symmetric(40) * (1 + gap * noise)
    for teleport in (1e-3, 0.1):
        found, residual, _ = walk.stationary_distribution(weights, teleport=teleport)
        assert residual <= 1e-12
        assert np.allclose(found, solve(weights, teleport), rtol=0, atol=2e-9)


@pytest.mark.parametrize("decades", [3, 10, 100, 150])
@pytest.mark.parametrize("teleport", [1e-3, 0.15])
def test_weights_of_all_magnitudes(decades, teleport):
    powers = np.triu(np.random.default_rng(4).uniform(-decades, decades, (30, 30)))
    weights = 10 ** (powers + np.triu(powers, 1).T)
    found, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    assert np.allclose(found, solve(weights, teleport), rtol=0, atol=2e-9)


def test_a_loose_answer_is_a_distribution_too():
    # Conjugate gradients pass through negative values here.
    weights = np.zeros((8, 8))
    edges = [(0, 0, 2e-4), (0, 4, 1e-3), (2, 7, 0.01), (3, 4, 1e4), (3, 7, 1e-4)]
    for i, j, weight in [*edges, (4, 6, 100), (5, 7, 0.01)]:
        weights[i, j] = weights[j, i] = weight
    found, residual, _ = walk.stationary_distribution(
        weights, teleport=0.05, tolerance=0.03
    )
    assert (found >= 0).all() and found.sum() == pytest.approx(1, abs=1e-14)
    assert residual <= 0.03


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
@pytest.mark.parametrize("store", [np.asarray, sparse.csr_array])
def test_any_scale_that_a_float_holds(unit, store):
    weights = GRAPHS["connected"]
    found, _, _ = walk.stationary_distribution(store(unit * weights))
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
    assert np.array_equal(walk.row_sums(stored), walk.row_sums(weights))
    dense, _, _ = walk.stationary_distribution(weights)
    found, _, _ = walk.stationary_distribution(stored)
    assert np.allclose(found, dense, rtol=0, atol=1e-15)
    assert (stored != before).nnz == 0 and np.array_equal(weights, symmetric(12))


@pytest.mark.parametrize(
    "store", [sparse.csr_matrix, sparse.csc_array, sparse.coo_array, sparse.lil_array]
)
@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_any_storage_and_type(store, dtype):
    weights = symmetric(12)
    found, _, _ = walk.stationary_distribution(store(weights.astype(dtype)))
    expected, _, _ = walk.stationary_distribution(sparse.csr_array(weights))
    assert np.array_equal(found, expected)


def test_entries_in_any_order_and_in_parts():
    weights = symmetric(12)
    rows, columns = np.nonzero(weights)
    order = np.random.default_rng(5).permutation(len(rows))
    lengths = np.bincount(rows, minlength=12)
    order = order[np.argsort(rows[order], kind="stable")]
    twice = np.repeat(order, 2)
    stored = sparse.csr_array(
        (
            weights[rows, columns][twice] / 2,
            columns[twice],
            np.concatenate([[0], 2 * np.cumsum(lengths)]),
        ),
        shape=(12, 12),
    )
    assert not stored.has_canonical_format and np.array_equal(stored.toarray(), weights)
    found, _, _ = walk.stationary_distribution(stored)
    assert np.allclose(found, solve(weights, 0.01), rtol=0, atol=1e-10)


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


@pytest.mark.parametrize("weights", [GRAPHS["directed"], path(500)])
def test_a_tolerance_that_is_not_reached_is_an_error(weights, monkeypatch):
    monkeypatch.setattr(walk, "_MOST_STEPS", 5)
    with pytest.raises(ValueError, match=r"within 5 steps: .* takes fewer steps"):
        walk.stationary_distribution(weights, teleport=0.01)


def test_the_residual_is_true_of_long_rows():
    weights = star(50_001)
    found, residual, _ = walk.stationary_distribution(weights)
    after = walk.step(found, walk.transition_matrix(weights), 0.01)
    assert residual == pytest.approx(np.abs(after - found).sum(), abs=1e-14)


def test_a_row_so_long_that_rounding_forbids_the_tolerance_is_an_error():
    # A million equal numbers add up with a rounding of about 1e-11.
    weights = star(1_000_001)
    with pytest.raises(ValueError, match="rounding keeps it there"):
        walk.stationary_distribution(weights, teleport=0.5)
    found, residual, _ = walk.stationary_distribution(
        weights, teleport=0.5, tolerance=1e-10
    )
    assert residual <= 1e-10
    assert found[0] == pytest.approx(centre_of_star(1_000_000, 0.5), abs=2e-10)


@pytest.mark.parametrize("tolerance", [0, -1e-12, np.nan])
def test_a_tolerance_out_of_range_is_refused(tolerance):
    with pytest.raises(ValueError, match="tolerance must be above 0, got"):
        walk.stationary_distribution(np.ones((2, 2)), tolerance=tolerance)
