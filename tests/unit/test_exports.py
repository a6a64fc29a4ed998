"""Graphs for other programs: read by them, they are the same graphs."""

import builtins
import hashlib
import json
import os
import subprocess
import sys

import igraph
import networkx
import numpy as np
import pytest
from scipy import sparse

from pixelwalk import graph
from pixelwalk.graph import exports
from pixelwalk.jobs import fingerprint

SHAPE = (3, 4)
MEAN = np.arange(12.0).reshape(SHAPE) / 7
#: As those of graph.h5, which was made of weights, which were made of images.
ATTRIBUTES = {
    "kind": "graph",
    "settings": {"cut": "top-0.3"},
    "source": {
        "settings": {"kind": "coactivation", "name": "fives", "level": 0},
        "source": {
            "settings": {"dataset": "MNIST", "count": 200, "label": 5},
            "source": None,
        },
    },
}


@pytest.fixture(scope="module")
def adjacency():
    weights = np.random.default_rng(2).random((12, 12))
    return graph.sparsify(weights + weights.T, "top-0.3")


@pytest.fixture
def graphml(adjacency, tmp_path):
    path = tmp_path / "folder/graph.graphml"
    exports.write_graphml(path, adjacency, MEAN, ATTRIBUTES)
    return path


def test_networkx_reads_the_same_graph(graphml, adjacency):
    read = networkx.read_graphml(graphml, node_type=int)
    assert adjacency.diagonal().any()  # loops are edges too
    assert list(read) == list(range(12))
    assert np.array_equal(networkx.to_numpy_array(read), adjacency.toarray())
    assert read.nodes[6] == {"row": 1, "column": 2, "mean": MEAN[1, 2]}
    made = read.graph.pop("made")
    assert json.loads(made) == ATTRIBUTES
    assert {key: read.graph[key] for key in ("name", "cut", "kind", "images")} == {
        **{"name": "fives", "cut": "top-0.3", "kind": "coactivation"},
        "images": "MNIST, 200 images of 5",
    }


def test_igraph_reads_the_same_graph(graphml, adjacency):
    read = igraph.Graph.Read_GraphML(str(graphml))
    assert not read.is_directed()
    assert read.vs["id"] == [str(pixel) for pixel in range(12)]
    assert read.vs["row"] == [pixel // 4 for pixel in range(12)]
    assert read.vs["column"] == [pixel % 4 for pixel in range(12)]
    assert read.vs["mean"] == MEAN.ravel().tolist()
    upper = sparse.triu(adjacency, format="coo")
    expected = dict(
        zip(zip(upper.row, upper.col, strict=True), upper.data, strict=True)
    )
    found = {tuple(sorted(edge.tuple)): edge["weight"] for edge in read.es}
    assert found == expected and len(read.es) == len(expected)
    assert read["cut"] == "top-0.3"


def test_scipy_reads_the_same_matrix(adjacency, tmp_path):
    exports.write_npz(tmp_path / "graph.npz", adjacency)
    read = sparse.load_npz(tmp_path / "graph.npz")
    assert isinstance(read, sparse.csr_array) and read.dtype == np.float64
    for part in ("data", "indices", "indptr"):
        assert np.array_equal(getattr(read, part), getattr(adjacency, part))


WRITE = """
import sys, time
import numpy as np
from scipy import sparse
from pixelwalk.graph import exports
now = float(sys.argv[1])
time.time, local = (lambda: now), time.localtime
time.localtime = lambda seconds=now: local(seconds)
one = sparse.csr_array(np.eye(4) + np.ones((4, 4)))
made = {"settings": {"cut": "at-0", "name": "a", "kind": "product"}}
made |= {"source": {"source": None, "settings": {"rows": 2, "columns": 2}}}
exports.write_graphml("graph.graphml", one, np.ones((2, 2)), made)
exports.write_npz("graph.npz", one)
"""


def test_equal_graphs_give_equal_bytes_at_any_time(tmp_path):
    sums = []
    for now, hashing in (("1e9", "1"), ("1.7e9", "2")):
        folder = tmp_path / now
        folder.mkdir()
        environment = os.environ | {
            "PYTHONPATH": str(fingerprint.WORKFLOW),
            "PYTHONHASHSEED": hashing,
        }
        subprocess.run(
            [sys.executable, "-c", WRITE, now], cwd=folder, env=environment, check=True
        )
        files = [folder / "graph.graphml", folder / "graph.npz"]
        sums.append([hashlib.sha256(file.read_bytes()).digest() for file in files])
    assert sums[0] == sums[1]


def test_more_edges_than_networkx_can_hold_are_refused(
    adjacency, monkeypatch, tmp_path
):
    count = sparse.triu(adjacency).nnz
    monkeypatch.setattr(exports, "MOST_EDGES", count)
    exports.write_graphml(tmp_path / "graph.graphml", adjacency, MEAN, ATTRIBUTES)
    monkeypatch.setattr(exports, "MOST_EDGES", count - 1)
    with pytest.raises(ValueError, match=rf"at most {count - 1} edges .* got {count};"):
        exports.write_graphml(tmp_path / "other.graphml", adjacency, MEAN, ATTRIBUTES)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.graphml"]


def test_the_mean_image_comes_along_if_it_is_given(adjacency):
    plain = exports.to_networkx(adjacency, SHAPE)
    assert "mean" not in plain.nodes[5]
    assert exports.to_networkx(adjacency, SHAPE, MEAN).nodes[5]["mean"] == MEAN[1, 1]
    assert exports.to_igraph(adjacency, SHAPE, MEAN).vs[5]["mean"] == MEAN[1, 1]
    for give in (exports.to_networkx, exports.to_igraph):
        with pytest.raises(ValueError, match=r"of 3 x 4 pixels, got shape \(4, 3\)"):
            give(adjacency, SHAPE, MEAN.T)


def test_without_igraph_it_says_what_to_install(adjacency, monkeypatch):
    def no_igraph(name, *rest, imported=builtins.__import__):
        if name == "igraph":
            raise ImportError("No module named 'igraph'")
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", no_igraph)
    with pytest.raises(ImportError, match=r"needs igraph, .*: pip install igraph$"):
        exports.to_igraph(adjacency, SHAPE)
