"""Function for notebooks that trains a network; it imports Keras when called."""

from contextlib import suppress

import numpy as np

from pixelwalk.compute import bits, seeds


def train_autoencoder(
    training,
    test,
    *,
    hidden=32,
    activation="relu",
    optimizer="adam",
    learning_rate=0.001,
    epochs=200,
    batch=256,
    seed=0,
    threads=1,
):
    """Train a dense autoencoder of two layers and reconstruct the test images.

    The first call imports Keras, which takes seconds, and makes it deterministic.

    Parameters
    ----------
    training, test : ndarray of int, shape (n, rows, columns)
        Spins, -1 or +1, or grey values of type uint8.
    hidden : int
        Neurons of the hidden layer, at least 1.
    activation : {"relu", "sigmoid", "tanh", "linear", "elu", "gelu", "leaky_relu", \
            "selu", "silu", "softplus"}
        Activation of the hidden layer; that of the output layer is a sigmoid.
    optimizer : {"adam", "adamax", "adamw", "lion", "nadam", "rmsprop", "sgd"}
        Keras optimizer.
    learning_rate : float
        Learning rate, above 0 and at most 10.
    epochs : int
        Passes over the training images, at least 1.
    batch : int
        Images per step, at least 1.
    seed : int
        Seed of the weights and of the order of the images, 0 to 2**32 - 1.
    threads : int
        Threads of Keras; ignored if it has computed before. Equal results need an equal
        number.

    Returns
    -------
    history : dict of str to ndarray of float64, shape (epochs,)
        `loss` and `val_loss`: binary cross-entropy in nat per pixel of the training and
        of the test images.
    reconstructions : ndarray of float32, shape of `test`
        Probability that each pixel of the test images is 1.
    fields : ndarray of float32, shape (hidden, rows, columns)
        Receptive fields: weights from the pixels to each hidden neuron.

    Raises
    ------
    ValueError
        If images are of another type, training and test images differ in size or type,
        or an argument is out of range.

    Examples
    --------
    >>> import pixelwalk
    >>> images, _ = pixelwalk.load_images("digits", count=60)
    >>> history, reconstructions, fields = pixelwalk.train_autoencoder(
    ...     images[:50], images[50:], hidden=4, epochs=2
    ... )
    >>> reconstructions.shape, fields.shape, history["val_loss"].shape
    ((10, 8, 8), (4, 8, 8), (2,))
    """
    from pixelwalk.networks import autoencoder, backend

    layer = {"hidden": hidden, "activation": activation}
    descent = {"optimizer": optimizer, "learning_rate": learning_rate}
    descent |= {"epochs": epochs, "batch": batch}
    training, test = np.asarray(training), np.asarray(test)
    flat, held_out = map(_flat, (training, test))
    if training.shape[1:] != test.shape[1:] or training.dtype.kind != test.dtype.kind:
        raise ValueError(
            "expected training and test images of one size and kind, got "
            f"{training.dtype} of shape {training.shape} and {test.dtype} of shape "
            f"{test.shape}"
        )
    with suppress(RuntimeError):  # raised if Keras has computed before
        backend.prepare(threads)
    initial = seeds.small_seed(seed, "autoencoders")
    order = seeds.generator(seed, "autoencoders", "order")
    model = autoencoder.build(flat.shape[1], **layer, seed=initial)
    history = autoencoder.train(model, flat, held_out, **descent, generator=order)
    images = autoencoder.reconstruct(model, held_out).reshape(test.shape)
    fields = autoencoder.receptive_fields(model)
    return history, images, fields.reshape(-1, *test.shape[1:])


def _flat(pixels):
    """Flatten spins or grey images, with pixels from 0 to 1: an image in each row."""
    from pixelwalk.networks import autoencoder

    if pixels.ndim != 3 or not pixels.size:
        raise ValueError(
            f"expected images of shape (n, rows, columns), got {pixels.shape}"
        )
    if pixels.dtype.kind == "i" and (abs(pixels) == 1).all():
        pixels = bits.pack(pixels > 0)
    return autoencoder.to_unit_interval(pixels)
