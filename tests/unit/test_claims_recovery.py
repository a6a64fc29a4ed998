"""How well pair weights recover a lattice, where the answer is known."""

from types import SimpleNamespace

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from pixelwalk import pairs
from pixelwalk.claims import recovery
from pixelwalk.compute import bits
from pixelwalk.ising import lattice, sampling, theory

UNKNOWN = np.empty((0, 0))


def noise(count, rows=5, columns=5):
    return bits.pack(np.random.default_rng(1).random((count, rows, columns)) < 0.5)


weights_of_pairs = hnp.arrays(int, st.integers(1, 40), elements=st.integers(-5, 60))


@given(weights_of_pairs, st.randoms(use_true_random=False))
def test_the_average_precision_is_that_of_scikit_learn(weights, random):
    edges = np.array([random.random() < 0.3 for _ in weights])
    edges[random.randrange(len(edges))] = True
    found = recovery.average_precision(edges, weights)
    expected = metrics.average_precision_score(edges, weights)
    assert found == pytest.approx(expected, abs=1e-14)
    # The mean over the edges of the precision down to each, ties ranked together.
    precision = [edges[weights >= weight].mean() for weight in weights[edges]]
    assert found == pytest.approx(np.mean(precision), abs=1e-14)


@given(weights_of_pairs)
def test_edges_that_outweigh_all_other_pairs_are_found(weights):
    edges = weights > np.median(weights)
    edges[np.argmax(weights)] = True
    weights = weights + 100 * edges
    assert recovery.average_precision(edges, weights) == 1


def test_samples_that_tell_nothing_score_the_density_of_edges():
    found = recovery.recovery(bits.pack(np.ones((4, 5, 5), bool)), "free", [2], UNKNOWN)
    density = 40 / (25 * 24 / 2)
    assert found["precision"] == pytest.approx([density])
    assert found["off_lattice"] == pytest.approx([1 - density])
    assert found["error"].tolist() == [0]


def test_noise_scores_about_the_density_of_edges():
    found = recovery.recovery(noise(2000, 8, 8), "periodic", [50], UNKNOWN)
    assert found["batches"].tolist() == [40]
    density = 128 / (64 * 63 / 2)
    assert found["precision"][0] == pytest.approx(density, rel=0.15)


@pytest.mark.parametrize("boundary", lattice.BOUNDARIES)
def test_the_weights_of_the_samples_are_scored(boundary):
    samples = noise(13, 3, 4)
    above = np.triu_indices(12, k=1)
    weights = pairs.pair_weights(sampling.spins(samples), "same-state")[above]
    edges = lattice.adjacency(3, 4, boundary).toarray()[above] > 0
    found = recovery.recovery(samples, boundary, [13], UNKNOWN)
    expected = metrics.average_precision_score(edges, weights)
    assert found["precision"] == pytest.approx([expected])
    off = weights[~edges].sum() / weights.sum()
    assert found["off_lattice"] == pytest.approx([off])
    assert np.isnan(found["deviation"]).all() and np.isnan(found["exact_precision"])


def exact_of(model):
    """Exact correlations of a model without a field."""
    return theory.exact_correlations(
        model.rows, model.columns, model.coupling, boundary=model.boundary
    )


def drawn(model, count, method="exact", sweeps=1000):
    seeds = np.random.SeedSequence(1)
    return sampling.sample(count, model, method=method, sweeps=sweeps, seeds=seeds)[0]


def test_exact_samples_lie_a_standard_error_from_the_exact_correlations():
    model = sampling.Model(6, 6, 0.25, "free")
    found = recovery.recovery(drawn(model, 20000), "free", [200], exact_of(model))
    # Over 100 batches of 630 pairs; the mean square has an error of 1 to 2 %.
    assert found["deviation"] == pytest.approx([1], abs=0.05)
    assert found["exact_precision"] == 1


def test_samples_of_another_coupling_lie_far_from_the_exact_correlations():
    model, other = (sampling.Model(6, 6, coupling, "free") for coupling in (0.25, 0.3))
    found = recovery.recovery(drawn(other, 20000), "free", [20000], exact_of(model))
    assert found["deviation"][0] > 3


