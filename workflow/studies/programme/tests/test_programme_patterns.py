"""Patterns of weights, and the edges that they show."""

from types import SimpleNamespace

from pixelwalk import graph, pairs
from pixelwalk.compute import bits
from pixelwalk.ising import lattice
from pixelwalk.storage.kind import mismatches
from studies.programme import edges, patterns
from studies.programme.measure_patterns import measure_patterns

import numpy as np
import programmes
import pytest
from sklearn.metrics import average_precision_score

EDGES = lattice.adjacency(3, 3, "free").toarray() > 0
STREAM = np.random.default_rng(2)


@pytest.fixture(scope="module")
def found():
    return programmes.run().patterns


def test_every_dataset_has_the_shape_of_the_kind(found):
    assert list(mismatches(found)) == []


def test_the_area_is_that_of_another_library():
    for _ in range(5):
        matrix = STREAM.integers(-3, 9, (9, 9)).astype(float)
        pair = np.triu_indices(9, 1)
        both = (matrix + matrix.T)[pair]
        expected = average_precision_score(EDGES[pair], both)
        assert patterns.precision(matrix, EDGES) == pytest.approx(expected)


def test_the_area_of_the_truth_is_1_and_of_nothing_the_share_of_edges():
    assert patterns.precision(7.0 * EDGES, EDGES) == 1
    assert patterns.precision(np.zeros((9, 9)), EDGES) == pytest.approx(12 / 36)
    assert np.isnan(patterns.precision(np.ones((9, 9)), np.zeros((9, 9), bool)))
    # Weights that only rounding tells apart are equal.
    rounded = 1 + 1e-15 * STREAM.random((9, 9))
    assert patterns.precision(rounded, EDGES) == pytest.approx(12 / 36)


def test_more_samples_show_the_edges_better(found):
    for kind in ("averaged pairs", "linear regression", "logistic regression"):
        curve = found.precision[:, found.kinds.index(kind)]
        assert curve[0] < 0.99 and curve[-1] == 1
    closed = found.precision[:, found.kinds.index("closed form")]
    assert closed[-1] < 0.6
    assert found.batches.tolist() == [3, 3, 3, 3]
    assert found.edges == 12 and found.chance == pytest.approx(12 / 36)


def test_logistic_regression_stops_where_it_is_told(found):
    few = programmes.run(regressed=200).patterns
    column = found.kinds.index("logistic regression")
    assert np.isfinite(few.precision[:, column]).tolist() == [True] * 2 + [False] * 2
    assert np.isfinite(few.coupling_found[:2]).any()
    assert np.isnan(few.coupling_found[2:]).all()
    assert few.learned_from[column] == 200 and found.learned_from[column] == 3200
    assert np.isnan(few.recovered[2:, 2:]).all()


def test_shares_and_profiles_are_those_of_the_last_matrices(found):
    chain = programmes.solved(programmes.spins(), lattice.adjacency(3, 3, "free"))[3]
    row = found.kinds.index("transition matrix")
    apart = ~np.eye(9, dtype=bool)
    shares = chain[apart] / chain[apart].max()
    for level in (0.1, 0.5, 0.75, 1):
        place = np.searchsorted(found.levels, level - 1e-9)
        expected = np.mean(shares >= level - 1e-9)
        assert found.shares[row, place] == pytest.approx(expected)
    assert found.distances.tolist() == [1, np.sqrt(2)]  # up to half of a side
    squared = lattice.squared_distances(3, 3, "free")
    near = chain[squared == 1] / chain[apart].max()
    assert found.profiles[row, 0] == pytest.approx(near.mean())


