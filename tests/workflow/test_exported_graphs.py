"""A graph for other programs, on demand: made, the same graph, and made anew."""

import json

import networkx
import numpy as np
import pytest
from scipy import sparse

import dag
from edits import NOTHING, body, delete, more, rules, setting, touch
from pixelwalk import storage
from pixelwalk.storage.kinds.graph import Graph

FOLDER = "results/graphs/fives/at-0.10"
FILES = [f"{FOLDER}/graph.graphml", f"{FOLDER}/graph.npz"]


@pytest.fixture(scope="module")
def finished(finished, tmp_path_factory):
    """Place in which a graph has been exported as well; nobody may change it."""
    place = finished.copy(tmp_path_factory.mktemp("exported") / "place")
    run = place.snakemake(*FILES)
    assert run.returncode == 0, run.stderr
    return place


def test_both_files_hold_the_graph_and_are_made_once(finished):
    made = storage.read(finished / f"{FOLDER}/graph.h5", Graph)
    matrix = sparse.load_npz(finished / FILES[1])
    assert matrix.nnz and (matrix != made.adjacency).nnz == 0
    read = networkx.read_graphml(finished / FILES[0], node_type=int)
    assert np.array_equal(networkx.to_numpy_array(read), matrix.toarray())
    means = [read.nodes[pixel]["mean"] for pixel in range(64)]
    assert means == made.mean.ravel().tolist()
    assert (read.graph["name"], read.graph["cut"]) == ("fives", "at-0.10")
    assert read.graph["kind"] == "coactivation"
    assert json.loads(read.graph["made"]) == made.attributes
    assert "Nothing to be done" in finished.snakemake(*FILES).stderr


def test_a_run_of_all_makes_none(first_run):
    place, _ = first_run
    assert not [path for path in place.files() if path.endswith(("graphml", "npz"))]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (body("graph/exports.py", "write_npz"), "export_graph 2"),
        (more("workflow/scripts/export_graph.py", "_ADDED = 1"), "export_graph 2"),
        (more("workflow/rules/graphs.smk", "# It."), ""),
        (delete(FILES[0]), "export_graph"),
        (touch(*FILES), ""),
        (
            setting("graphs", "fives", "level", to=100),
            "average_pairs, sparsify_graph, export_graph 2",
        ),
        (setting("graphs", "fives", "teleport", to=0.2), ""),
    ],
)
def test_what_an_edit_reruns_of_it(rerun, config, edit, expected):
    edit(rerun, config)
    assert dag.needed(rerun, *FILES) == rules(expected)


def test_an_edit_of_it_reruns_nothing_else(rerun, config):
    body("graph/exports.py", "write_graphml")(rerun, config)
    assert dag.needed(rerun) == NOTHING
