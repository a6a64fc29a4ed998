"""Networks, of which Keras is imported only when one is trained."""

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
    """Train a dense autoencoder of two layers, and let it reconstruct held-out images.

    Keras is imported at the first call, which takes seconds, and made deterministic.

    Parameters
    ----------
    training, test : ndarray of int, shape (n, rows, columns)
        Spins, -1 or +1, or grey values of type uint8.
    hidden : int
        Neurons of the hidden layer.
    activation : str
        Of the hidden layer, by its Keras name; the output layer has a sigmoid.
    optimizer : str
        By its Keras name.
    learning_rate : float
        Of the optimizer, above 0.
    epochs : int
        Passes over the training images.
    batch : int
        Images per step.
    seed : int
        0 to 2**32 - 1, of the weights and of the order of the images.
    threads : int
        Threads to use, where Keras has computed nothing before; equal results need an
        equal number.

    Returns
    -------
    history : dict of str to ndarray of float64, shape (epochs,)
        `loss` and `val_loss`, binary cross-entropy in nat per pixel, of the training
        and of the test images.
    reconstructions : ndarray of float32, shape of `test`
        For each pixel of the test images, the chance that it is 1.
    fields : ndarray of float32, shape (hidden, rows, columns)
        Receptive fields: weights from the pixels to each hidden neuron.

    Raises
    ------
    ValueError
        If images are of another type, training and test images differ in size or type,
        or a number is not in its range.

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

    training, test = np.asarray(training), np.asarray(test)
    seen, held_out = map(_flat, (training, test))
    if training.shape[1:] != test.shape[1:] or training.dtype.kind != test.dtype.kind:
        raise ValueError(
            "expected training and test images of one size and kind, got "
            f"{training.dtype} of shape {training.shape} and {test.dtype} of shape "
            f"{test.shape}"
        )
    with suppress(RuntimeError):  # Keras has computed before: its threads stay
        backend.prepare(threads)
    model = autoencoder.build(
        seen.shape[1],
        hidden=hidden,
        activation=activation,
        seed=seeds.small_seed(seed, "autoencoders"),
    )
    history = autoencoder.train(
        model,
        seen,
        held_out,
        optimizer=optimizer,
        learning_rate=learning_rate,
        epochs=epochs,
        batch=batch,
        generator=seeds.generator(seed, "autoencoders", "order"),
    )
    made = autoencoder.reconstruct(model, held_out)
    fields = autoencoder.receptive_fields(model)
    return history, made.reshape(test.shape), fields.reshape(-1, *test.shape[1:])


def _flat(pixels):
    """Pixels of spins or grey images, from 0 to 1, an image a row."""
    from pixelwalk.networks import autoencoder

    if pixels.ndim != 3 or not pixels.size:
        raise ValueError(
            f"expected images of shape (n, rows, columns), got {pixels.shape}"
        )
    if pixels.dtype.kind == "i" and (abs(pixels) == 1).all():
        pixels = bits.pack(pixels > 0)
    return autoencoder.to_unit_interval(pixels)
