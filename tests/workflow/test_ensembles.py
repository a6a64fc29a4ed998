"""Ensembles of other sizes and methods, from the configuration alone."""

import h5py
import numpy as np
import pytest
from inprocess import execute

from edits import rules

GRAPH = {"kind": "same-state", "cuts": ["knn-4"]}


def test_a_graph_too_large_for_a_matrix_is_made(place, config):
    config["ising"]["large"] = {
        **{"rows": 65, "columns": 64, "beta": 0.3, "training": 3000},
        **{"method": "gibbs", "sweeps": 30},
    }
    config["graphs"]["large"] = GRAPH | {"ising": "large"}
    place.configure(config)
    done = execute(place, "results/graphs/large/knn-4/stationary.h5")
    assert done == rules("sample_ising, sparsify_pixels, walk_graph")
    assert not (place / "results/graphs/large/weights.h5").exists()
    with h5py.File(place / "results/graphs/large/knn-4/graph.h5") as file:
        lengths = np.diff(file["adjacency/indptr"][()])
        row = np.repeat(np.arange(len(lengths)), lengths)
        column = file["adjacency/indices"][()]
    assert lengths.min() >= 4 and len(lengths) == 65 * 64
    # A site is heavier with itself than with others; next come its neighbours.
    down, across = np.abs(row // 64 - column // 64), np.abs(row % 64 - column % 64)
    assert np.mean(down + across <= 1) > 0.9
    with h5py.File(place / "results/graphs/large/knn-4/stationary.h5") as file:
        assert file["distribution"].shape == (65, 64)
        assert file["residual"][()] <= 1e-12


def test_samples_that_cannot_be_exact_are_one_clear_error(place, config, capfd):
    config["ising"]["half"] |= {"beta": 10, "budget": 50}
    place.configure(config)
    with pytest.raises(SystemExit):
        execute(place, "results/ising/half/samples.h5")
    assert capfd.readouterr().err.endswith(
        "\nerror: no exact samples within a budget of 50 sweeps, at a coupling of 5 on "
        "4 x 4 sites; use method: swendsen-wang or gibbs, or give a larger budget\n"
    )
    assert place.files("ising") == []


@pytest.mark.parametrize("method", ["gibbs", "swendsen-wang"])
def test_every_method_tells_what_it_drew(place, config, method):
    config["ising"]["half"] |= {"method": method}
    place.configure(config)
    execute(place, "results/ising/half/diagnostics.h5")
    with h5py.File(place / "results/ising/half/diagnostics.h5") as file:
        assert set(file["burned"][()]) == {20}
        assert abs(file["z"][0]) < 5 and file["r_hat"][0] < 1.05
    log = (place / "results/logs/sample_ising/half.log").read_text()
    assert "standard errors from its exact value" in log
