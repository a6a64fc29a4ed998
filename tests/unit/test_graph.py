"""Which pairs stay: thresholds, ties, and what never stays."""

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pixelwalk import graph

#: Off the diagonal: 1, 2, 4 (twice) and 8; on it: 10, 0, -3.
SMALL = np.array(
    [
        [10, 1, 2, 4],
        [1, 0, 4, 8],
        [2, 4, -3, 0],
        [4, 8, 0, 0],
    ],
    float,
)

symmetric = hnp.arrays(
    float,
    st.integers(1, 7).map(lambda n: (n, n)),
    elements=st.integers(-3, 9).map(float),
).map(lambda a: np.triu(a) + np.triu(a, 1).T)
fractions = st.integers(0, 100).map(lambda percent: f"{percent / 100:.2f}")


@pytest.mark.parametrize(
    ("cut", "least", "entries"),
    [
        ("at-0", 1, 11),
        ("at-0.10", 1, 11),
        ("at-0.11", 2, 9),
        ("at-0.40", 4, 7),
        ("at-0.41", 8, 3),
        ("at-0.80", 8, 3),
        ("at-0.81", 10, 1),
        ("at-1", 10, 1),
        ("top-0.07", 10, 1),
        ("top-0.1875", 8, 3),  # 3 / 16, just so
        ("top-0.30", 8, 3),  # 4.8 entries: the ties at 4 make it 3 or 7
        ("top-0.32", 4, 7),  # 5.12 entries
        ("top-0.49", 4, 7),
        ("top-0.51", 2, 9),
        ("top-1", 1, 11),
    ],
)
def test_cuts_by_hand(cut, least, entries):
    kept = graph.sparsify(SMALL, cut)
    assert np.array_equal(kept.toarray(), np.where(least <= SMALL, SMALL, 0))
    assert kept.nnz == entries
    assert graph.active_fraction(kept) == entries / 16


def test_a_top_of_nothing_keeps_nothing():
    assert graph.sparsify(SMALL, "top-0").nnz == 0


@given(symmetric, st.sampled_from(["at", "top"]), fractions)
def test_what_stays_is_heavier_than_what_goes(weights, rule, number):
    kept = graph.sparsify(weights, f"{rule}-{number}").toarray()
    stays = kept != 0
    assert np.array_equal(kept[stays], weights[stays])
    assert np.array_equal(kept, kept.T)
    assert (kept >= 0).all()
    if stays.any():
        assert weights[~stays].max(initial=-np.inf) < weights[stays].min()


@given(symmetric, fractions.filter(lambda number: float(number) > 0))
def test_no_other_number_of_whole_ties_is_nearer_to_the_share(weights, number):
    kept = graph.active_fraction(graph.sparsify(weights, f"top-{number}"))
    for least in np.unique(weights[weights > 0]):
        other = np.mean(weights >= least)
        assert abs(kept - float(number)) <= abs(other - float(number)) + 1e-12


@given(symmetric, st.permutations(range(7)), fractions)
def test_the_order_of_the_pixels_does_not_matter(weights, order, number):
    order = [i for i in order if i < len(weights)]
    moved = weights[np.ix_(order, order)]
    for cut in (f"at-{number}", f"top-{number}", "knn-1", "knn-3"):
        kept = graph.sparsify(weights, cut).toarray()
        assert np.array_equal(
            graph.sparsify(moved, cut).toarray(), kept[np.ix_(order, order)]
        )


@given(st.integers(1, 60_000), st.integers(1, 500), st.sampled_from([5, 10, 35]))
def test_a_mean_exactly_on_the_threshold_stays(images, times, percent):
    # Counts over a number of images, as pair weights are: rounding must not decide.
    counts = np.array([[100, percent], [percent, percent]]) * times
    counts[1, 1] -= 1
    kept = graph.sparsify(counts / images, f"at-{percent / 100:.2f}")
    assert kept.nnz == 3


