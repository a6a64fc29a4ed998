"""The autoencoder against its own arithmetic in numpy, and as it is saved."""

import hashlib
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

import patterns
import pixelwalk
from pixelwalk.compute import bits

pytestmark = pytest.mark.xdist_group("training")

#: Digest of the saved model, trained in a process of its own.
ALONE = """
import hashlib, pathlib, sys
import numpy as np
from pixelwalk.networks import autoencoder, backend
backend.prepare(1)
images = np.load(sys.argv[1])
model = autoencoder.build(16, hidden=5, activation="relu", seed=7)
autoencoder.train(model, images[:50], images[50:], optimizer="adam",
                  learning_rate=0.01, epochs=3, batch=8,
                  generator=np.random.default_rng(7))
autoencoder.save(model, sys.argv[2])
print(hashlib.sha256(pathlib.Path(sys.argv[2]).read_bytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def autoencoder():
    """The module; here, for no other test should wait for TensorFlow."""
    from pixelwalk.networks import autoencoder

    return autoencoder


@pytest.fixture(scope="module")
def trained():
    """A network that was trained for three epochs."""
    model = patterns.build()
    patterns.train(model)
    return model


def test_the_network_of_the_paper_has_its_shape():
    model = patterns.build(visible=100, hidden=32)
    assert model.count_params() == 100 * 32 + 32 + 32 * 100 + 100 == 6532
    assert (model.input_shape, model.output_shape) == ((None, 100), (None, 100))
    assert [layer.name for layer in model.layers] == ["encoder", "decoder"]
    activations = [layer.activation.__name__ for layer in model.layers]
    assert activations == ["relu", "sigmoid"]


def test_what_comes_back_is_computed_as_it_should_be(autoencoder):
    model = patterns.build(activation="tanh")
    _, expected = patterns.forward(model.get_weights(), patterns.TEST)
    found = autoencoder.reconstruct(model, patterns.TEST)
    assert found.shape == patterns.TEST.shape and found.dtype == np.float32
    assert np.allclose(found, expected, atol=1e-6)


def test_pixels_are_coded_from_0_to_1(autoencoder):
    spins = np.array([[[-1, 1], [1, -1]], [[1, 1], [-1, -1]]])
    coded = autoencoder.to_unit_interval(bits.pack(spins > 0))
    assert coded.tolist() == [[0, 1, 1, 0], [1, 1, 0, 0]]
    greys = np.array([[[0, 51, 255]]], np.uint8)
    coded = autoencoder.to_unit_interval(greys)
    assert coded == pytest.approx(np.array([[0, 0.2, 1]]))
    assert coded.dtype == np.float32
    with pytest.raises(ValueError, match="grey values must be of type uint8, got int8"):
        autoencoder.to_unit_interval(spins.astype(np.int8))


def test_receptive_fields_lead_from_pixels_to_neurons(autoencoder):
    model = patterns.build(hidden=3, visible=4)
    weights = model.get_weights()
    weights[0] = np.arange(12, dtype=np.float32).reshape(4, 3)
    model.set_weights(weights)
    fields = autoencoder.receptive_fields(model)
    assert fields.tolist() == [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
    assert fields.dtype == np.float32 and fields.flags.c_contiguous
    # Pixel 1 alone: each neuron gets what its field has there.
    hidden = model.get_layer("encoder")(np.eye(4, dtype=np.float32)[1:2]).numpy()
    assert hidden[0].tolist() == fields[:, 1].tolist() == [3, 4, 5]


def test_equal_models_are_saved_with_equal_bytes(autoencoder, tmp_path):
    paths = [tmp_path / "first.keras", tmp_path / "second.keras"]
    for path in paths:
        autoencoder.save(patterns.build(), path)
    contents = []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            contents.append({name: archive.read(name) for name in archive.namelist()})
    assert list(contents[0]) == list(contents[1])
    assert [n for n, content in contents[0].items() if content != contents[1][n]] == []
    assert (paths[0].read_bytes() == paths[1].read_bytes()) is True


def test_another_process_trains_and_saves_the_same(autoencoder, trained, tmp_path):
    model = trained
    autoencoder.save(model, tmp_path / "model.keras")
    np.save(tmp_path / "images.npy", patterns.IMAGES)
    run = subprocess.run(
        [sys.executable, "-c", ALONE, tmp_path / "images.npy", tmp_path / "a.keras"],
        cwd=Path(pixelwalk.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    here = (tmp_path / "model.keras").read_bytes()
    assert run.stdout.split()[-1] == hashlib.sha256(here).hexdigest()


def test_a_saved_model_has_equal_bytes_whenever_it_is_saved(
    autoencoder, trained, tmp_path
):
    model = trained
    first, later = tmp_path / "new folder" / "a.keras", tmp_path / "b.keras"
    autoencoder.save(model, first)
    time.sleep(2.1)  # a zip archive tells time in steps of two seconds
    autoencoder.save(model, later)
    assert (first.read_bytes() == later.read_bytes()) is True
    assert list(first.parent.iterdir()) == [first]
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        text = b"".join(archive.read(n) for n in archive.namelist() if "json" in n)
    assert b"date_saved" not in text and b"shared_object_id" not in text


def test_a_saved_model_comes_back_as_it_was(autoencoder, trained, tmp_path):
    import keras

    model = trained
    autoencoder.save(model, tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    assert [layer.name for layer in loaded.layers] == ["encoder", "decoder"]
    expected = autoencoder.reconstruct(model, patterns.TEST)
    assert np.array_equal(autoencoder.reconstruct(loaded, patterns.TEST), expected)
    fields = autoencoder.receptive_fields(loaded)
    assert np.array_equal(fields, autoencoder.receptive_fields(model))
