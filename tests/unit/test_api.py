"""What notebooks call: light to import, shown by examples that run, and right."""

import doctest
import subprocess
import sys

import networkx
import numpy as np
import pytest

import pixelwalk
from pixelwalk import fingerprint


@pytest.mark.parametrize("name", pixelwalk.__all__)
def test_the_example_of_a_function_runs(name):
    function = getattr(pixelwalk, name)
    (test,) = doctest.DocTestFinder(recurse=False).find(function, name)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_to_import_the_package_imports_nothing_slow():
    script = (
        "import sys, pixelwalk\n"
        "print(sorted({'numpy', 'numba', 'scipy', 'keras'} & set(sys.modules)))\n"
        "assert set(pixelwalk.__all__) <= set(dir(pixelwalk))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=fingerprint.WORKFLOW,
        capture_output=True,
        text=True,
    )
    assert (run.stdout, run.stderr) == ("[]\n", "")


def test_a_name_that_is_none_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'walks'"):
        _ = pixelwalk.walks


@pytest.fixture
def adjacency():
    spins = pixelwalk.sample_ising(3, 4, 0.3, 200, seed=3)
    weights = pixelwalk.pair_weights(spins, kind="same-state", diagonal=False)
    return pixelwalk.sparsify(weights, "knn-3")


def test_libraries_of_graphs_get_the_same_graph(adjacency):
    graph = pixelwalk.to_networkx(adjacency, (3, 4))
    assert np.array_equal(networkx.to_numpy_array(graph), adjacency.toarray())
    assert graph.nodes[6] == {"row": 1, "column": 2}
    other = pixelwalk.to_igraph(adjacency, (3, 4))
    assert other.get_edgelist() == sorted(tuple(sorted(e)) for e in graph.edges)
    ranks = other.pagerank(weights="weight", damping=0.9, directed=False)
    found, *_ = pixelwalk.stationary_distribution(adjacency, teleport=0.1)
    assert ranks == pytest.approx(found)


def test_what_is_no_graph_of_the_pixels_is_refused():
    for give in (pixelwalk.to_networkx, pixelwalk.to_igraph):
        with pytest.raises(ValueError, match="of every two of 2 x 2 pixels"):
            give(np.zeros((3, 3)), (2, 2))
        with pytest.raises(ValueError, match="must be symmetric"):
            give(np.array([[0, 1], [0, 0]]), (1, 2))


def test_samples_are_repeated_by_their_seed():
    first, same, other = (
        pixelwalk.sample_ising(4, 4, 0.4, 70, seed=seed) for seed in (1, 1, 2)
    )
    assert first.shape == (70, 4, 4) and set(np.unique(first)) == {-1, 1}
    assert np.array_equal(first, same) and not np.array_equal(first, other)


def test_any_lattice_can_be_sampled():
    settings = {"beta": 0.3, "count": 500, "seed": 3, "sweeps": 200}
    tree = np.array([[0, 1], [1, 2], [1, 3]])
    spins = pixelwalk.sample_ising(2, 2, edges=tree, **settings)
    assert spins.shape == (500, 2, 2)
    flat = spins.reshape(500, 4).astype(float)
    means = flat.T @ flat / 500
    assert means[0, 1] == pytest.approx(np.tanh(0.3), abs=0.18)  # four errors
    assert means[0, 3] == pytest.approx(np.tanh(0.3) ** 2, abs=0.18)
    lattices = [
        pixelwalk.sample_ising(5, 5, lattice=lattice, boundary="helical", **settings)
        for lattice in ("rectangular", "triangular")
    ]
    right = [np.mean(spins[:, :, :-1] * spins[:, :, 1:]) for spins in lattices]
    assert right[0] + 0.1 < right[1]  # more neighbours, more order
    with pytest.raises(ValueError, match=r"each once, got \(3, 4\)"):
        pixelwalk.sample_ising(2, 2, 0.3, 1, edges=[[3, 4]])
    with pytest.raises(ValueError, match=r"lattice must be one of .* got 'cubic'"):
        pixelwalk.sample_ising(2, 2, 0.3, 1, lattice="cubic")
