"""Ensembles of other sizes and methods, from the configuration alone."""

import h5py
import numpy as np
import pytest

GRAPH = {"kind": "same-state", "cuts": ["knn-4"]}


def test_a_graph_too_large_for_a_matrix_is_made(rerun, config):
    config["ising"]["large"] = {
        **{"rows": 65, "columns": 64, "beta": 0.3, "training": 3000},
        **{"method": "gibbs", "sweeps": 30},
    }
    config["graphs"]["large"] = GRAPH | {"ising": "large"}
    rerun.configure(config)
    run = rerun.snakemake("results/graphs/large/knn-4/stationary.h5")
    assert run.returncode == 0, run.stderr
    assert not (rerun / "results/graphs/large/weights.h5").exists()
    with h5py.File(rerun / "results/graphs/large/knn-4/graph.h5") as file:
        lengths = np.diff(file["adjacency/indptr"][()])
        row = np.repeat(np.arange(len(lengths)), lengths)
        column = file["adjacency/indices"][()]
    assert lengths.min() >= 4 and len(lengths) == 65 * 64
    # A site is heavier with itself than with others; next come its neighbours.
    down, across = np.abs(row // 64 - column // 64), np.abs(row % 64 - column % 64)
    assert np.mean(down + across <= 1) > 0.9
    with h5py.File(rerun / "results/graphs/large/knn-4/stationary.h5") as file:
        assert file["distribution"].shape == (65, 64)
        assert file["residual"][()] <= 1e-12


def test_samples_that_are_not_to_be_had_exactly_are_one_clear_error(
    rerun, config, the_error
):
    config["ising"]["half"] |= {"beta": 10, "budget": 50}
    rerun.configure(config)
    kept = (rerun / "results/ising/half/samples.h5").read_bytes()
    run = rerun.snakemake("results/ising/half/samples.h5")
    assert the_error(run) == (
        "error: no exact samples within a budget of 50 sweeps, at a coupling of 5 on "
        "4 x 4 sites; use method: swendsen-wang or gibbs, or give a larger budget"
    )
    # Snakemake takes away what a failed job may have left; no half file is there.
    path = rerun / "results/ising/half/samples.h5"
    assert not path.exists() or path.read_bytes() == kept


@pytest.mark.parametrize("method", ["gibbs", "swendsen-wang"])
def test_every_method_tells_what_it_drew(rerun, config, method):
    config["ising"]["half"] |= {"method": method}
    rerun.configure(config)
    run = rerun.snakemake("results/ising/half/diagnostics.h5")
    assert run.returncode == 0, run.stderr
    with h5py.File(rerun / "results/ising/half/diagnostics.h5") as file:
        assert set(file["burned"][()]) == {20}
        assert abs(file["z"][0]) < 5 and file["r_hat"][0] < 1.05
    log = (rerun / "results/logs/sample_ising/half.log").read_text()
    assert "standard errors from its exact value" in log
