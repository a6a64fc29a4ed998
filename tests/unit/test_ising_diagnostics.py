"""Diagnostics: right numbers where they are known, and a warning where one is due."""

import logging

import numpy as np
import pytest

from boltzmann import enumerated
from pixelwalk.compute import bits
from pixelwalk.ising import diagnostics, heatbath, sampling, theory

METHODS = pytest.mark.parametrize("method", sampling.METHODS)
KEYS = {
    "quantities",
    "mean",
    "error",
    "exact",
    "z",
    "effective_samples",
    "autocorrelation_time",
    "r_hat",
    "traces",
    "burned",
}


def seeds():
    return np.random.SeedSequence(17)


def diagnosed(model, method, count=2000, sweeps=100):
    settings = {"method": method, "sweeps": 2**16 if method == "exact" else sweeps}
    samples, burned = sampling.sample(count, model, seeds=seeds(), **settings)
    measured = diagnostics.per_site(samples, model)
    found = diagnostics.diagnose(measured, burned, model, seeds=seeds(), **settings)
    return samples, found


def sweep_matrix(model):
    """Chance of every step from state to state in a sweep of the heat bath."""
    states, _ = enumerated(model)
    powers = 2 ** np.arange(model.sites)
    sweep = np.eye(len(states))
    for site, around in enumerate(model.neighbours()):
        up = model.up_probabilities(states[:, around[around < model.sites]].sum(axis=1))
        others = np.arange(len(states)) & ~powers[site]
        step = np.zeros_like(sweep)
        step[np.arange(len(states)), others] = 1 - up
        step[np.arange(len(states)), others + powers[site]] = up
        sweep = sweep @ step
    return sweep


def autocorrelation_time(values, sweep, chances):
    """1 + 2 * sum of the autocorrelations, from the fundamental matrix of the chain."""
    off = values - chances @ values
    summed = np.linalg.solve(np.eye(len(off)) - sweep + chances, off)
    return 2 * (chances * off @ summed) / (chances * off @ off) - 1


@METHODS
def test_means_errors_and_shapes(method):
    model = sampling.Model(5, 6, 0.3, "periodic", 0.2)
    samples, found = diagnosed(model, method)
    assert set(found) == KEYS
    assert found["quantities"] == ["energy", "magnetisation"]
    assert found["traces"].shape == (2, 64, 1024)
    for key in KEYS - {"quantities", "traces", "burned"}:
        assert found[key].shape == (2,)
    spins = sampling.spins(samples)
    energies = sampling.energy(spins, "periodic", 0.2) / 30
    sizes = abs(spins.mean(axis=(1, 2)))
    for number, values in enumerate((energies, sizes)):
        assert found["mean"][number] == pytest.approx(values.mean())
        assert found["error"][number] == pytest.approx(
            np.sqrt(values.var(ddof=1) / 2000)
        )
    exact = theory.exact_energy(5, 6, 0.3, boundary="periodic", field=0.2) / 30
    assert found["exact"][0] == pytest.approx(exact)
    expected = (energies.mean() - exact) / found["error"][0]
    assert found["z"][0] == pytest.approx(expected)
    assert abs(expected) < 4
    assert np.isnan([found["exact"][1], found["z"][1]]).all()


@METHODS
def test_right_ensembles_are_found_right(method, caplog):
    model = sampling.Model(10, 10, 0.3, "free")
    with caplog.at_level(logging.INFO):
        _, found = diagnosed(model, method)
    # Chance of more than 4 standard errors: 6e-5.
    assert abs(found["z"][0]) < 4
    # Independent samples are worth as many; their number is estimated to about 5 %.
    assert found["effective_samples"] == pytest.approx([2000, 2000], rel=0.25)
    assert (abs(found["r_hat"] - 1) < 0.01).all()
    assert "standard errors from its exact value" in caplog.text
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


def test_the_traces_go_on_from_the_samples():
    model = sampling.Model(6, 7, 0.4, "free", 0.1)
    _, found = diagnosed(model, "gibbs", count=64, sweeps=9)
    for step in (1, 2, 30):
        later, _ = sampling.sample(
            64, model, method="gibbs", sweeps=9 + step, seeds=seeds()
        )
        spins = sampling.spins(later)
        np.testing.assert_allclose(
            found["traces"][:, :, step - 1],
            [sampling.energy(spins, "free", 0.1) / 42, abs(spins.mean(axis=(1, 2)))],
        )


@pytest.mark.parametrize(
    ("coupling", "field"), [(0.0, 0.0), (0.5, 0.0), (0.7, 0.0), (0.6, 0.05), (-0.5, 0)]
)
def test_autocorrelation_times_are_those_of_the_transition_matrix(coupling, field):
    model = sampling.Model(2, 3, coupling, "free", field)
    states, chances = enumerated(model)
    sweep = sweep_matrix(model)
    assert chances @ sweep == pytest.approx(chances)
    spins = states.reshape(-1, 2, 3)
    expected = [
        autocorrelation_time(values, sweep, chances)
        for values in (sampling.energy(spins, "free", field), abs(states.sum(axis=1)))
    ]
    _, found = diagnosed(model, "gibbs", count=64)
    # From 64 x 1,024 sweeps; to about 3 % at the longest of these times.
    assert found["autocorrelation_time"] == pytest.approx(expected, rel=0.15)