def test_layers_of_the_largest_filters_have_patterns_too(found):
    matrices = np.stack([scale * np.eye(9) + EDGES for scale in range(5)])
    networks = SimpleNamespace(
        kinds=["dense", "local", "local", "convolution", "convolution", "dense"],
        matrices=matrices,
    )
    chosen = patterns.trained_matrices(networks)
    assert {name: matrix[0, 0] for name, matrix in chosen.items()} == {
        "trained": 0,
        "trained local": 2,
        "trained convolution": 4,
    }
    assert set(chosen) <= set(found.kinds)
    given = programmes.problem(programmes.spins())
    shapes = measure_patterns(
        given,
        np.full((3, 3), 1 / 9),
        np.full((9, 9), 1 / 9),
        chosen,
        seeds=np.zeros((1, 9, 9)),
        cutoff=1e-12,
        weight=programmes.WEIGHT,
        stream=np.random.default_rng(1),
        **programmes.COURSE | {"sizes": [50], "regressed": 0},
    )
    for name in chosen:
        assert shapes.final_precision[shapes.kinds.index(name)] == 1


def test_without_enough_images_for_the_smallest_size_it_says_so():
    pixels = programmes.spins(count=40)
    with pytest.raises(ValueError, match=r"at least 50 images .* got 40"):
        programmes.run(pixels)
    assert programmes.run(pixels, sizes=[10, 30, 50]).patterns.sizes.tolist() == [
        10,
        30,
    ]


def test_a_single_batch_has_no_error():
    one = programmes.run(sizes=[6000], regressed=0).patterns
    assert one.batches.tolist() == [1]
    assert np.isnan(one.error).all() and np.isfinite(one.precision[0, 0])


def test_the_lattice_is_the_truth_for_spins():
    settings = {"rows": 3, "columns": 4, "beta": 0.6, "boundary": "periodic"}
    settings |= {"bonds": "half", "field": 0, "lattice": "rectangular"}
    pixels = bits.pack(STREAM.random((5, 3, 4)) < 0.5)
    problem = patterns.edge_problem(pixels, settings, programmes.WEIGHT, 0.1)
    truth = lattice.adjacency(3, 4, "periodic").toarray() > 0
    assert np.array_equal(problem.truth, truth)
    assert problem.coupling == 0.3 and problem.pixels is pixels
    assert problem.distances.max() == 5


def test_the_other_half_is_the_truth_for_images():
    pixels = STREAM.integers(0, 256, (40, 4, 5)).astype(np.uint8)
    weight = {"kind": "product"}
    problem = patterns.edge_problem(pixels, {}, weight, 0.2)
    assert np.array_equal(problem.pixels, pixels[:20]) and np.isnan(problem.coupling)
    heavy = graph.sparsify(pairs.pair_weights(pixels[20:], **weight), "top-0.2")
    expected = heavy.toarray() > 0
    np.fill_diagonal(expected, False)
    assert np.array_equal(problem.truth, expected) and problem.truth.any()


def test_grey_images_have_no_couplings():
    pixels = STREAM.integers(0, 256, (60, 3, 3)).astype(np.uint8)
    problem = patterns.edge_problem(pixels, {}, {"kind": "product"}, 0.3)
    _, _, distribution, chain = programmes.solved(pixels, np.ones((9, 9)))
    found = programmes.patterned(problem, distribution, chain, chain, sizes=[5, 10])
    assert np.isnan(found.recovered).all() and np.isnan(found.coupling_found).all()
    assert np.isnan(found.precision[:, found.kinds.index("logistic regression")]).all()
    assert np.isfinite(found.precision[:, 0]).all()


def test_equal_seeds_give_equal_patterns(found):
    again = programmes.run().patterns
    for name, value in vars(found).items():
        np.testing.assert_array_equal(value, getattr(again, name))


def test_couplings_below_0_are_found_as_those_above(found):
    pixels = programmes.spins(coupling=-0.3)
    given = programmes.problem(pixels, coupling=-0.3)
    turned = programmes.run(pixels, given=given).patterns
    assert np.all(turned.recovered[-1] == 1)
    assert turned.coupling_found[-1] == pytest.approx(-0.3, rel=0.1)
    assert turned.succeeded[-1] >= found.succeeded[-1] - 0.4
    for kind in ("averaged pairs", "linear regression", "logistic regression"):
        column = found.kinds.index(kind)
        assert turned.precision[-1, column] == turned.final_precision[column] == 1


