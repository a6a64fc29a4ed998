"""Sparsity of averaged weights: by hand, exactly for a lattice, and its verdict."""

from copy import deepcopy

from pixelwalk import pairs
from pixelwalk.compute import bits
from pixelwalk.ising import lattice
from pixelwalk.ising.theory import enumeration
from pixelwalk.storage.kind import mismatches
from studies.programme.claims_patterns import judge_sparsity
from studies.programme.measure_averages import LEVELS, exact_limit, measure_averages

import numpy as np
import programmes
import pytest

SQUARED = lattice.squared_distances(3, 3, "free")
SETTINGS = {"rows": 3, "columns": 3, "beta": 0.3, "boundary": "free"}
SETTINGS |= {"bonds": "standard", "field": 0, "lattice": "rectangular"}


def measure(pixels, weight=programmes.WEIGHT, limit=None, squared=SQUARED):
    return measure_averages(pixels, weight, squared, limit, np.random.default_rng(1))


def blocks(count=500):
    """Images in which one of 24 pairs of neighbouring pixels is on."""
    stream = np.random.default_rng(3)
    flat = np.zeros((count, 48), np.uint8)
    chosen = stream.integers(24, size=count)
    flat[np.arange(count), 2 * chosen] = flat[np.arange(count), 2 * chosen + 1] = 255
    return flat.reshape(count, 6, 8)


def of_blocks():
    squared = lattice.squared_distances(6, 8, "free")
    return measure(blocks(), {"kind": "coactivation"}, squared=squared)


@pytest.fixture(scope="module")
def sparse():
    return of_blocks()


@pytest.fixture(scope="module")
def spins():
    limit = exact_limit(SETTINGS, programmes.WEIGHT)
    return measure(programmes.spins(40_000), limit=limit)


def test_every_dataset_has_the_shape_of_the_kind(sparse):
    assert list(mismatches(sparse)) == []


def test_pairs_that_are_on_together_by_hand(sparse):
    own, other = sparse.shares
    assert own[0] == pytest.approx(1 / 47)  # of each pixel with its partner
    assert np.all(own <= own[0]) and other[0] > own[0]
    assert sparse.degrees[0].tolist() == [1, 1]
    assert sparse.reaches[0].tolist() == [1, 1]
    assert np.all(sparse.batch_shares[0] <= 1 / 47 + 1e-9)


def test_shares_are_of_the_largest_weight_of_two_pixels(spins):
    weights = pairs.pair_weights(programmes.spins(40_000), **programmes.WEIGHT)
    apart = weights[~np.eye(9, dtype=bool)]
    for level, share in zip(LEVELS, spins.shares[0], strict=True):
        assert share == pytest.approx(np.mean(apart >= level * apart.max()))


def test_the_limit_is_the_sum_over_all_states(spins):
    exact = enumeration.correlations(3, 3, 0.3, "free")
    limit = exact_limit(SETTINGS, {"kind": "correlation"})
    assert limit == pytest.approx(exact)
    for kind, expected in (
        ("same-state", (1 + exact) / 2),
        ("coactivation", (1 + exact) / 4),
        ("opposite-state", (1 - exact) / 2),
    ):
        assert exact_limit(SETTINGS, {"kind": kind}) == pytest.approx(expected)
    squares = exact_limit(SETTINGS, {"kind": "correlation", "square": True})
    assert squares == pytest.approx(exact**2)
    assert spins.exact_distance < 0.05
    assert spins.exact_shares == pytest.approx(spins.shares[0], abs=0.1)


@pytest.mark.parametrize(
    "change", [{"field": 1}, {"lattice": "triangular"}, {"boundary": "helical"}]
)
def test_other_ensembles_have_no_known_limit(change):
    assert exact_limit(SETTINGS | change, programmes.WEIGHT) is None
    assert exact_limit({}, programmes.WEIGHT) is None
    assert exact_limit(SETTINGS, {"kind": "same-value"}) is None


def verdict(first, second):
    return judge_sparsity({"lattice": first, "images": second})["verdict"]


def test_sparse_averages_support_the_claim_on_both_data(sparse, spins):
    assert verdict(sparse, sparse) == "supported"
    assert verdict(sparse, spins) == verdict(spins, sparse) == "refuted"


def test_the_entry_tells_limit_and_null(spins):
    entry = judge_sparsity({"lattice": spins})
    limit = entry["measured"]["lattice"]["exact limit"]
    assert limit["degree at a tenth"] == pytest.approx(spins.exact_degree)
    assert "exactly" in entry["note"]
    null = entry["null"]["lattice"]["share of large entries, batches"]
    assert null["value"] == pytest.approx(spins.batch_shares[1, :, 2].mean())


def test_an_interval_across_a_threshold_is_undecided(sparse):
    wide = deepcopy(sparse)
    wide.batch_shares[0, :, 2] = [0.02, 0.16, 0.02, 0.16, 0.08]
    wide.batch_shares[1] = 0.9
    assert verdict(wide, sparse) == "undecided"
    level = deepcopy(sparse)
    level.batch_shares[1] = level.batch_shares[0] - 0.01
    assert verdict(level, sparse) == "refuted"  # more than for independent pixels
    level.batch_shares[1, :, 2] += [-0.02, 0.02, -0.02, 0.02, 0.01]
    assert verdict(level, sparse) == "undecided"


def test_independent_pixels_support_nothing():
    flags = np.random.default_rng(5).random((4000, 3, 3)) < 0.5
    assert verdict(*[measure(bits.pack(flags))] * 2) != "supported"
