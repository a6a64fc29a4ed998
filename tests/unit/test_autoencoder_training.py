"""Training against plain `fit` in the same order, and against steps by hand."""

import itertools
import logging
from pathlib import Path

import numpy as np
import pytest
import yaml

import patterns
import pixelwalk
from pixelwalk.storage.kinds.networks import History

pytestmark = pytest.mark.xdist_group("training")

SCHEMA = Path(pixelwalk.__file__).parents[1] / "schemas" / "config.schema.yaml"
ENTRY = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))["$defs"]["autoencoder"]
ACTIVATIONS = ENTRY["properties"]["activation"]["enum"]
OPTIMIZERS = ENTRY["properties"]["optimizer"]["enum"]


class Noted:
    """A generator that notes what it drew."""

    def __init__(self, seed):
        self.source, self.drawn = np.random.default_rng(seed), []

    def permutation(self, count):
        """Draw an order."""
        self.drawn.append(self.source.permutation(count))
        return self.drawn[-1]


@pytest.fixture(scope="module")
def trained():
    """A network that was trained for three epochs, and its history."""
    model = patterns.build()
    return model, patterns.train(model)


@pytest.fixture(scope="module")
def good():
    """A network that was trained well, and its history."""
    model = patterns.build()
    return model, patterns.train(model, epochs=60)


