"""The verdicts on the recovery of lattices follow from the numbers in the files."""

from types import SimpleNamespace

from studies.lattice import claims

import numpy as np
import pytest


def table(mean, null, batches=8, spread=1e-3):
    """Return values of batches around a mean, and around one of permuted spins."""
    steps = spread * np.linspace(-1, 1, batches) if batches > 1 else np.zeros(1)
    return np.array([mean + steps, null + steps[::-1]])


def recovery(*precision, exact=1.0, null=0.04, batches=8, **others):
    error = np.full(len(precision), 0.01)
    error[-1] = np.nan
    share, lattice, circulant = (
        others.get(name, value)
        for name, value in (("share", 0.05), ("lattice", 0.05), ("circulant", 0.05))
    )
    return SimpleNamespace(
        sizes=np.array([20, 200, 2000])[: len(precision)],
        precision=np.array(precision),
        error=error,
        off_lattice=np.linspace(0.9, 0.8, len(precision)),
        deviation=np.ones(len(precision)),
        exact_precision=exact,
        precision_by_batch=table(precision[-1], null, batches),
        share_by_batch=table(share, others.get("null_share", 1.0), batches),
        lattice_distance_by_batch=table(
            lattice, others.get("null_lattice", 1), batches
        ),
        circulant_distance_by_batch=table(circulant, 0.01, batches),
        exact_share=share,
        correlated_share=share,
        exact_lattice_distance=lattice,
        exact_circulant_distance=circulant,
    )


def judge(judge_one=claims.judge_adjacency, **files):
    """Judge files of both ways of counting in the order in which they are given."""
    for bonds, one in files.items():
        first = {"settings": {"bonds": bonds, "beta": 0.5}, "source": None}
        one.attributes = {"settings": {"bonds": "no"}, "source": first}
        one.path = f"results/{bonds}.h5"
    return judge_one(list(files.values()))


@pytest.mark.parametrize(
    ("half", "standard", "expected"),
    [
        (recovery(0.3, 0.999), recovery(0.3, 0.4), "supported"),
        (recovery(0.3, 0.4), recovery(0.3, 0.999), "supported"),
        (recovery(0.3, 0.98), recovery(0.3, 0.98), "refuted"),
        # The interval, of 0.0005 either way, includes the threshold.
        (recovery(0.9902), recovery(0.3), "undecided"),
        (recovery(0.9902), recovery(0.999), "supported"),
        (recovery(0.999, batches=1), recovery(0.3), "undecided"),
        # So do the exact correlations, where they are known.
        (recovery(1.1, exact=0.98), recovery(0.5), "refuted"),
        (recovery(1.1, exact=0.98), recovery(0.999, exact=0.99), "supported"),
        (recovery(1.1, exact=np.nan), recovery(0.5), "supported"),
        # The largest number of samples decides, and not the best.
        (recovery(1.0, 0.98), recovery(1.0, 0.98), "refuted"),
        # A lattice of which everything is an edge has no pairs to tell apart.
        (recovery(1.0, null=1.0, exact=1.0), recovery(0.5), "refuted"),
    ],
)
def test_the_largest_number_of_samples_decides(half, standard, expected):
    if expected == "refuted" and half.precision_by_batch[1, 0] > 0.9:
        half.precision_by_batch[:] = 1.0
    assert judge(standard=standard, half=half)["verdict"] == expected


def test_the_claim_has_every_size_and_the_weight_off_the_lattice():
    claim = judge(half=recovery(0.3, 0.995), standard=recovery(0.3, 0.4))
    half = claim["measured"]["half"]
    assert half["20 samples"] == {"value": 0.3, "standard_error": 0.01}
    assert half["200 samples"]["value"] == pytest.approx(0.995)
    assert (
        half["200 samples"]["interval"][0] < 0.995 < half["200 samples"]["interval"][1]
    )
    assert half["weight off the lattice"] == pytest.approx(0.8)
    assert claim["null"]["half"]["value"] == pytest.approx(0.04)
    assert claim["note"].startswith("half: 8 x 200 samples at an inverse")


@pytest.mark.parametrize("order", [("standard", "half"), ("half", "standard")])
def test_recoveries_are_known_by_their_ensemble_and_not_by_their_place(order):
    found = {"half": recovery(0.9, 0.999), "standard": recovery(0.4, 0.4)}
    claim = judge(**{bonds: found[bonds] for bonds in order})
    assert claim["id"] == "ising-adjacency" and claim["verdict"] == "supported"
    assert claim["evidence"] == [f"results/{bonds}.h5" for bonds in order]
    assert claim["figures"] == ["figure3"]
    assert claim["measured"]["half"]["20 samples"]["value"] == 0.9
    assert claim["measured"]["standard"]["20 samples"]["value"] == 0.4


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"share": 0.05}, "supported"),
        ({"share": 1.0}, "refuted"),
        ({"share": 0.1}, "refuted"),  # the exact share is not below
        ({"share": 0.05, "null_share": 0.05}, "undecided"),
        ({"share": 0.05, "null_share": 0.02}, "refuted"),
        ({"share": 0.05, "batches": 1}, "undecided"),
    ],
)
def test_a_matrix_is_sparse_by_its_share_of_heavy_pairs(numbers, expected):
    files = {bonds: recovery(0.9, **numbers) for bonds in ("half", "standard")}
    claim = judge(claims.judge_sparse, **files)
    assert claim["verdict"] == expected
    assert claim["measured"]["half"]["share of pairs"]["value"] == pytest.approx(
        numbers["share"]
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "supported"),
        ({"lattice": 0.2}, "refuted"),
        ({"circulant": 0.2}, "refuted"),
        ({"lattice": 0.05, "null_lattice": 0.05}, "undecided"),
        ({"lattice": 0.05, "null_lattice": 0.02}, "refuted"),
        ({"batches": 1}, "undecided"),
    ],
)
def test_a_matrix_is_the_lattice_s_by_its_distance(numbers, expected):
    files = {bonds: recovery(0.9, **numbers) for bonds in ("half", "standard")}
    assert judge(claims.judge_circulant_lattice, **files)["verdict"] == expected


RING = np.roll(np.eye(8), 1, axis=1) + np.roll(np.eye(8), -1, axis=1)


def glauber(updates, averaged):
    return SimpleNamespace(updates=updates, averaged=averaged, shape=np.array([2, 4]))


@pytest.mark.parametrize(
    ("updates", "averaged", "expected"),
    [
        (0.3 * RING, 0.7 * RING + np.eye(8), "supported"),  # a scale does not matter
        (0.3 * RING, np.ones((8, 8)), "refuted"),
        (0.3 * RING, RING.T @ RING, "refuted"),
        # Independent pixels are as near.
        (np.ones((8, 8)), np.ones((8, 8)), "refuted"),
        (np.zeros((8, 8)), np.ones((8, 8)) / 2, "not measured"),
    ],
)
def test_the_averaged_matrix_is_compared_with_that_of_the_process(
    updates, averaged, expected
):
    files = {bonds: glauber(updates, averaged) for bonds in ("half", "standard")}
    claim = judge(claims.judge_stochastic_matrix, **files)
    assert claim["verdict"] == expected
    if expected == "supported":
        assert claim["measured"]["half"]["distance"] == pytest.approx(0)
        assert claim["null"]["half"]["distance"] == pytest.approx(np.sqrt(5 / 7))