def test_a_matrix_without_positive_weights_gives_no_edges():
    for weights in (np.zeros((3, 3)), -np.ones((3, 3))):
        for cut in ("at-0", "at-0.1", "top-0.5", "top-1", "knn-1", "knn-9"):
            assert graph.sparsify(weights, cut).nnz == 0


def test_the_active_fraction_counts_entries():
    assert graph.active_fraction(graph.sparsify(np.eye(4), "at-1")) == 0.25
    assert graph.active_fraction(graph.sparsify(np.ones((4, 4)), "at-1")) == 1


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([[1, np.nan], [np.nan, 1]], "finite numbers, got nan or infinity"),
        ([[1, 2], [2, np.nan]], "finite numbers"),
        ([[np.inf, 2], [2, 1]], "finite numbers"),
        ([[1, np.inf], [np.inf, 1]], "finite numbers"),
        ([[1, -np.inf], [-np.inf, 1]], "finite numbers"),
        ([[1, 2], [3, 1]], "symmetric"),
        ([[1, 2, 3], [2, 1, 3]], r"square matrix, got shape \(2, 3\)"),
        ([1, 2, 3], r"square matrix, got shape \(3,\)"),
    ],
)
@pytest.mark.parametrize("cut", ["at-0", "at-0.10", "top-0", "top-0.5", "knn-2"])
def test_bad_weights_are_refused(weights, message, cut):
    with pytest.raises(ValueError, match=message):
        graph.sparsify(weights, cut)


@pytest.mark.parametrize(
    ("cut", "pairs"),
    [
        ("knn-1", [(0, 0), (0, 2), (1, 2), (1, 3)]),
        ("knn-2", [(0, 0), (0, 2), (0, 3), (1, 2), (1, 3)]),
        ("knn-3", [(0, 0), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]),
        ("knn-4", [(0, 0), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]),
        ("knn-99", [(0, 0), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]),
    ],
)
def test_nearest_neighbours_by_hand(cut, pairs):
    # Other pixels, row 0: 4, 2, 1; row 1: 8, 4, 1; row 2: 4, 4; row 3: 8, 2.
    weights = SMALL.copy()
    weights[0, 2] = weights[2, 0] = 4
    weights[0, 3] = weights[3, 0] = 2
    kept = graph.sparsify(weights, cut).toarray()
    assert [tuple(pair) for pair in np.argwhere(np.triu(kept))] == pairs
    assert np.array_equal(kept[kept != 0], weights[kept != 0])


def heaviest(row, number):
    """The least of the weights of a row that stay, by trying every one."""
    found = [(abs(np.sum(row >= w) - number), w) for w in row if w > 0]
    return 0 if np.sum(row > 0) < number else min(found)[1]


@given(symmetric, st.integers(1, 8))
def test_nearest_neighbours_by_trying_all(weights, number):
    least = np.array(
        [heaviest(np.delete(row, own), number) for own, row in enumerate(weights)]
    )
    stays = (weights >= least[:, None]) | (weights >= least)
    kept = graph.sparsify(weights, f"knn-{number}").toarray()
    assert np.array_equal(kept, np.where(stays & (weights > 0), weights, 0))