def loss_on_test(model):
    """Cross-entropy of the test images."""
    return patterns.cross_entropy(
        patterns.TEST, patterns.reconstruct(model, patterns.TEST)
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_of_the_schema_is_known(activation):
    encoder = patterns.build(activation=activation).get_layer("encoder")
    assert encoder.activation.__name__ == activation


# Every optimizer once, and most activations.
@pytest.mark.parametrize(
    ("activation", "optimizer"),
    list(zip(itertools.cycle(ACTIVATIONS), OPTIMIZERS, strict=False)),
)
def test_it_does_what_fit_does(activation, optimizer):
    ours, theirs = (patterns.build(activation=activation) for _ in range(2))
    before = ours.get_weights()
    found = patterns.train(ours, optimizer=optimizer, generator=patterns.InOrder)
    expected = patterns.fit(theirs, optimizer)
    for name in ("loss", "val_loss"):
        assert found[name] == pytest.approx(np.array(expected[name]), abs=1e-5)
    for old, one, two in zip(
        before, ours.get_weights(), theirs.get_weights(), strict=True
    ):
        # Where a slope is nearly 0, rounding decides the direction of lion's step.
        assert np.mean(np.abs(one - two) > 1e-4) < 0.02
        assert np.abs(one - old).max() > 1e-3


def test_a_network_that_knows_nothing_has_a_loss_of_a_bit_in_the_unit_of_the_file():
    bits = {"nat per pixel": np.log(2), "bit per pixel": 1}
    model = patterns.build()
    model.set_weights([np.zeros_like(w) for w in model.get_weights()])
    history = patterns.train(model, epochs=1, optimizer="sgd", learning_rate=1e-12)
    units = {item.name: item.unit for item in History.datasets()}
    for name in ("loss", "val_loss"):
        unit = units[name]
        assert history[name] == pytest.approx([bits[unit]], abs=1e-6)


def test_losses_are_cross_entropies_also_of_uneven_batches():
    model = patterns.build(seed=3)
    before = patterns.reconstruct(model, patterns.TRAINING)
    # So small a rate leaves every weight as it is; 50 images in batches of 8.
    history = patterns.train(model, epochs=2, optimizer="sgd", learning_rate=1e-12)
    expected = patterns.cross_entropy(patterns.TRAINING, before)
    assert history["loss"] == pytest.approx([expected] * 2, rel=1e-5)
    expected = loss_on_test(model)
    assert history["val_loss"] == pytest.approx([expected] * 2, rel=1e-5)
    assert 0.6 < expected < 0.9  # nothing is learned: near ln 2


def test_the_history_ends_with_the_loss_of_the_trained_network(trained):
    model, history = trained
    assert {name: len(values) for name, values in history.items()} == {
        "loss": 3,
        "val_loss": 3,
    }
    expected = loss_on_test(model)
    assert history["val_loss"][-1] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("batch", [50, 1000])
def test_one_batch_of_all_images_is_one_step_down_the_gradient(batch):
    model = patterns.build(activation="tanh")
    before = model.get_weights()
    patterns.train(model, epochs=1, optimizer="sgd", learning_rate=0.5, batch=batch)
    slopes = patterns.gradients(before, patterns.TRAINING)
    for old, slope, found in zip(before, slopes, model.get_weights(), strict=True):
        assert np.allclose(found, old - 0.5 * slope, atol=1e-6)
        assert np.abs(0.5 * slope).max() > 1e-3


def test_every_batch_is_one_step_also_the_last_and_smaller_one():
    model = patterns.build(activation="tanh")
    weights = model.get_weights()
    # Equal images, so that their order does not matter.
    same = np.repeat(patterns.TRAINING[:1], 10, axis=0)
    patterns.train(model, same, epochs=2, optimizer="sgd", learning_rate=0.5, batch=4)
    for _ in range(2 * 3):
        slopes = patterns.gradients(weights, same)
        weights = [w - 0.5 * s for w, s in zip(weights, slopes, strict=True)]
    for expected, found in zip(weights, model.get_weights(), strict=True):
        assert np.allclose(found, expected, atol=1e-5)


def test_an_epoch_shows_every_image_once():
    # Of images with one pixel each, the weights of a pixel learn from its image alone.
    model = patterns.build(activation="tanh")
    before = model.get_weights()
    single = np.eye(16, dtype=np.float32)
    patterns.train(model, single, epochs=1, optimizer="sgd", batch=1)
    found = model.get_weights()[0] - before[0]
    slopes = [patterns.gradients(before, image[None])[0] for image in single]
    expected = -0.01 * np.sum(slopes, axis=0)
    error = np.linalg.norm(found - expected, axis=1)
    assert np.all(error < 0.1 * np.linalg.norm(expected, axis=1))


def test_it_learns_better_than_any_constant(good):
    model, history = good
    constant = np.tile(patterns.TRAINING.mean(axis=0), (len(patterns.TEST), 1))
    ignorant = patterns.cross_entropy(patterns.TEST, constant)
    assert history["val_loss"][-1] < 0.5 * ignorant
    assert history["loss"][-1] < history["loss"][0]
    right = (patterns.reconstruct(model, patterns.TEST) > 0.5) == (patterns.TEST > 0.5)
    assert right.mean() > 0.9


def test_progress_is_logged(caplog):
    with caplog.at_level(logging.INFO, "pixelwalk"):
        history = patterns.train(patterns.build(), epochs=2)
    first, last = caplog.messages
    assert first.startswith("1 of 2 epochs: loss ")
    assert last.endswith(f"validation loss {history['val_loss'][-1]:.4f}")


def test_the_seeds_and_nothing_else_decide(trained):
    model, history = trained
    again = patterns.build()
    found = patterns.train(again)
    assert np.array_equal(found["val_loss"], history["val_loss"])
    for one, two in zip(again.get_weights(), model.get_weights(), strict=True):
        assert np.array_equal(one, two)
    other = patterns.build(seed=8).get_weights()[0]
    assert not np.array_equal(other, patterns.build().get_weights()[0])


def test_the_generator_decides_the_order_of_the_images():
    def learn(seed):
        options = {"optimizer": "sgd", "learning_rate": 0.5, "batch": 1}
        return patterns.train(patterns.build(), seed=seed, epochs=1, **options)

    losses = [learn(seed)["val_loss"][0] for seed in (1, 1, 2, 3)]
    assert losses[0] == losses[1] and len(set(losses)) == 3


def test_every_epoch_has_an_order_of_its_own():
    noted = Noted(1)
    patterns.train(patterns.build(), epochs=4, generator=noted)
    assert [sorted(order) for order in noted.drawn] == [list(range(50))] * 4
    assert len({tuple(order) for order in noted.drawn}) == 4


def test_images_of_another_size_are_refused():
    with pytest.raises(ValueError, match="as many pixels, got 16 and 15"):
        patterns.train(patterns.build(), test=patterns.TEST[:, :15])
