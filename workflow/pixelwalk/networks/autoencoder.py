"""The two-layer dense autoencoder of section 8."""

import io
import json
import logging
import os
import zipfile

import numpy as np

from pixelwalk import storage

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # no start-up banners in the log
import keras
import tensorflow as tf

log = logging.getLogger(__name__)

# What Keras writes into a saved model that differs from run to run.
_VOLATILE = {"date_saved", "shared_object_id"}


def prepare(threads):
    """Make Keras deterministic, and let it use a number of threads.

    The order of summation may depend on the number of threads, so equal results need
    an equal number. Must be called before anything is computed.
    """
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    tf.config.experimental.enable_op_determinism()


def to_unit_interval(pixels):
    """Flatten images and code their pixels from 0 to 1.

    Parameters
    ----------
    pixels : ndarray, shape (n, rows, columns)
        Spins as int8 (-1, +1) or grey values as uint8 (0 to 255).

    Returns
    -------
    ndarray of float32, shape (n, rows * columns)
    """
    flat = pixels.reshape(len(pixels), -1).astype(np.float32)
    return (flat + 1) / 2 if pixels.dtype == np.int8 else flat / 255


def build(visible, *, hidden, activation, seed):
    """Build the network visible - hidden - visible.

    Parameters
    ----------
    visible, hidden : int
        Numbers of neurons.
    activation : str
        Of the hidden layer, by its Keras name; the output layer has a sigmoid.
    seed : int
        Seeds the initial weights and the order of the training images.

    Returns
    -------
    keras.Model
        Its layers are `encoder` and `decoder`.
    """
    keras.utils.set_random_seed(seed)
    return keras.Sequential(
        [
            keras.Input((visible,), name="pixels"),
            keras.layers.Dense(hidden, activation=activation, name="encoder"),
            keras.layers.Dense(visible, activation="sigmoid", name="decoder"),
        ],
        name="autoencoder",
    )


def train(model, training, test, *, optimizer, learning_rate, epochs, batch):
    """Train the autoencoder to give back what it sees.

    Parameters
    ----------
    model : keras.Model
        As `build` gives it; trained in place.
    training, test : ndarray of float32, shape (n, visible)
        Pixels from 0 to 1.
    optimizer : str
        By its Keras name.
    learning_rate : float
        Of the optimizer, above 0.
    epochs : int
        Passes over the training images.
    batch : int
        Images per step.

    Returns
    -------
    dict of str to ndarray of float64, shape (epochs,)
        `loss` and `val_loss`, binary cross-entropy in nat per pixel. `loss` is the
        mean over the epoch while the weights change, `val_loss` the one at its end.

    Raises
    ------
    ValueError
        If training and test images differ in size.
    """
    if training.shape[1] != test.shape[1]:
        raise ValueError(
            f"training and test images must have as many pixels, got "
            f"{training.shape[1]} and {test.shape[1]}"
        )
    rate = {"learning_rate": learning_rate}
    trainer = EpochTrainer(model, batch)
    rule = keras.optimizers.get({"class_name": optimizer, "config": rate})
    trainer.compile(optimizer=rule, jit_compile=False)
    trainer.optimizer.build(model.trainable_variables)
    history = trainer.fit(
        _endless(training),
        steps_per_epoch=1,
        epochs=epochs,
        validation_data=_endless(test),
        validation_steps=1,
        shuffle=False,  # the trainer does
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=_report(epochs))],
    ).history
    return {name: np.array(history[name], float) for name in ("loss", "val_loss")}


class EpochTrainer(keras.Model):
    """Trains a network with one compiled call per epoch.

    For a network this small, `fit` spends most of its time between the batches. Here a
    step of `fit` gets all images, and goes through them in random order and in batches
    itself.

    Parameters
    ----------
    network : keras.Model
        Trained in place, to give back what it gets.
    batch : int
        Images per step of the optimizer.
    """

    def __init__(self, network, batch):
        super().__init__()
        self.network = network
        self.batch = batch
        self.loss_tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        """What `fit` resets and reports every epoch."""
        return [self.loss_tracker]

    def train_step(self, images):
        """Go through all images once, and report the mean loss on the way."""
        self.loss_tracker.update_state(self._pass(images))
        return {"loss": self.loss_tracker.result()}

    def test_step(self, images):
        """Report the loss."""
        self.loss_tracker.update_state(self._loss(images))
        return {"loss": self.loss_tracker.result()}

    def _loss(self, images):
        loss = keras.losses.binary_crossentropy(images, self.network(images))
        return tf.reduce_mean(loss)

    @tf.function
    def _pass(self, images):
        images = tf.random.shuffle(images)
        count = tf.shape(images)[0]
        total = 0.0
        for start in tf.range(0, count, self.batch):
            part = images[start : start + self.batch]
            with tf.GradientTape() as tape:
                loss = self._loss(part)
            weights = self.network.trainable_variables
            self.optimizer.apply(tape.gradient(loss, weights), weights)
            total += loss * tf.cast(tf.shape(part)[0], tf.float32)
        return total / tf.cast(count, tf.float32)


def _endless(images):
    """All images at once, again and again.

    One iterator then serves all epochs; to make one costs more than to train for one.
    """
    return tf.data.Dataset.from_tensors(images).repeat()


def reconstruct(model, images):
    """Let the autoencoder give back images.

    Parameters
    ----------
    model : keras.Model
        Trained.
    images : ndarray of float32, shape (n, visible)
        Pixels from 0 to 1.

    Returns
    -------
    ndarray of float32, shape (n, visible)
        For each pixel, the chance that it is 1.
    """
    return model.predict(images, batch_size=len(images), verbose=0)


def receptive_fields(model):
    """Weights from the pixels to each hidden neuron.

    Returns
    -------
    ndarray of float32, shape (hidden, visible)
    """
    return np.ascontiguousarray(model.get_layer("encoder").kernel.numpy().T)


def save(model, path):
    """Save a model in the `.keras` format, with equal bytes for equal models.

    Keras notes the date, and the addresses of objects in memory; they are left out.
    """
    whole = io.BytesIO()
    with storage.whole(path) as unfinished:
        model.save(unfinished)
        with zipfile.ZipFile(unfinished) as dated, zipfile.ZipFile(whole, "w") as plain:
            for name in sorted(dated.namelist()):
                content = dated.read(name)
                if name.endswith(".json"):
                    kept = json.loads(content, object_hook=_without_volatile)
                    content = json.dumps(kept, sort_keys=True).encode()
                plain.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        unfinished.write_bytes(whole.getvalue())


def _without_volatile(entries):
    return {k: v for k, v in entries.items() if k not in _VOLATILE}


def _report(epochs):
    def report(epoch, logs):
        if epoch == 0 or (epoch + 1) % max(1, epochs // 20) == 0:
            losses = f"loss {logs['loss']:.4f}, validation loss {logs['val_loss']:.4f}"
            log.info("epoch %d of %d: %s", epoch + 1, epochs, losses)

    return report
