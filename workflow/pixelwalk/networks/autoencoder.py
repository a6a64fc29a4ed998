"""The two-layer dense autoencoder of section 8."""

import io
import json
import logging
import zipfile

import numpy as np

from pixelwalk import storage
from pixelwalk.compute import bits
from pixelwalk.jobs import progress
from pixelwalk.networks.backend import keras, tf

log = logging.getLogger(__name__)

# What Keras writes into a saved model that differs from run to run.
_VOLATILE = {"date_saved", "shared_object_id"}


def to_unit_interval(pixels):
    """Flatten images and code their pixels from 0 to 1.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Spins, -1 to be coded as 0 and +1 as 1; or grey values, 0 to 255.

    Returns
    -------
    ndarray of float32, shape (n, rows * columns)

    Raises
    ------
    ValueError
        If the images are of another type.
    """
    packed = isinstance(pixels, bits.Packed)
    if not packed and pixels.dtype != np.uint8:
        raise ValueError(f"grey values must be of type uint8, got {pixels.dtype}")
    values = pixels.unpack() if packed else pixels
    flat = values.reshape(len(values), -1).astype(np.float32)
    return flat if packed else flat / 255


def build(visible, *, hidden, activation, seed):
    """Build the network visible - hidden - visible.

    Parameters
    ----------
    visible, hidden : int
        Numbers of neurons.
    activation : str
        Of the hidden layer, by its Keras name; the output layer has a sigmoid.
    seed : int
        Of the initial weights.

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


def train(
    model,
    training,
    test,
    *,
    optimizer,
    learning_rate,
    epochs,
    batch,
    generator,
    callbacks=(),
):
    """Train the autoencoder to give back what it sees.

    As `keras.Model.fit` does, but with one compiled call per epoch: `fit` spends most
    of its time between the batches of so small a network. 200 epochs of 10,000 images
    of 100 pixels, validated on 2,000, took 3.9 s of processor time where `fit` took
    36 s, both deterministic and on one thread (medians of five).

    In equal order both come to equal losses. But `fit`, once a seed is set, repeats its
    first order in every epoch; its validation loss was higher by 0.0009 (mean over five
    seeds), and so it is here with an order that is repeated.

    Parameters
    ----------
    model : keras.Model
        As `build` gives it; compiled and trained in place.
    training, test : ndarray of float32, shape (n, visible)
        Pixels from 0 to 1.
    optimizer : str
        By its Keras name.
    learning_rate : float
        Of the optimizer, above 0.
    epochs : int
        Passes over the training images, if no callback ends the training before.
    batch : int
        Images per step; the last step of an epoch gets those that are left.
    generator : numpy.random.Generator
        Draws the order of the training images, another in every epoch.
    callbacks : sequence of keras.callbacks.Callback
        Called as `fit` calls them, with an epoch for a batch. Of those of Keras, only
        BackupAndRestore needs `fit` itself, to begin with a later epoch.

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
    # Named, or Keras counts the optimizers of the process, and the file tells how many.
    config = {"learning_rate": learning_rate, "name": optimizer}
    rule = keras.optimizers.get({"class_name": optimizer, "config": config})
    model.compile(rule, loss="binary_crossentropy", jit_compile=False)
    model.optimizer.build(model.trainable_variables)
    watchers = keras.callbacks.CallbackList(
        [keras.callbacks.LambdaCallback(on_epoch_end=_report(epochs)), *callbacks],
        add_history=True,
        model=model,
        epochs=epochs,
        steps=1,
    )
    run_epoch = _compiled_epoch(model, training, test, batch)
    orders = (generator.permutation(len(training)) for _ in range(epochs))
    _run_epochs(run_epoch, orders, watchers)
    history = model.history.history
    return {name: np.array(history[name], float) for name in ("loss", "val_loss")}


def _run_epochs(run_epoch, orders, watchers):
    """Run an epoch for each order of the images, and call the callbacks."""
    logs = None
    watchers.on_train_begin()
    for epoch, order in enumerate(orders):
        watchers.on_epoch_begin(epoch)
        watchers.on_train_batch_begin(0)
        logs = {name: float(loss) for name, loss in run_epoch(order).items()}
        watchers.on_train_batch_end(0, logs)
        watchers.on_epoch_end(epoch, logs)
        if watchers.model.stop_training:
            break
    watchers.on_train_end(logs)


def _compiled_epoch(model, training, test, batch):
    """Make a function that trains for one epoch in a given order, and validates.

    XLA would take 12 ms for an epoch in place of 17, but 3 s more to compile it.
    """
    count = len(training)
    training, test = tf.constant(training), tf.constant(test)

    def loss_of(images, learning):
        chances = model(images, training=learning)
        return model.compute_loss(y=images, y_pred=chances, training=learning)

    @tf.function
    def run_epoch(order):
        total = 0.0
        for start in tf.range(0, count, batch):
            part = tf.gather(training, order[start : start + batch])
            with tf.GradientTape() as tape:
                loss = loss_of(part, learning=True)
            weights = model.trainable_variables
            model.optimizer.apply(tape.gradient(loss, weights), weights)
            total += loss * tf.cast(len(part), tf.float32)
        return {"loss": total / count, "val_loss": loss_of(test, learning=False)}

    return run_epoch


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
    return model(images).numpy()  # `predict` would compile a function for one call


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
        losses = f"loss {logs['loss']:.4f}, validation loss {logs['val_loss']:.4f}"
        known = epoch == 0 or (epoch + 1) % max(1, epochs // 20) == 0
        progress.tell(log, epoch + 1, epochs, "epochs", losses if known else "")

    return report
