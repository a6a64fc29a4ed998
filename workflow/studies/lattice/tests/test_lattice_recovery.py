"""How well pair weights recover a lattice, where the answer is known."""

from pixelwalk import pairs
from pixelwalk.compute import bits
from pixelwalk.ising import lattice, sampling, theory
from studies.lattice import measure_recovery as stage
from studies.lattice.measure_recovery import MOST_BATCHES

import numpy as np
import pytest
from sklearn import metrics

UNKNOWN = np.empty((0, 0))


def measure_recovery(spins, boundary, sizes, exact):
    generator = np.random.default_rng(5)
    return stage.measure_recovery(spins, boundary, sizes, exact, generator)


def noise(count, rows=5, columns=5):
    return bits.pack(np.random.default_rng(1).random((count, rows, columns)) < 0.5)


def test_samples_that_tell_nothing_score_the_density_of_edges():
    found = measure_recovery(bits.pack(np.ones((4, 5, 5), bool)), "free", [2], UNKNOWN)
    density = 40 / (25 * 24 / 2)
    assert found.precision == pytest.approx([density])
    assert found.off_lattice == pytest.approx([1 - density])
    assert found.error.tolist() == [0]


def test_noise_scores_about_the_density_of_edges():
    found = measure_recovery(noise(2000, 8, 8), "periodic", [50], UNKNOWN)
    assert found.batches.tolist() == [40]
    density = 128 / (64 * 63 / 2)
    assert found.precision[0] == pytest.approx(density, rel=0.15)


@pytest.mark.parametrize("boundary", lattice.BOUNDARIES)
def test_the_weights_of_the_samples_are_scored(boundary):
    samples = noise(13, 3, 4)
    above = np.triu_indices(12, k=1)
    weights = pairs.pair_weights(sampling.spins(samples), "same-state")[above]
    edges = lattice.adjacency(3, 4, boundary).toarray()[above] > 0
    found = measure_recovery(samples, boundary, [13], UNKNOWN)
    expected = metrics.average_precision_score(edges, weights)
    assert found.precision == pytest.approx([expected])
    off = weights[~edges].sum() / weights.sum()
    assert found.off_lattice == pytest.approx([off])
    assert np.isnan(found.deviation).all() and np.isnan(found.exact_precision)


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
    found = measure_recovery(drawn(model, 20000), "free", [200], exact_of(model))
    # Over 100 batches of 630 pairs; the mean square has an error of 1 to 2 %.
    assert found.deviation == pytest.approx([1], abs=0.05)
    assert found.exact_precision == 1


def test_samples_of_another_coupling_lie_far_from_the_exact_correlations():
    model, other = (sampling.Model(6, 6, coupling, "free") for coupling in (0.25, 0.3))
    found = measure_recovery(drawn(other, 20000), "free", [20000], exact_of(model))
    assert found.deviation[0] > 3


def test_pairs_that_symmetry_makes_equal_are_ranked_together():
    exact = exact_of(sampling.Model(5, 5, 0.3, "periodic"))
    noisy = exact + np.random.default_rng(1).normal(0, 1e-15, exact.shape)
    for matrix in (exact, noisy):
        found = measure_recovery(noise(4), "periodic", [4], matrix)
        assert found.exact_precision == 1  # 50 equal edges above all others


def test_frozen_spins_are_no_distance_from_anything():
    frozen = bits.pack(np.ones((4, 3, 3), bool))
    found = measure_recovery(frozen, "free", [4], np.ones((9, 9)))
    assert np.isnan(found.deviation).all()


def test_batches_are_disjoint_and_their_error_is_that_of_a_mean():
    spins = noise(31)
    found = measure_recovery(spins, "free", [10, 31], UNKNOWN)
    parts = [spins.part(start, start + 10) for start in (0, 10, 20)]
    alone = [
        measure_recovery(part, "free", [10], UNKNOWN).precision[0] for part in parts
    ]
    assert found.sizes.tolist() == [10, 31]
    assert found.batches.tolist() == [3, 1]
    assert found.precision[0] == pytest.approx(np.mean(alone))
    assert found.error[0] == pytest.approx(np.std(alone, ddof=1) / np.sqrt(3))
    assert np.isnan(found.error[1])  # one batch has none


def test_no_more_batches_than_are_needed():
    found = measure_recovery(noise(300, 3, 3), "free", [2], UNKNOWN)
    assert found.batches.tolist() == [MOST_BATCHES]


def test_more_samples_of_a_disordered_lattice_recover_it_better():
    spins, _ = sampling.sample(
        2000,
        sampling.Model(6, 6, 0.25, "free"),
        method="gibbs",
        sweeps=50,
        seeds=np.random.SeedSequence(1),
        threads=2,
    )
    precision = measure_recovery(spins, "free", [20, 200, 2000], UNKNOWN).precision
    assert np.all(np.diff(precision) > 0)
    assert precision[-1] > 0.99


def test_frozen_spins_give_equal_weights_with_and_without_a_permutation():
    frozen = bits.pack(np.ones((8, 3, 3), bool))
    measured = measure_recovery(frozen, "periodic", [4], UNKNOWN)
    # A complete graph: circulant, not sparse; 18 of 36 pairs are edges.
    assert measured.share_by_batch.tolist() == [[1, 1], [1, 1]]
    assert measured.circulant_distance_by_batch == pytest.approx(np.zeros((2, 2)))
    right = np.full((2, 2), np.sqrt(1 - 18 / 36))
    assert measured.lattice_distance_by_batch == pytest.approx(right)
    assert measured.precision_by_batch == pytest.approx(np.full((2, 2), 0.5))


def test_permuting_leaves_the_means_and_no_correlations():
    model = sampling.Model(5, 5, 0.3, "periodic")
    measured = measure_recovery(drawn(model, 4000), "periodic", [1000], exact_of(model))
    real, permuted = measured.precision_by_batch
    density = 50 / (25 * 24 / 2)
    assert np.all(real > 0.99)
    assert permuted.mean() == pytest.approx(density, abs=0.1)
    assert np.all(measured.lattice_distance_by_batch[0] < np.sqrt(1 - density))


def test_the_exact_matrix_is_measured_as_by_hand():
    model = sampling.Model(3, 5, 0.4, "periodic")  # circulant only in another numbering
    exact = exact_of(model)
    measured = measure_recovery(noise(4, 3, 5), "periodic", [4], exact)
    weights, edges = (1 + exact) / 2, lattice.adjacency(3, 5, "periodic").toarray()
    np.fill_diagonal(weights, 0)
    scale = np.sum(weights * edges) / np.sum(edges**2)
    away = np.linalg.norm(weights - scale * edges) / np.linalg.norm(weights)
    assert measured.exact_lattice_distance == pytest.approx(away)
    ring = np.zeros_like(weights)
    for shift in range(15):
        turned = np.roll(np.eye(15), shift, axis=1)
        ring += turned * np.sum(weights * turned) / 15
    away = np.linalg.norm(weights - ring) / np.linalg.norm(weights)
    assert measured.exact_circulant_distance == pytest.approx(away)
    assert measured.exact_share == 1  # no weight of a ferromagnet is below a half
    pairs_ = exact[np.triu_indices(15, k=1)]
    assert measured.correlated_share == np.mean(pairs_ >= 0.1 * pairs_.max())


def test_equal_generators_give_equal_numbers():
    first, second = (measure_recovery(noise(20), "free", [10], UNKNOWN) for _ in "ab")
    assert np.array_equal(first.precision_by_batch, second.precision_by_batch)
