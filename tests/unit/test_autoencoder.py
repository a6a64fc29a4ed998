"""The autoencoder against its own arithmetic in numpy, and as it is saved."""

import hashlib
import logging
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

import pixelwalk

STREAM = np.random.default_rng(1)
#: Images of two patterns with little noise: easy to learn, and no constant knows them.
PATTERNS = STREAM.integers(0, 2, (2, 16))
IMAGES = PATTERNS[STREAM.integers(0, 2, 70)] ^ (STREAM.random((70, 16)) < 0.02)
IMAGES = IMAGES.astype(np.float32)
TRAINING, TEST = IMAGES[:50], IMAGES[50:]
#: Digest of the saved model, trained in a process of its own.
ALONE = """
import hashlib, pathlib, sys
import numpy as np
from pixelwalk.networks import autoencoder
autoencoder.prepare(1)
images = np.load(sys.argv[1])
model = autoencoder.build(16, hidden=5, activation="relu", seed=7)
autoencoder.train(model, images[:50], images[50:], optimizer="adam",
                  learning_rate=0.01, epochs=3, batch=8)
autoencoder.save(model, sys.argv[2])
print(hashlib.sha256(pathlib.Path(sys.argv[2]).read_bytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def autoencoder():
    """The module; here, for no other test should wait for TensorFlow."""
    from pixelwalk.networks import autoencoder

    autoencoder.prepare(1)
    return autoencoder


@pytest.fixture(scope="module")
def new(autoencoder):
    """Build a small network."""

    def build(seed=7, hidden=5, activation="relu", visible=16):
        return autoencoder.build(
            visible, hidden=hidden, activation=activation, seed=seed
        )

    return build


@pytest.fixture(scope="module")
def train(autoencoder):
    """Train a network, in three epochs of uneven batches if nothing else is asked."""

    def run(model, training=TRAINING, test=TEST, **options):
        usual = {"optimizer": "adam", "learning_rate": 0.01, "epochs": 3, "batch": 8}
        return autoencoder.train(model, training, test, **usual | options)

    return run


@pytest.fixture(scope="module")
def trained(new, train):
    """A network that was trained for three epochs, and its history."""
    model = new()
    return model, train(model)


@pytest.fixture(scope="module")
def good(new, train):
    """A network that was trained well, and its history."""
    model = new()
    return model, train(model, epochs=60)


def cross_entropy(images, chances):
    """Mean over pixels and images, in nat."""
    chances = np.clip(np.asarray(chances, float), 1e-7, 1 - 1e-7)
    return -np.mean(images * np.log(chances) + (1 - images) * np.log(1 - chances))


def forward(weights, images):
    """What a network with a hidden layer of tanh gives back, in double precision."""
    inward, bias, outward, offset = (np.asarray(w, float) for w in weights)
    hidden = np.tanh(images @ inward + bias)
    return hidden, 1 / (1 + np.exp(-(hidden @ outward + offset)))


def gradients(weights, images):
    """Derivatives of the cross-entropy by the weights, by hand."""
    hidden, chances = forward(weights, images)
    beyond = (chances - images) / images.size
    before = beyond @ np.asarray(weights[2], float).T * (1 - hidden**2)
    return [images.T @ before, before.sum(0), hidden.T @ beyond, beyond.sum(0)]


def test_the_network_of_the_paper_has_its_shape(new):
    model = new(visible=100, hidden=32)
    assert model.count_params() == 100 * 32 + 32 + 32 * 100 + 100 == 6532
    assert (model.input_shape, model.output_shape) == ((None, 100), (None, 100))
    assert [layer.name for layer in model.layers] == ["encoder", "decoder"]
    activations = [layer.activation.__name__ for layer in model.layers]
    assert activations == ["relu", "sigmoid"]


def test_what_comes_back_is_computed_as_it_should_be(autoencoder, new):
    model = new(activation="tanh")
    _, expected = forward(model.get_weights(), TEST)
    found = autoencoder.reconstruct(model, TEST)
    assert found.shape == TEST.shape and found.dtype == np.float32
    assert np.allclose(found, expected, atol=1e-6)


def test_pixels_are_coded_from_0_to_1(autoencoder):
    spins = np.array([[[-1, 1], [1, -1]], [[1, 1], [-1, -1]]], np.int8)
    coded = autoencoder.to_unit_interval(spins)
    assert coded.tolist() == [[0, 1, 1, 0], [1, 1, 0, 0]]
    greys = np.array([[[0, 51, 255]]], np.uint8)
    coded = autoencoder.to_unit_interval(greys)
    assert coded == pytest.approx(np.array([[0, 0.2, 1]]))
    assert coded.dtype == np.float32


def test_a_network_that_knows_nothing_has_a_loss_of_ln_2(new, train):
    model = new()
    model.set_weights([np.zeros_like(w) for w in model.get_weights()])
    history = train(model, epochs=1, optimizer="sgd", learning_rate=1e-12)
    for name in ("loss", "val_loss"):
        assert history[name] == pytest.approx([np.log(2)], abs=1e-6)


def test_losses_are_cross_entropies_also_of_uneven_batches(autoencoder, new, train):
    model = new(seed=3)
    before = autoencoder.reconstruct(model, TRAINING)
    # So small a rate leaves every weight as it is; 50 images in batches of 8.
    history = train(model, epochs=2, optimizer="sgd", learning_rate=1e-12)
    expected = cross_entropy(TRAINING, before)
    assert history["loss"] == pytest.approx([expected] * 2, rel=1e-5)
    expected = cross_entropy(TEST, autoencoder.reconstruct(model, TEST))
    assert history["val_loss"] == pytest.approx([expected] * 2, rel=1e-5)
    assert 0.6 < expected < 0.9  # nothing is learned: near ln 2


def test_the_history_ends_with_the_loss_of_the_trained_network(autoencoder, trained):
    model, history = trained
    assert {name: len(values) for name, values in history.items()} == {
        "loss": 3,
        "val_loss": 3,
    }
    expected = cross_entropy(TEST, autoencoder.reconstruct(model, TEST))
    assert history["val_loss"][-1] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("batch", [50, 1000])
def test_one_batch_of_all_images_is_one_step_down_the_gradient(batch, new, train):
    model = new(activation="tanh")
    before = model.get_weights()
    train(model, epochs=1, optimizer="sgd", learning_rate=0.5, batch=batch)
    slopes = gradients(before, TRAINING)
    for old, slope, found in zip(before, slopes, model.get_weights(), strict=True):
        assert np.allclose(found, old - 0.5 * slope, atol=1e-6)
        assert np.abs(0.5 * slope).max() > 1e-3


def test_every_batch_is_one_step_also_the_last_and_smaller_one(new, train):
    model = new(activation="tanh")
    weights = model.get_weights()
    same = np.repeat(TRAINING[:1], 10, axis=0)  # so that the order does not matter
    train(model, same, epochs=2, optimizer="sgd", learning_rate=0.5, batch=4)
    for _ in range(2 * 3):
        slopes = gradients(weights, same)
        weights = [w - 0.5 * s for w, s in zip(weights, slopes, strict=True)]
    for expected, found in zip(weights, model.get_weights(), strict=True):
        assert np.allclose(found, expected, atol=1e-5)


def test_an_epoch_shows_every_image_once(new, train):
    # Of images with one pixel each, the weights of a pixel learn from its image alone.
    model = new(activation="tanh")
    before = model.get_weights()
    single = np.eye(16, dtype=np.float32)
    train(model, single, epochs=1, optimizer="sgd", learning_rate=0.01, batch=1)
    found = model.get_weights()[0] - before[0]
    slopes = [gradients(before, image[None])[0] for image in single]
    expected = -0.01 * np.sum(slopes, axis=0)
    error = np.linalg.norm(found - expected, axis=1)
    assert np.all(error < 0.1 * np.linalg.norm(expected, axis=1))


def test_the_seed_decides_the_order_of_the_images(new, train):
    def learn(seed):
        model = new(seed)
        model.set_weights(start)
        return train(model, epochs=1, optimizer="sgd", learning_rate=0.5, batch=1)

    start = new().get_weights()
    losses = [learn(seed)["val_loss"][0] for seed in (1, 1, 2, 3)]
    assert losses[0] == losses[1] and len(set(losses)) == 3


def test_it_learns_better_than_any_constant(good, autoencoder):
    model, history = good
    constant = np.tile(TRAINING.mean(axis=0), (len(TEST), 1))
    assert history["val_loss"][-1] < 0.5 * cross_entropy(TEST, constant)
    assert history["loss"][-1] < history["loss"][0]
    right = (autoencoder.reconstruct(model, TEST) > 0.5) == (TEST > 0.5)
    assert right.mean() > 0.9


def test_progress_is_logged(new, train, caplog):
    with caplog.at_level(logging.INFO, "pixelwalk"):
        history = train(new(), epochs=2)
    first, last = caplog.messages
    assert first.startswith("epoch 1 of 2: loss ")
    assert last.endswith(f"validation loss {history['val_loss'][-1]:.4f}")


def test_the_seed_and_nothing_else_decides(new, train, trained):
    model, history = trained
    again = new()
    assert np.array_equal(train(again)["val_loss"], history["val_loss"])
    for one, two in zip(again.get_weights(), model.get_weights(), strict=True):
        assert np.array_equal(one, two)
    assert not np.array_equal(new(seed=8).get_weights()[0], new().get_weights()[0])


def test_equal_models_are_saved_with_equal_bytes(autoencoder, new, tmp_path):
    paths = [tmp_path / "first.keras", tmp_path / "second.keras"]
    for path in paths:
        autoencoder.save(new(), path)
    contents = []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            contents.append({name: archive.read(name) for name in archive.namelist()})
    assert list(contents[0]) == list(contents[1])
    assert [n for n, content in contents[0].items() if content != contents[1][n]] == []
    assert (paths[0].read_bytes() == paths[1].read_bytes()) is True


def test_another_process_trains_and_saves_the_same(autoencoder, trained, tmp_path):
    model, _ = trained
    autoencoder.save(model, tmp_path / "model.keras")
    np.save(tmp_path / "images.npy", IMAGES)
    run = subprocess.run(
        [sys.executable, "-c", ALONE, tmp_path / "images.npy", tmp_path / "a.keras"],
        cwd=Path(pixelwalk.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    here = (tmp_path / "model.keras").read_bytes()
    assert run.stdout.split()[-1] == hashlib.sha256(here).hexdigest()


def test_receptive_fields_lead_from_pixels_to_neurons(autoencoder, new):
    model = new(hidden=3, visible=4)
    weights = model.get_weights()
    weights[0] = np.arange(12, dtype=np.float32).reshape(4, 3)
    model.set_weights(weights)
    fields = autoencoder.receptive_fields(model)
    assert fields.tolist() == [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
    assert fields.dtype == np.float32 and fields.flags.c_contiguous
    # Pixel 1 alone: each neuron gets what its field has there.
    hidden = model.get_layer("encoder")(np.eye(4, dtype=np.float32)[1:2]).numpy()
    assert hidden[0].tolist() == fields[:, 1].tolist() == [3, 4, 5]


def test_a_saved_model_has_equal_bytes_whenever_it_is_saved(
    autoencoder, trained, tmp_path
):
    model, _ = trained
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


def test_a_saved_model_comes_back_as_it_was(autoencoder, good, tmp_path):
    import keras

    model, _ = good
    autoencoder.save(model, tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    assert [layer.name for layer in loaded.layers] == ["encoder", "decoder"]
    expected = autoencoder.reconstruct(model, TEST)
    assert np.array_equal(autoencoder.reconstruct(loaded, TEST), expected)
    fields = autoencoder.receptive_fields(loaded)
    assert np.array_equal(fields, autoencoder.receptive_fields(model))
