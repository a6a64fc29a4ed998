"""The two-layer dense autoencoder of section 8."""

import io
import json
import zipfile

import numpy as np

from pixelwalk import storage
from pixelwalk.compute import bits
from pixelwalk.networks import loop
from pixelwalk.networks.backend import keras, tf

# Keys of a saved model whose values differ from run to run.
_VOLATILE = {"date_saved", "shared_object_id"}


def to_unit_interval(pixels):
    """Flatten images and scale their pixels to 0 to 1.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Spins, -1 and +1, returned as 0 and 1; or grey values, 0 to 255.

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
        Keras name of the hidden layer's activation; that of the output is a sigmoid.
    seed : int
        Seed of the initial weights.

    Returns
    -------
    keras.Model
        Model with the layers `encoder` and `decoder`.
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
    """Train the autoencoder to reconstruct its input, by `loop.fit`.

    Parameters
    ----------
    model : keras.Model
        As `build` returns it; compiled and trained in place.
    training, test : ndarray of float32, shape (n, visible)
        Pixels from 0 to 1.
    optimizer : str
        Keras name of the optimizer.
    learning_rate : float
        Learning rate, above 0.
    epochs : int
        Passes over the training images, unless a callback stops the training.
    batch : int
        Images per step; the last step of an epoch has the remainder.
    generator : numpy.random.Generator
        Generator of the order of the training images in each epoch.
    callbacks : sequence of keras.callbacks.Callback
        As for `loop.fit`.

    Returns
    -------
    dict of str to ndarray of float64, shape (epochs,)
        `loss` and `val_loss`: binary cross-entropy in nat per pixel. `loss` is the mean
        over the epoch while the weights change, `val_loss` the value at its end.

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
    # Without a name, Keras would number the optimizers of the process in the file.
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
    """Return the autoencoder's reconstructions of images.

    Parameters
    ----------
    model : keras.Model
        Trained model.
    images : ndarray of float32, shape (n, visible)
        Pixels from 0 to 1.

    Returns
    -------
    ndarray of float32, shape (n, visible)
        Probability that each pixel is 1.
    """
    return model(images).numpy()  # `predict` would compile a function for one call


def receptive_fields(model):
    """Return the weights from the pixels to each hidden neuron.

    Returns
    -------
    ndarray of float32, shape (hidden, visible)
    """
    return np.ascontiguousarray(model.get_layer("encoder").kernel.numpy().T)


def save(model, path):
    """Save a model in the `.keras` format, with equal bytes for equal models.

    Keras stores the date, also as that of a file in the archive, and addresses of
    objects in memory. So the archive is written again without them, which takes 3 ms
    after the 10 ms of Keras and saves a quarter of the bytes.
    """
    out = io.BytesIO()
    with storage.whole(path) as unfinished:
        model.save(unfinished)
        with zipfile.ZipFile(unfinished) as dated, zipfile.ZipFile(out, "w") as plain:
            for name in sorted(dated.namelist()):
                content = dated.read(name)
                if name.endswith(".json"):
                    kept = json.loads(content, object_hook=_without_volatile)
                    content = json.dumps(kept, sort_keys=True).encode()
                plain.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        unfinished.write_bytes(out.getvalue())


def _without_volatile(entries):
    return {k: v for k, v in entries.items() if k not in _VOLATILE}
