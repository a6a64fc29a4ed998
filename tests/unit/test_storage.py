"""HDF5 files: what goes in comes out, equal bytes, and nothing half-written."""

import json
import struct
import time

import h5py
import numpy as np
import pytest
from scipy import sparse

import pixelwalk
from pixelwalk import storage
from pixelwalk.compute import bits
from pixelwalk.jobs import faults
from pixelwalk.storage.kind import mismatches
from pixelwalk.storage.kinds.graph import Graph, Stationary
from pixelwalk.storage.kinds.images import Images
from pixelwalk.storage.kinds.ising import Samples
from pixelwalk.storage.kinds.pairs import Weights
from studies.digit.kinds import Fractions

ADJACENCY = sparse.random_array((12, 12), density=0.2, format="csr", rng=1)
EXAMPLES = {
    Samples: {
        "training": np.random.default_rng(1).choice([-1, 1], (4, 5, 9)).astype("i1"),
        "test": np.empty((4, 5, 0), np.int8),
    },
    Graph: {
        "adjacency": ADJACENCY,
        "mean": np.arange(12.0).reshape(3, 4),
        "active_fraction": 0.2345,
    },
    Stationary: {
        "distribution": np.full((3, 4), 1 / 12),
        "row_sums": np.full((3, 4), 1 / 12),
        "mean": np.arange(12.0).reshape(3, 4),
        "active_fraction": 0.25,
        "residual": np.float64(1e-13),
        "steps": 42,
    },
    Fractions: {
        "kinds": ["coactivation", "β-weight"],
        "first": np.array([[30.0, np.nan], [4.0, 5.0]]),
        "choices": np.ones((2, 2, 2)),
        "nulls": np.zeros((2, 2, 2)),
        "cuts": ("at-0.10", "at-0.35"),
    },
}
examples = pytest.mark.parametrize("kind", EXAMPLES)


def write(path, kind=Graph, **options):
    settings = {"cut": "at-0.10", "level": 0}
    storage.write(path, kind(**EXAMPLES[kind]), **{"settings": settings} | options)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder" / "example.h5"


@examples
def test_what_was_written_is_read(kind, path):
    found = storage.read(write(path, kind), kind)
    for name, value in EXAMPLES[kind].items():
        came = getattr(found, name)
        if sparse.issparse(value):
            assert came.format == "csr" and came.shape == value.shape
            came, value = came.toarray(), value.toarray()
        if isinstance(value, np.ndarray):
            assert came.dtype == value.dtype
            np.testing.assert_array_equal(came, value, strict=True)
        elif isinstance(value, (list, tuple)):
            assert came == list(value)
        else:
            assert type(came) in (int, float) and came == value


@examples
def test_every_dataset_says_its_unit_and_meaning(kind, path):
    with h5py.File(write(path, kind)) as file:
        for name, unit, _, meaning in kind.datasets():
            said = [file[name].attrs[about] for about in ("unit", "meaning")]
            assert np.array(said).astype(str).tolist() == [unit, meaning]


@examples
def test_every_array_has_a_checksum_of_its_own_or_that_of_its_header(kind, path):
    def look(name, item):
        if isinstance(item, h5py.Dataset) and item.size:
            layout = item.id.get_create_plist().get_layout()
            assert item.fletcher32 or layout == h5py.h5d.COMPACT, name

    with h5py.File(write(path, kind)) as file:
        file.visititems(look)


def test_equal_inputs_give_equal_bytes(tmp_path):
    def contents(run):
        files = [write(tmp_path / run / k.kind, k, seed=3) for k in EXAMPLES]
        return [file.read_bytes() for file in files]

    first = contents("first")
    time.sleep(1.1)  # clock times in a file would count seconds
    assert contents("second") == first


def test_a_file_tells_where_it_came_from(tmp_path):
    sampled = write(tmp_path / "samples.h5", Samples, settings={"beta": 0.4}, seed=7)
    source = storage.read(sampled, Samples).attributes
    graph = write(tmp_path / "graph.h5", source=source, libraries=["scipy"])
    found = storage.read(graph, Graph).attributes
    assert found["settings"] == {"cut": "at-0.10", "level": 0}
    assert found["source"]["settings"] == {"beta": 0.4}
    assert found["source"]["seed"] == 7 and found["source"]["source"] is None
    assert found["seed"] is None
    assert found["versions"]["pixelwalk"] == pixelwalk.__version__
    assert found["versions"]["h5py"] == h5py.__version__
    assert set(found["versions"]) == {"pixelwalk", "python", "numpy", "h5py", "scipy"}


def test_pixels_are_read_from_samples_and_from_images(tmp_path):
    sampled = write(tmp_path / "samples.h5", Samples, seed=7)
    for part in ("training", "test"):
        pixels, attributes = storage.read_pixels(sampled, part)
        np.testing.assert_array_equal(pixels, EXAMPLES[Samples][part], strict=True)
        assert attributes["seed"] == 7
    arrays = {
        "images": np.arange(12, dtype=np.uint8).reshape(3, 2, 2),
        "labels": np.arange(3, dtype=np.uint8),
        "positions": np.arange(3),
        "label_names": [],
    }
    storage.write(tmp_path / "images.h5", Images(**arrays), settings={})
    pixels, _ = storage.read_pixels(tmp_path / "images.h5")
    np.testing.assert_array_equal(pixels, arrays["images"], strict=True)


