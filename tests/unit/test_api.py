"""What notebooks call: light to import, shown by examples that run, and right."""

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import networkx
import numpy as np
import pytest
from PIL import Image

import pixelwalk
from pixelwalk.jobs import fingerprint

pytestmark = pytest.mark.xdist_group("training")


@pytest.fixture(autouse=True, scope="module")
def forgotten():
    """What Keras counted here must not go into models that other tests save."""
    yield
    if "keras" in sys.modules:
        sys.modules["keras"].utils.clear_session()


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


SPINS = np.where(np.arange(4 * 3 * 3).reshape(4, 3, 3) % 5 > 1, 1, -1).astype(np.int8)
WEIGHTS = np.ones((9, 9)) - np.eye(9)
RIGHT = {
    "lattice_graph": {"rows": 3, "columns": 3, "boundary": "free"},
    "load_images": {"source": "digits"},
    "mean_image": {"pixels": SPINS},
    "pair_weights": {"pixels": SPINS, "kind": "correlation"},
    "sample_ising": {"rows": 3, "columns": 3, "beta": 0.3, "count": 4, "seed": 1},
    "sparsify": {"weights": WEIGHTS, "cut": "top-0.5"},
    "stationary_distribution": {"weights": WEIGHTS},
    "to_igraph": {"adjacency": WEIGHTS, "shape": (3, 3)},
    "to_networkx": {"adjacency": WEIGHTS, "shape": (3, 3)},
    "train_autoencoder": {"training": SPINS, "test": SPINS, "epochs": 1, "hidden": 2},
    "transition_matrix": {"weights": WEIGHTS},
}


@pytest.mark.parametrize("name", pixelwalk.__all__)
def test_no_argument_may_be_of_another_type(name):
    function = getattr(pixelwalk, name)
    function(**RIGHT[name])
    for argument in inspect.signature(function).parameters:
        for bad in (object(), 1j, {}, [None], np.array([["a", "b"]])):
            with pytest.raises(ValueError) as error:
                function(**RIGHT[name] | {argument: bad})
            assert "\n" not in str(error.value), argument


@pytest.mark.parametrize(
    ("name", "settings", "message"),
    [
        ("sample_ising", {"seed": 1.5}, "seed must be a whole number, 0 to 42949"),
        ("load_images", {"seed": 2**32}, "seed must be a whole number, .* got 429496"),
        ("train_autoencoder", {"seed": True}, "seed must be a whole .*, got True"),
        ("sample_ising", {"rows": 3.0}, "rows must be a whole number of sites, 1 to"),
        (
            "sample_ising",
            {"count": np.float64(2)},
            "count must be a whole number of at",
        ),
        ("sample_ising", {"sweeps": "x"}, "sweeps must be .* of at least 0, got 'x'"),
        ("sample_ising", {"budget": np.nan}, "budget must be a whole number of at lea"),
        ("sample_ising", {"beta": np.inf}, "beta must be an inverse temp.*, got inf"),
        ("train_autoencoder", {"learning_rate": -1}, "rate must be a number above 0 "),
        ("train_autoencoder", {"batch": 1.5}, "batch must be a whole .* got 1.5"),
        ("pair_weights", {"centred": "no"}, "centred must be true or false, got"),
        ("pair_weights", {"threads": 0}, "threads must be .* 1, or None, got 0"),
        ("mean_image", {"pixels": SPINS / 2}, "an array of float64 and shape "),
        ("sparsify", {"cut": 0.05}, "cut must be text, got 0.05"),
        ("to_networkx", {"shape": 9}, "shape must be two whole numbers of at least 1"),
        ("load_images", {"within": (5, 2)}, r"two rising positions, .* got \(5, 2\)"),
        ("load_images", {"source": "a\nb"}, "a path without control characters, got"),
    ],
)
def test_what_does_not_fit_is_told_in_a_line(name, settings, message):
    with pytest.raises(ValueError, match=message):
        getattr(pixelwalk, name)(**RIGHT[name] | settings)


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


def test_samples_need_a_seed_so_that_two_sets_differ_on_purpose():
    with pytest.raises(ValueError, match="seed must be given: a whole number, and ano"):
        pixelwalk.sample_ising(4, 4, 0.4, 70)


