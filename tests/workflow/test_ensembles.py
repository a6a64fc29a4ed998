"""Ensembles of other sizes and methods, from the configuration alone."""

import json

import h5py
import numpy as np
import pytest
from inprocess import execute

import dag
from edits import rules

# How entries are drawn that leave it open.
OWN = {"cold": "swendsen-wang", "parts": "swendsen-wang", "hot": "exact"}

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
    # A site with four others, its neighbours, and with itself, which is heavier.
    assert lengths.min() >= 5 and len(lengths) == 65 * 64
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
        "4 x 4 sites; use method: auto, swendsen-wang or gibbs, or give a larger "
        "budget\n"
    )
    assert place.files("ising") == []


def test_an_entry_of_ones_own_on_a_cold_lattice_is_drawn_by_clusters(place, config):
    own = {"rows": 20, "columns": 20, "beta": 0.6, "boundary": "periodic"}
    own |= {"budget": 64, "training": 100}  # else the pilot takes seconds
    config["ising"] |= {"cold": own, "parts": own | {"shards": 2}}
    del config["ising"]["parts"]["boundary"]
    config["ising"]["hot"] = own | {"beta": 0.1}
    place.configure(config)
    execute(place, *(f"results/ising/{name}/samples.h5" for name in OWN))
    for name, method in OWN.items():
        with h5py.File(place / f"results/ising/{name}/samples.h5") as file:
            made = json.loads(file.attrs["settings"])
        course = {"budget": 128} if method == "exact" else {"sweeps": 200}
        told = {key: made[key] for key in ("method", "budget", "sweeps") if key in made}
        assert told == {"method": method} | course, name
    logs = {
        log.relative_to(place / "results/logs").as_posix(): log.read_text()
        for log in (place / "results/logs").rglob("*.log")
    }
    line = "warning: no exact samples within 64 sweeps back into the past, so method: "
    line += "auto draws by swendsen-wang, 200 sweeps from a random start\n"
    warned = {name for name, text in logs.items() if line in text}
    assert warned == {"sample_ising/cold.log", "join_samples/parts.log"}
    assert line.removeprefix("warning: ") in logs["sample_shard/parts/2/2.log"]
    for key in ("budget", "sweeps"):  # which of the two counts is not known before
        config["ising"]["hot"][key] = 65
        place.configure(config)
        needed = dag.needed(place, "results/ising/hot/samples.h5")
        assert needed == rules("sample_ising"), key


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