@pytest.mark.parametrize(
    ("error", "wrong", "expected"),
    [(0.04, False, 1), (-0.04, False, 1), (0.06, False, 0), (0.04, True, 0)],
)
def test_a_batch_succeeds_with_all_edges_and_the_coupling(
    monkeypatch, error, wrong, expected
):
    joined = EDGES.copy()
    joined[0, 8] = joined[8, 0] = wrong
    strengths = 0.3 * (1 + error) * joined
    monkeypatch.setattr(edges.regression, "graph", lambda *_: (joined, strengths))
    learned = {"logistic regression": EDGES}
    scored = edges.score(learned, np.ones((4, 9)), EDGES, 0.3)
    assert scored["succeeded"] == expected and scored["recovered"][-1] == (not wrong)
    averaged = edges.summary([scored, scored | {"succeeded": 0}])
    assert averaged["succeeded"] == expected / 2
    assert "succeeded_error" not in averaged and "recovered_error" not in averaged


def test_every_judged_batch_has_its_area_and_its_share(found):
    assert found.judged_size == 3200 and found.batch_areas.shape[0] == 3
    column = found.kinds.index("averaged pairs")
    assert found.batch_areas[:, column].mean() == found.precision[-1, column]
    many = programmes.run(sizes=[100, 1000, 3200], regressed=0, batches=20).patterns
    assert many.judged_size == 1000  # the largest with five batches
    assert many.batch_areas.shape[0] == 10
    closed = many.batch_shares[:, many.kinds.index("closed form")]
    assert np.all((closed > 0) & (closed <= 1))
    assert patterns.share_of_large(np.diag([9.0, 9, 9]) + EDGES[:3, :3]) == 4 / 6


def test_independent_spins_show_no_lattice(found):
    assert found.null_recovered == 0
    assert found.null_batches == 3 and found.null_size == 3200
    few = programmes.run(regressed=0).patterns
    assert np.isnan(few.null_recovered) and few.null_batches == 0


def test_marginals_know_no_pairs():
    weights = np.outer(*[STREAM.random(9)] * 2)
    chances = (STREAM.random((20_000, 9)) < np.sqrt(np.diag(weights))).reshape(-1, 3, 3)
    given = programmes.problem(bits.pack(chances))
    shown = programmes.run(given.pixels, given=given, sizes=[20_000], regressed=0)
    means = chances.reshape(-1, 9).mean(axis=0)
    expected = patterns.precision(np.outer(means, means), EDGES)
    column = shown.patterns.kinds.index("marginals")
    assert shown.patterns.final_precision[column] == pytest.approx(expected)


def test_ranked_edges_are_cut_where_it_is_best():
    spins = np.ones((4, 9))
    good = EDGES + 0.1 * STREAM.random((9, 9))
    scored = edges.score({"averaged pairs": good}, spins, EDGES, 0.3)
    assert scored["recovered"][0] == 1 and scored["missing"][0] == 0
    assert np.isnan(scored["recovered"][1:]).all()
    worse = good.copy()
    worse[0, 1] = worse[1, 0] = 0  # one edge falls below all other pairs
    scored = edges.score({"averaged pairs": worse}, spins, EDGES, 0.3)
    assert scored["recovered"][0] == 0
    assert scored["missing"][0] == scored["false"][0] == 1
    # A pair that ties with an edge cannot be told from it.
    tied = edges.score({"averaged pairs": np.ones((9, 9))}, spins, EDGES, 0.3)
    assert tied["recovered"][0] == 0


def test_the_mean_over_batches_has_a_standard_error():
    mean, error = edges.mean_and_error(np.array([[1.0, 2], [3, 2], [5, 2]]))
    assert mean.tolist() == [3, 2]
    assert error == pytest.approx([2 / np.sqrt(3), 0])
    mean, error = edges.mean_and_error(np.array([4.0]))
    assert mean == 4 and np.isnan(error)