def test_sweeps_forget_slowly_near_the_critical_point_and_clusters_quickly():
    times = {
        (method, coupling): diagnosed(
            sampling.Model(10, 10, coupling, "periodic"), method, count=64
        )[1]["autocorrelation_time"][1]
        for method in ("gibbs", "swendsen-wang")
        for coupling in (0.2, 0.44)
    }
    assert times["gibbs", 0.44] > 8 * times["gibbs", 0.2]
    assert times["swendsen-wang", 0.44] < times["gibbs", 0.44] / 4


def test_chains_without_burn_in_are_found_out(caplog):
    _, found = diagnosed(sampling.Model(8, 8, 0.6, "periodic"), "gibbs", sweeps=0)
    assert found["z"][0] > 100
    assert "the chains have not mixed: more than the 0 sweeps" in caplog.text


def test_chains_frozen_apart_are_found_out(caplog):
    # Without heat stripes around the lattice stay for ever.
    _, found = diagnosed(sampling.Model(8, 8, 1000.0, "periodic"), "gibbs", count=64)
    assert (found["r_hat"] > 1.05).all()
    assert found["autocorrelation_time"] == pytest.approx([1024, 1024], rel=0.1)
    assert "the chains have not mixed" in caplog.text


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("model", "method"),
    [
        (sampling.Model(10, 10, 1000.0, "periodic"), "swendsen-wang"),
        (sampling.Model(10, 10, 1000.0, "free"), "swendsen-wang"),
        (sampling.Model(3, 3, -1000.0, "periodic"), "gibbs"),
        (sampling.Model(6, 5, 0.4, "free", 1e6), "exact"),
    ],
    ids=str,
)
def test_an_ensemble_whose_energy_does_not_vary_is_no_cause_for_alarm(
    model, method, caplog
):
    _, found = diagnosed(model, method, count=500)
    assert found["error"][0] == 0
    assert found["mean"][0] == pytest.approx(found["exact"][0])
    assert np.isnan([found["z"][0], found["r_hat"][0]]).all()
    assert "not mixed" not in caplog.text


@pytest.mark.filterwarnings("error")
def test_an_ensemble_that_is_frozen_in_a_wrong_state_is_found_out(caplog):
    model = sampling.Model(4, 4, 0.4, "free")
    up = bits.pack(np.ones((100, 4, 4), bool))
    found = diagnostics.diagnose(
        diagnostics.per_site(up, model),
        np.array([0]),
        model,
        method="gibbs",
        sweeps=0,
        seeds=seeds(),
    )
    assert found["z"][0] == -np.inf
    assert "the chains have not mixed" in caplog.text


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("count", [1, 3, 15])
def test_few_samples_give_what_they_can(count):
    samples, found = diagnosed(sampling.Model(4, 4, 0.2, "free"), "exact", count=count)
    energies = sampling.energy(sampling.spins(samples), "free") / 16
    assert found["mean"][0] == pytest.approx(energies.mean())
    assert np.isnan(found["error"]).all() == (count == 1)
    assert np.isnan(found["effective_samples"]).all()
    assert np.isfinite(found["autocorrelation_time"]).all()


def test_where_no_exact_energy_is_known_there_is_no_distance_from_it(caplog):
    with caplog.at_level(logging.INFO):
        _, found = diagnosed(sampling.Model(13, 13, 0.2, "free"), "gibbs", count=64)
    assert np.isnan(found["exact"]).all() and np.isnan(found["z"]).all()
    assert np.isfinite(found["error"]).all()
    assert "exact value" not in caplog.text


def test_a_large_lattice_is_traced_for_fewer_sweeps(monkeypatch):
    model = sampling.Model(8, 8, 0.2, "free")
    monkeypatch.setattr(diagnostics, "_UPDATES", 100 * 64 * heatbath.HeatBath.WIDTH)
    assert diagnosed(model, "gibbs", count=64)[1]["traces"].shape == (2, 64, 100)
    monkeypatch.setattr(diagnostics, "_UPDATES", 1)
    assert diagnosed(model, "gibbs", count=64)[1]["traces"].shape == (2, 64, 32)


def test_configurations_are_measured_the_same_in_any_number_of_pieces(monkeypatch):
    model = sampling.Model(3, 5, 0.2, "free", field=0.5)
    samples, _ = sampling.sample(300, model, method="gibbs", sweeps=5, seeds=seeds())
    spins = sampling.spins(samples)
    expected = sampling.energy(spins, "free", 0.5) / 15, abs(spins.sum((1, 2))) / 15
    for most in (1, 15 * 70, 15 * 300):
        monkeypatch.setattr(diagnostics, "_SPINS", most)
        np.testing.assert_array_equal(diagnostics.per_site(samples, model), expected)
