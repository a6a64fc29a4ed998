"""Autoencoders side by side in Keras, each trained on images of its own."""

from pixelwalk.networks import loop
from pixelwalk.networks.backend import keras, tf

import numpy as np


def initial_weights(replicas, visible, hidden, generator):
    """Draw weights as Keras does: uniform (Glorot and Bengio 2010), no biases.

    Parameters
    ----------
    replicas, visible, hidden : int
        Numbers of networks, and of neurons.
    generator : numpy.random.Generator

    Returns
    -------
    list of ndarray of float32
        Encoder, shape (replicas, visible, hidden), and its biases, shape
        (replicas, 1, hidden); the same for the decoder, from hidden to visible.
    """
    limit = np.sqrt(6 / (visible + hidden))
    weights = []
    for before, after in ((visible, hidden), (hidden, visible)):
        layer = generator.uniform(-limit, limit, (replicas, before, after))
        weights += [layer, np.zeros((replicas, 1, after))]
    return [part.astype(np.float32) for part in weights]


def hidden_units(encoder, bias, images, activation):
    """Return the hidden units of each network for images of its own.

    Parameters
    ----------
    encoder, bias : ndarray or tensor
        As in `initial_weights`.
    images : ndarray of float32 or tensor, shape (replicas, n, visible)
    activation : str
        Keras name of the activation.

    Returns
    -------
    tensor, shape (replicas, n, hidden)
    """
    return keras.activations.get(activation)(tf.matmul(images, encoder) + bias)


def logits(weights, images, activation):
    """Return the logarithm of the odds that each pixel is 1; the shape of the images.

    Parameters are those of `hidden_units`, with all four parts of the weights.
    """
    encoder, bias, decoder, decoder_bias = weights
    hidden = hidden_units(encoder, bias, images, activation)
    return tf.matmul(hidden, decoder) + decoder_bias


@tf.custom_gradient
def _cross_entropy(odds, images):
    """Return the binary cross-entropy of each pixel.

    TensorFlow's own computes the loss and its gradient by more passes: 14 s in place of
    10 s for 200 epochs of 8 networks (processor time).
    """
    chances = tf.sigmoid(odds)
    right = 1 - tf.abs(images - chances)

    def gradient(upstream):
        return upstream * (chances - images), None

    return -tf.math.log(right + keras.config.epsilon()), gradient


def train(weights, training, test, settings, generator):
    """Train all networks in one loop; each ends as if it was trained alone.

    Parameters
    ----------
    weights : list of ndarray
        As `initial_weights` returns them.
    training, test : ndarray of float32, shape (replicas, n, visible)
        Images of each network, 0 to 1.
    settings : mapping
        Those of an autoencoder in config.yaml.
    generator : numpy.random.Generator
        For the order of the images in each epoch, the same for all networks.

    Returns
    -------
    weights : list of ndarray of float32
    loss, val_loss : ndarray of float64, shape (replicas, epochs)
        Binary cross-entropy in nat per pixel: mean over the epoch while the weights
        change, and value at its end.
    """
    variables = [keras.Variable(part) for part in weights]
    replicas, n, _ = training.shape
    running = tf.Variable(tf.zeros(replicas))
    test, history = tf.constant(test), []

    def losses(images):
        odds = logits(variables, images, settings["activation"])
        return tf.reduce_mean(_cross_entropy(odds, images), axis=(1, 2))

    def summed_loss(batch):
        parts = losses(tf.transpose(batch, (1, 0, 2)))
        running.assign_add(parts * tf.cast(len(batch), tf.float32))
        return tf.reduce_sum(parts)

    compiled = tf.function(losses)

    def validate():
        history.append((running.numpy() / n, compiled(test).numpy()))
        running.assign(tf.zeros(replicas))
        return history[-1][1].mean()

    loop.fit(
        loop.Loop(summed_loss, variables, _rule(settings)),
        [training.transpose(1, 0, 2)],
        epochs=settings["epochs"],
        batch=settings["batch"],
        generator=generator,
        validate=validate,
    )
    loss, val_loss = np.array(history, float).transpose(1, 2, 0)
    return [variable.numpy() for variable in variables], loss, val_loss


def _rule(settings):
    """Return the optimizer of a network's settings."""
    config = {"learning_rate": settings["learning_rate"]}
    return keras.optimizers.get({"class_name": settings["optimizer"], "config": config})
