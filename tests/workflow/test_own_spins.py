"""Ensembles on lattices of one's own, and spins from a file, to the figures."""

import os

import h5py
import networkx as nx
import numpy as np
import pytest
from inprocess import execute

import dag
from edits import NOTHING, rules

OLD = 10**18  # ns: in 2001
FIGURE = "results/figures/graph-mine.png"
SAMPLES, DIAGNOSTICS, EXACT = (
    f"results/ising/mine/{name}.h5" for name in ("samples", "diagnostics", "exact")
)
SPINS = np.random.default_rng(3).choice(np.array([-1, 1], np.int8), (50, 2, 8))
WALKED = rules("average_pairs, sparsify_graph 2, walk_graph 2, draw_graph")


def configured(place, config, **entry):
    config["ising"]["mine"] = {"rows": 2, "columns": 8, "training": 50} | entry
    config["graphs"]["mine"] = {
        **{"ising": "mine", "kind": "same-state", "cuts": ["at-0", "top-0.2"]}
    }
    place.configure(config)


def test_spins_from_a_file_to_a_figure(place, config):
    np.save(place / "spins.npy", SPINS)
    configured(place, config, source="./spins.npy")
    execute(place, FIGURE)
    assert (place / FIGURE).stat().st_size > 10_000
    flat = SPINS.reshape(50, 16)
    same = (flat[:, :, None] == flat[:, None]).mean(axis=0)
    with h5py.File(place / "results/graphs/mine/weights.h5") as file:
        assert np.allclose(file["weights"], same)
    assert dag.needed(place, FIGURE) == NOTHING
    # Only what is read counts, not how one would have sampled.
    configured(place, config, source="./spins.npy", method="gibbs", sweeps=3, shards=4)
    assert dag.needed(place, FIGURE) == NOTHING
    np.save(place / "spins.npy", -SPINS[::-1])
    os.utime(place / "spins.npy", ns=(OLD, OLD))
    assert dag.needed(place, FIGURE) == rules("read_spins") + WALKED


def test_a_list_of_edges_is_sampled_in_one_job_and_in_shards(place, config):
    graph = nx.random_regular_graph(3, 16, seed=1)
    path = place / "my.edges"
    nx.write_edgelist(graph, path)
    settings = {"lattice": "./my.edges", "beta": 0.4, "training": 3000}
    configured(place, config, **settings)
    targets = [FIGURE, DIAGNOSTICS, EXACT]
    execute(place, *targets)
    with h5py.File(place / DIAGNOSTICS) as file:
        assert abs(file["z"][0]) < 5  # from the exact energy of all states of the graph
    with h5py.File(place / EXACT) as file:
        correlations = file["correlations"][()]
    near = nx.to_numpy_array(graph, nodelist=range(16)) > 0
    assert correlations[near].min() > 0.37  # tanh(beta) at least, as on a tree
    with h5py.File(place / SAMPLES) as file:
        words = file["training"][()]
    graph.remove_edge(*next(iter(graph.edges)))
    before = path.read_text()
    nx.write_edgelist(graph, path)
    os.utime(path, ns=(OLD, OLD))
    again = rules("sample_ising, solve_ising") + WALKED
    assert dag.needed(place, *targets) == again
    path.write_text(before)
    configured(place, config, **settings, shards=2)
    for made in (SAMPLES, DIAGNOSTICS):
        (place / made).unlink()
    assert execute(place, SAMPLES) == rules("sample_shard 2, join_samples")
    with h5py.File(place / SAMPLES) as file:
        assert np.array_equal(file["training"], words)


def test_a_triangular_lattice_differs_from_a_rectangular_one(place, config):
    energies = []
    for lattice in ("rectangular", "triangular"):
        settings = {"rows": 4, "columns": 4, "lattice": lattice, "training": 2000}
        configured(place, config, **settings, beta=0.2, boundary="periodic")
        assert execute(place, DIAGNOSTICS) == rules("sample_ising")
        with h5py.File(place / DIAGNOSTICS) as file:
            assert abs(file["z"][0]) < 5
            energies.append(file["exact"][0])
    assert energies[1] < energies[0] - 0.3


def test_what_is_wrong_in_a_file_is_one_clear_error(place, config, the_error, capfd):
    (place / "my.edges").write_text("0 1\n1 16\n")
    configured(place, config, lattice="./my.edges", beta=0.4)
    with pytest.raises(SystemExit):
        execute(place, SAMPLES)
    assert capfd.readouterr().err.endswith(
        "\nerror: my.edges, line 2: expected sites from 0 to 15, as rows times columns "
        "is 16, got 16; a list that counts from 1?\n"
    )
    np.save(place / "spins.npy", SPINS[:40])
    configured(place, config, source="./spins.npy")
    run = place.snakemake(SAMPLES)
    assert the_error(run) == (
        "error: spins.npy: expected at least 50 configurations, as training and test "
        "add up to, got 40"
    )
    # And once more at the end, below Snakemake's words.
    last = run.stderr.rpartition("Error in rule read_spins")[2]
    assert (
        "What went wrong, in results/logs/read_spins/mine.log: spins.npy: expected at "
        "least 50 configurations" in last
    )
    (place / "spins.npy").unlink()
    with pytest.raises(SystemExit, match=r"ising\.mine\.source: expected a file, got"):
        dag.load(place, SAMPLES)
