"""The two-layer dense autoencoder of section 8."""

import io
import json
import zipfile

import numpy as np

from pixelwalk import storage
from pixelwalk.compute import bits
from pixelwalk.networks import loop
from pixelwalk.networks.backend import keras, tf

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
    """Train the autoencoder to return what it sees, by `loop.fit`.

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
        As `loop.fit` takes them.

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
    test = tf.constant(test)

    def loss_of(images, learning=True):
        chances = model(images, training=learning)
        return model.compute_loss(y=images, y_pred=chances, training=learning)

    return loop.fit(
        loop.Loop(loss_of, model.trainable_variables, model.optimizer),
        [training],
        epochs=epochs,
        batch=batch,
        generator=generator,
        validate=tf.function(lambda: loss_of(test, learning=False)),
        model=model,
        callbacks=callbacks,
    )


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