@pytest.mark.parametrize(("sweeps", "mixed"), [(0, False), (500, True)])
def test_chains_that_have_not_mixed_are_reported(caplog, sweeps, mixed):
    settings = {"method": "gibbs", "sweeps": sweeps, "seed": 1}
    pixelwalk.sample_ising(8, 8, 0.4, 200, **settings)
    assert ("the chains have not mixed" in caplog.text) is not mixed


def test_exact_samples_keep_to_the_budget_and_others_to_the_sweeps():
    with pytest.raises(ValueError, match="no exact samples within a budget of 20"):
        pixelwalk.sample_ising(6, 7, 1.0, 5, method="exact", budget=20, seed=1)
    cold = {"beta": 1.0, "count": 5, "budget": 20, "seed": 1}
    first, shorter, named = (
        pixelwalk.sample_ising(6, 7, **cold, **how)
        for how in (
            {"sweeps": 9},
            {"sweeps": 2},
            {"sweeps": 9, "method": "swendsen-wang"},
        )
    )
    assert np.array_equal(first, named) and not np.array_equal(first, shorter)


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
        pixelwalk.sample_ising(2, 2, 0.3, 1, edges=[[3, 4]], seed=1)
    with pytest.raises(ValueError, match=r"lattice must be one of .* got 'cubic'"):
        pixelwalk.sample_ising(2, 2, 0.3, 1, lattice="cubic", seed=1)


def test_images_of_ones_own_are_loaded_as_the_settings_say(tmp_path):
    pictures = np.random.default_rng(1).integers(0, 256, (6, 4, 5), np.uint8)
    for number, picture in enumerate(pictures):
        folder = tmp_path / "pictures" / ("even" if number % 2 == 0 else "odd")
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(folder / f"{number}.png")
    images, labels = pixelwalk.load_images(tmp_path / "pictures")
    assert np.array_equal(images, pictures[[0, 2, 4, 1, 3, 5]])
    assert labels.tolist() == ["even"] * 3 + ["odd"] * 3
    images, labels = pixelwalk.load_images(
        tmp_path / "pictures", label="odd", count=2, invert=True, level=99
    )
    assert np.array_equal(images, np.where(255 - pictures[[1, 3]] > 99, 255, 0))
    np.save(tmp_path / "images.npy", pictures)
    np.save(tmp_path / "labels.npy", np.arange(6))
    mine = tmp_path / "images.npy", tmp_path / "labels.npy"
    images, labels = pixelwalk.load_images(
        mine[0], labels=mine[1], count=4, choose="random", within=(2, 6), seed=4
    )
    assert labels.tolist() == [2, 3, 4, 5]
    assert np.array_equal(images, pictures[labels])
    images, labels = pixelwalk.load_images(mine[0], size=(2, 2), label=np.int64(0))
    assert images.shape == (6, 2, 2) and labels.tolist() == [0] * 6


def test_mnist_is_read_from_its_folder_and_never_downloaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for source in ("mnist", Path("kmnist")):
        with pytest.raises(ValueError, match="nothing is downloaded") as error:
            pixelwalk.load_images(source, part="test")
        assert f"--cores 1 results/{source}/t10k-images-idx3-ub" in str(error.value)
        assert f"the source is 'results/{source}'" in str(error.value)
    assert list(tmp_path.iterdir()) == []
    folder = tmp_path / "mine"
    folder.mkdir()
    pixels, digits = np.arange(12, dtype=np.uint8), np.array([3, 7], np.uint8)
    for name, array in (
        ("images-idx3", pixels.reshape(2, 2, 3)),
        ("labels-idx1", digits),
    ):
        head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
        (folder / f"t10k-{name}-ubyte").write_bytes(head + array.tobytes())
    images, labels = pixelwalk.load_images(folder, part="test")
    assert images.ravel().tolist() == list(range(12)) and labels.tolist() == [3, 7]
    with pytest.raises(ValueError, match=r"where train-images-idx3-ubyte\.gz is not"):
        pixelwalk.load_images(folder)