def test_other_datasets_than_those_of_the_kind_are_refused(path):
    arrays = EXAMPLES[Graph]
    for wrong in (arrays | {"more": 1}, {"mean": arrays["mean"]}):
        with pytest.raises(TypeError, match="argument"):
            Graph(**wrong)
    flat = Graph(**arrays | {"mean": arrays["mean"].ravel()})
    with pytest.raises(TypeError, match=r"'graph': mean: expected .* got \(12,\)"):
        storage.write(path, flat, settings={})
    assert not path.exists()


def test_a_name_in_shapes_stands_for_one_size():
    content = Fractions(**EXAMPLES[Fractions])
    assert list(mismatches(content)) == []
    content.nulls = np.zeros((3, 2, 2))
    (line,) = mismatches(content)
    expected = "nulls: expected choices = 2 in (choices, kinds, cuts), got (3, 2, 2)"
    assert line == expected


def refused(path, kind=Graph, error=faults.Broken, message="expected"):
    with pytest.raises(error, match=message) as caught:
        storage.read(path, kind)
    assert str(path) in str(caught.value)
    if error is faults.Broken:
        assert caught.value.path == path


def test_a_file_of_another_kind_or_layout_is_refused(path):
    write(path)
    refused(path, Weights, message="expected .* 'weights', .* got 'graph'")
    with h5py.File(path, "r+") as file:
        file.attrs["layout"] = 99
    refused(path, message="layout 99")


def test_a_missing_file_is_refused(path):
    refused(path, error=OSError, message="it is not there")


@pytest.mark.parametrize("missing", ["settings", "versions", "seed", "mean"])
def test_a_file_without_one_of_its_parts_is_refused(path, missing):
    with h5py.File(write(path), "r+") as file:
        del (file if missing in file else file.attrs)[missing]
    refused(path)


def test_a_truncated_file_is_refused(path):
    whole = write(path).read_bytes()
    for length in [*range(0, len(whole), 211), len(whole) - 1]:
        path.write_bytes(whole[:length])
        refused(path, message="broken")


@pytest.mark.parametrize(
    "where",
    [b'"at-0.10"', b'"cut"', b"{", struct.pack("<d", 0.2345)],
    ids=["a setting", "its name", "JSON", "a scalar"],
)
def test_a_flipped_byte_in_what_the_file_tells_is_noticed(path, where):
    content = bytearray(write(path).read_bytes())
    place = content.index(where)
    content[place] ^= 0x41
    path.write_bytes(content)
    refused(path)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "claims.json"
    storage.write_text(path, "old")
    with pytest.raises(KeyboardInterrupt), storage.whole(path) as unfinished:
        unfinished.write_text("half of the n")
        assert unfinished.parent == tmp_path and unfinished.suffix == ".json"
        assert path.read_text() == "old"
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_hdf5_write_leaves_the_old_file_and_nothing_else(path):
    old = write(path).read_bytes()
    arrays = EXAMPLES[Graph] | {"mean": np.array([[object()]])}
    with pytest.raises(TypeError):
        storage.write(path, Graph(**arrays), settings={})
    assert path.read_bytes() == old
    assert list(path.parent.iterdir()) == [path]


def test_text_is_written_whole_and_readable_by_others(tmp_path):
    path = tmp_path / "a" / "b" / "claims.json"
    storage.write_text(path, json.dumps(["σ"], ensure_ascii=False))
    assert json.loads(path.read_text(encoding="utf-8")) == ["σ"]
    other = tmp_path / "other"
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("shards", [1, 2, 7, 200])
def test_shards_of_pixels_are_read_apart(tmp_path, shards):
    flags = np.random.default_rng(1).random((500, 3, 4)) < 0.5
    path = tmp_path / "samples.h5"
    parts = {"training": bits.pack(flags), "test": bits.pack(flags[:7])}
    storage.write(path, Samples(**parts), settings={})
    read = [
        storage.read_pixels(path, shard=shard, shards=shards)[0].unpack()
        for shard in range(1, shards + 1)
    ]
    assert np.array_equal(np.concatenate(read), flags)

    path, grey = (
        tmp_path / "images.h5",
        np.arange(300).astype(np.uint8).reshape(50, 2, 3),
    )
    made = {
        "images": grey,
        "labels": grey[:, 0, 0],
        "positions": np.arange(50),
        "label_names": [],
    }
    storage.write(path, Images(**made), settings={"label": 5})
    read = [
        storage.read_pixels(path, shard=shard, shards=shards)
        for shard in range(1, shards + 1)
    ]
    assert np.array_equal(np.concatenate([images for images, _ in read]), grey)
    assert all(made["settings"] == {"label": 5} for _, made in read)


def test_images_of_one_label_are_read(tmp_path):
    path = tmp_path / "images.h5"
    pixels = np.arange(24, dtype=np.uint8).reshape(6, 2, 2)
    labels = np.array([5, 1, 5, 0, 5, 1], np.uint8)
    arrays = {
        "images": pixels,
        "labels": labels,
        "positions": np.arange(6),
        "label_names": [],
    }
    storage.write(path, Images(**arrays), settings={})
    found, _ = storage.read_pixels(path, label=5)
    assert np.array_equal(found, pixels[[0, 2, 4]])
    assert np.array_equal(storage.read_pixels(path, label="any")[0], pixels)
    assert np.array_equal(storage.read_pixels(path, label=0)[0], pixels[3:4])
    with pytest.raises(ValueError, match=r"expected images of 7, found none"):
        storage.read_pixels(path, label=7)


def test_the_digit_that_a_file_goes_back_to_is_told():
    settings = {"dataset": "MNIST", "count": 200, "label": 5}
    first = {"settings": settings, "source": None}
    assert storage.describe_digit({"source": first}) == "MNIST, images of 5"