@given(st.integers(1, 30), st.integers(1, 35))
def test_without_ties_every_pixel_has_its_neighbours(size, number):
    stream = np.random.default_rng(size)
    weights = np.zeros((size, size))
    weights[np.triu_indices(size)] = 1 + stream.permutation(size * (size + 1) // 2)
    weights = np.maximum(weights, weights.T)
    kept = graph.sparsify(weights, f"knn-{number}").toarray()
    others = weights - np.diag(np.inf * np.ones(size))
    heaviest_first = np.argsort(-others, axis=1)[:, : min(number, size - 1)]
    own = np.zeros_like(weights, bool)
    np.put_along_axis(own, heaviest_first, True, axis=1)
    off = ~np.eye(size, dtype=bool)
    assert np.array_equal((kept > 0) & off, (own | own.T) & off)
    # With fewer others than that, a weight of a pixel with itself stays.
    least = np.where(own, weights, np.inf).min(axis=1) if number < size else 0
    assert np.array_equal(np.diag(kept) > 0, np.diag(weights) >= least)


def test_neighbours_are_other_pixels():
    # Every pixel is most often on together with itself.
    weights = np.array([[9.0, 2, 1], [2, 9, 3], [1, 3, 9]])
    kept = graph.sparsify(weights, "knn-1").toarray()
    assert kept.tolist() == [[9, 2, 0], [2, 9, 3], [0, 3, 9]]
    weights[0, 0] = 1
    assert graph.sparsify(weights, "knn-1")[0, 0] == 0


@pytest.mark.parametrize("cut", ["top-0.01", "top-0.9", "knn-1", "knn-2", "at-1"])
def test_equal_weights_are_all_kept(cut):
    assert graph.sparsify(np.ones((20, 20)), cut).nnz == 400


def test_two_weights_equal_for_many_pairs_keep_the_nearest_number():
    weights = np.ones((20, 20))
    weights[:4, :4] = 2  # 4 % of all entries
    for cut, entries in (("top-0.01", 16), ("top-0.5", 16), ("top-0.53", 400)):
        assert graph.sparsify(weights, cut).nnz == entries


@given(symmetric, st.sampled_from(["at-0.3", "top-0.3", "knn-2"]))
def test_a_graph_is_what_scipy_makes_of_its_matrix(weights, cut):
    kept = graph.sparsify(weights, cut)
    same = sparse.csr_array(kept.toarray())
    assert kept.has_sorted_indices and kept.has_canonical_format
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(kept, part), getattr(same, part))
        assert getattr(kept, part).dtype == getattr(same, part).dtype


@pytest.mark.parametrize("place", [(0, 99), (99, 0), (70, 31), (32, 31)])
def test_one_entry_that_differs_from_its_mirror_is_found(place):
    weights = np.ones((100, 100))
    weights[place] = 2
    with pytest.raises(ValueError, match="symmetric"):
        graph.sparsify(weights, "at-0")


@pytest.mark.parametrize(
    ("cut", "read"),
    [
        ("at-0.10", ("at", 0.1)),
        ("top-0.0474", ("top", 0.0474)),
        ("at-1", ("at", 1)),
        ("knn-1", ("knn", 1)),
        ("knn-250", ("knn", 250)),
    ],
)
def test_names_of_cuts_are_read(cut, read):
    assert graph.parse_cut(cut) == read


@pytest.mark.parametrize(
    "cut",
    [
        *("", "at", "at-", "At-0.1", "xat-0.1", "near-0.1", "at-0.1-0.2"),
        *("at-.1", "at--0.1", "at-0.1 ", "at-0.1\n", "top-10%", "top-1e-3"),
        *("at-1.01", "top-2", "at-nan", "at-inf"),
        *("knn", "knn-", "knn-0", "knn--1", "knn-08", "knn-1.0", "knn-1e3", "Knn-1"),
    ],
)
def test_other_names_are_refused(cut):
    with pytest.raises(ValueError, match="a cut is at-<"):
        graph.parse_cut(cut)


def test_a_graph_without_edges_is_told(caplog):
    caplog.set_level("INFO")
    graph.log_edges(graph.sparsify(np.diag([1.0, 2.0]), "at-0"), "at-0")
    assert "no edge stays under at-0" in caplog.text
    caplog.clear()
    graph.log_edges(graph.sparsify([[1.0, 2.0], [2.0, 0.0]], "at-0"), "at-0")
    assert caplog.messages == ["edges between 2 pixels: 1"]


def test_far_more_entries_than_asked_for_are_told(caplog):
    caplog.set_level("INFO")
    equal = graph.sparsify(np.ones((20, 20)), "top-0.01")
    graph.log_edges(equal, "top-0.01")
    assert "top-0.01 keeps 1 of all entries: their weights are equal" in caplog.text
    caplog.clear()
    graph.log_edges(equal, "top-0.6")
    graph.log_edges(equal, "knn-1")
    assert caplog.messages == ["edges between 20 pixels: 190"] * 2