@pytest.mark.parametrize(
    ("source", "settings", "message"),
    [
        ("digits", {"part": "all"}, "part must be train or test, got 'all'"),
        ("digits", {"fit": "crp"}, "fit must be pad or crop, got 'crp'"),
        (
            "digits",
            {"label": 12},
            "load_images.label: expected a digit, 0 to 9, or any",
        ),
        ("digits", {"count": 2000}, "expected at least 2000 images with label any"),
        ("no-such", {}, "folder or file that can be read, got 'no-such': No such file"),
    ],
)
def test_images_that_cannot_be_had_are_refused(source, settings, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        pixelwalk.load_images(source, **settings)


def test_an_autoencoder_learns_spins_and_grey_images_alike():
    spins = pixelwalk.sample_ising(4, 4, 0.6, 300, seed=1)
    grey = np.where(spins > 0, np.uint8(255), np.uint8(0))
    how = {"hidden": 8, "epochs": 30, "batch": 16, "seed": 3}
    history, made, fields = pixelwalk.train_autoencoder(spins[:250], spins[250:], **how)
    assert made.shape == (50, 4, 4) and fields.shape == (8, 4, 4)
    assert history["val_loss"].shape == (30,)
    assert history["val_loss"][-1] < np.log(2) - 0.1 < history["val_loss"][0]
    on = np.where(spins[250:] > 0, made, 1 - made)
    assert -np.log(on).mean() == pytest.approx(history["val_loss"][-1], rel=1e-4)
    same = pixelwalk.train_autoencoder(grey[:250], grey[250:], **how)
    assert np.array_equal(same[2], fields) and np.array_equal(same[1], made)
    other = pixelwalk.train_autoencoder(grey[:250], grey[250:], **how | {"seed": 4})
    assert not np.array_equal(other[2], fields)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"size": (0, 5)}, r"size must be as-is, or rows .* got \(0, 5\)"),
        ({"size": (3, 3, 3)}, r"size must be .* got \(3, 3, 3\)"),
        ({"size": 16}, "size must be .* got 16"),
        ({"size": "big"}, "size must be .* got 'big'"),
        ({"level": 300}, "level must be a grey value, 0 to 254, .* got 300"),
        ({"level": None}, "level must be .* got None"),
        ({"invert": "no"}, "invert must be true or false, got 'no'"),
        ({"label": 1.7}, "label must be a whole number .* got 1.7"),
        ({"label": None}, "label must be .* got None"),
        ({"within": 7}, "within must be .* got 7"),
        ({"count": 0}, "count must be a whole number of at least 1, .* got 0"),
        ({"count": 2.5}, "count must be .* got 2.5"),
        ({"count": "x"}, "count must be .* got 'x'"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        pixelwalk.load_images("digits", **settings)


@pytest.mark.parametrize(
    "edges", [[(0, 1, 2), (3, 4, 5)], [(0.5, 1.5)], {(0, 1)}, "a.edges", []]
)
def test_what_are_no_edges_is_refused(edges):
    with pytest.raises(ValueError, match=r"array of whole numbers of shape \(m, 2\)"):
        pixelwalk.sample_ising(2, 3, 0.3, 5, edges=edges, seed=1)


def test_training_refuses_images_that_do_not_go_together():
    spins = pixelwalk.sample_ising(4, 4, 0.3, 40, seed=1)
    grey = np.zeros((10, 4, 4), np.uint8)
    for test in (grey, spins.reshape(40, 2, 8)):
        with pytest.raises(ValueError, match="images of one size and kind, got int8"):
            pixelwalk.train_autoencoder(spins, test)
    for setting in ("hidden", "epochs", "batch"):
        with pytest.raises(ValueError, match=f"{setting} must be .* at least 1, got 0"):
            pixelwalk.train_autoencoder(spins, spins, **{setting: 0})


def test_what_is_no_image_trains_nothing():
    for bad, message in (
        (np.zeros((3, 4), np.uint8), r"shape \(n, rows, columns\), got \(3, 4\)"),
        (np.zeros((3, 2, 2)), "must be of type uint8, got float64"),
        (np.zeros((3, 2, 2), int), "must be of type uint8, got int64"),
    ):
        with pytest.raises(ValueError, match=message):
            pixelwalk.train_autoencoder(bad, bad)


def test_the_notebook_of_the_readme_runs(tmp_path, monkeypatch):
    readme = (fingerprint.WORKFLOW.parent / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## In a notebook")[2].partition("\n## ")[0]
    snippets = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    told = {}
    for snippet in snippets:
        exec(snippet, told)
    assert len(snippets) == 2
    assert told["edges"].number_of_nodes() == 100
    assert told["reconstructions"].shape == told["test"].shape
    assert list(tmp_path.iterdir()) == []
