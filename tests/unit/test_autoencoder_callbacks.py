"""Callbacks of Keras do in training what they do in `fit`."""

import numpy as np
import pytest

import patterns

pytestmark = pytest.mark.xdist_group("training")


@pytest.fixture(scope="module")
def keras():
    """Keras; here, for no other test should wait for it."""
    from pixelwalk.networks import backend

    return backend.keras


def test_callbacks_hear_what_they_hear_from_fit(keras):
    class Listener(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            self.heard = []

        def hear(self, name, where, logs):
            self.heard.append((name, where, dict(logs or {})))

        def on_train_begin(self, logs=None):
            self.hear("train begins", self.params["epochs"], logs)

        def on_train_end(self, logs=None):
            self.hear("train ends", None, logs)

        def on_epoch_begin(self, epoch, logs=None):
            self.hear("epoch begins", epoch, logs)

        def on_epoch_end(self, epoch, logs=None):
            self.hear("epoch ends", epoch, logs)

        def on_train_batch_begin(self, batch, logs=None):
            self.hear("batch begins", batch, None)

        def on_train_batch_end(self, batch, logs=None):
            self.hear("batch ends", batch, {"loss": logs["loss"]})

    ours, theirs = Listener(), Listener()
    patterns.train(
        patterns.build(), batch=50, generator=patterns.InOrder, callbacks=[ours]
    )
    patterns.fit(patterns.build(), batch=50, callbacks=[theirs])
    assert len(ours.heard) == 2 + 3 * 4
    for (*said, found), (*expected, losses) in zip(
        ours.heard, theirs.heard, strict=True
    ):
        assert said == expected and found == pytest.approx(losses, abs=1e-5)


def test_training_can_stop_early_and_go_back_to_the_best(keras):
    # What it learns of the images is wrong of their negatives: their loss only grows.
    model, stop = patterns.build(), keras.callbacks.EarlyStopping
    history = patterns.train(
        model,
        test=1 - patterns.TRAINING,
        epochs=20,
        callbacks=[stop("val_loss", patience=2, restore_best_weights=True)],
    )
    assert [len(values) for values in history.values()] == [3, 3]
    assert history["val_loss"][0] < history["val_loss"][1] < history["val_loss"][2]
    back = patterns.reconstruct(model, 1 - patterns.TRAINING)
    found = patterns.cross_entropy(1 - patterns.TRAINING, back)
    assert found == pytest.approx(history["val_loss"][0], rel=1e-5)
    assert len(patterns.train(model, epochs=4)["loss"]) == 4  # it can go on


def test_the_best_is_kept_as_a_model_that_anyone_can_load(keras, tmp_path):
    best, last = tmp_path / "best.keras", tmp_path / "last.keras"
    keep = keras.callbacks.ModelCheckpoint
    history = patterns.train(
        patterns.build(),
        test=1 - patterns.TRAINING,
        callbacks=[
            keep(best, "val_loss", save_best_only=True),
            keep(last, "val_loss"),
        ],
    )
    losses = history["val_loss"]
    assert losses.argmin() == 0
    for path, expected, steps in ((best, losses[0], 7), (last, losses[2], 21)):
        loaded = keras.models.load_model(path, safe_mode=True)
        assert type(loaded) is keras.Sequential
        found = loaded.evaluate(1 - patterns.TRAINING, 1 - patterns.TRAINING, verbose=0)
        assert found == pytest.approx(expected, rel=1e-5)
        assert int(loaded.optimizer.iterations) == steps


def test_a_callback_can_change_the_learning_rate(keras):
    rate = keras.callbacks.LearningRateScheduler(lambda epoch: 0.01 * (epoch == 0))
    losses = patterns.train(patterns.build(), epochs=3, callbacks=[rate])["val_loss"]
    assert losses[1] == losses[2] == losses[0]
    free = patterns.train(patterns.build(), epochs=3)["val_loss"]
    assert free[0] == losses[0] and len(set(free)) == 3


def test_training_can_end_where_the_loss_is_lost(keras):
    lost = np.full_like(patterns.TRAINING, np.nan)
    stop = keras.callbacks.TerminateOnNaN()
    history = patterns.train(patterns.build(), lost, epochs=9, callbacks=[stop])
    assert len(history["loss"]) == 1 and np.isnan(history["loss"][0])