def test_pairs_that_symmetry_makes_equal_are_ranked_together():
    exact = exact_of(sampling.Model(5, 5, 0.3, "periodic"))
    noisy = exact + np.random.default_rng(1).normal(0, 1e-15, exact.shape)
    for matrix in (exact, noisy):
        found = recovery.recovery(noise(4), "periodic", [4], matrix)
        assert found["exact_precision"] == 1  # 50 equal edges above all others


def test_frozen_spins_are_no_distance_from_anything():
    frozen = bits.pack(np.ones((4, 3, 3), bool))
    found = recovery.recovery(frozen, "free", [4], np.ones((9, 9)))
    assert np.isnan(found["deviation"]).all()


def test_batches_are_disjoint_and_their_error_is_that_of_a_mean():
    spins = noise(31)
    found = recovery.recovery(spins, "free", [10, 31], UNKNOWN)
    parts = [spins.part(start, start + 10) for start in (0, 10, 20)]
    alone = [
        recovery.recovery(part, "free", [10], UNKNOWN)["precision"][0] for part in parts
    ]
    assert found["sizes"].tolist() == [10, 31]
    assert found["batches"].tolist() == [3, 1]
    assert found["precision"][0] == pytest.approx(np.mean(alone))
    assert found["error"][0] == pytest.approx(np.std(alone, ddof=1) / np.sqrt(3))
    assert np.isnan(found["error"][1])  # one batch has none


def test_no_more_batches_than_are_needed():
    found = recovery.recovery(noise(300, 3, 3), "free", [2], UNKNOWN)
    assert found["batches"].tolist() == [recovery.MOST_BATCHES]


def test_more_samples_of_a_disordered_lattice_recover_it_better():
    spins, _ = sampling.sample(
        2000,
        sampling.Model(6, 6, 0.25, "free"),
        method="gibbs",
        sweeps=50,
        seeds=np.random.SeedSequence(1),
        threads=2,
    )
    precision = recovery.recovery(spins, "free", [20, 200, 2000], UNKNOWN)["precision"]
    assert np.all(np.diff(precision) > 0)
    assert precision[-1] > 0.99


def found(*precision, exact=1.0):
    error = np.full(len(precision), 0.01)
    error[-1] = np.nan
    return SimpleNamespace(
        sizes=np.array([20, 200, 2000])[: len(precision)],
        precision=np.array(precision),
        error=error,
        off_lattice=np.linspace(0.9, 0.8, len(precision)),
        deviation=np.ones(len(precision)),
        exact_precision=exact,
    )


@pytest.mark.parametrize(
    ("half", "standard", "expected"),
    [
        (found(0.3, 0.99), found(0.3, 0.4), "supported"),
        (found(0.3, 0.4), found(0.3, 0.99), "supported"),
        (found(1.0), found(1.0), "supported"),
        (found(0.3, 0.98999), found(0.3, 0.98999), "refuted"),
        # So do the exact correlations, where they are known.
        (found(1.0, exact=0.98), found(0.5), "refuted"),
        (found(1.0, exact=0.98), found(0.99, exact=0.99), "supported"),
        (found(1.0, exact=np.nan), found(0.5), "supported"),
        # The largest number of samples decides, and not the best.
        (found(1.0, 0.98), found(1.0, 0.98), "refuted"),
    ],
)
def test_the_largest_number_of_samples_decides(half, standard, expected):
    entry = recovery.judge({"standard": standard, "half": half})
    assert entry["verdict"] == expected


def test_the_entry_tells_every_size_and_the_weight_off_the_lattice():
    entry = recovery.judge({"half": found(0.3, 0.995), "standard": found(0.3, 0.4)})
    half = entry["measured"]["half"]
    assert half["20 samples"] == {"value": 0.3, "standard_error": 0.01}
    assert half["200 samples"] == {"value": 0.995, "standard_error": None}
    assert half["weight off the lattice"] == pytest.approx(0.8)
    assert "80.0% (half) and 80.0% (standard)" in entry["note"]
