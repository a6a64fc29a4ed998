"""Linear networks in Keras: dense layers without biases, trained on all images."""

import logging

from pixelwalk.jobs import progress
from pixelwalk.networks import loop
from pixelwalk.networks.backend import keras, tf

log = logging.getLogger(__name__)


def train(starts, inputs, targets, marks, optimizer, *, rate):
    """Train a network of dense linear layers, and yield it at some of its steps.

    The loss is half the sum of squares over all images and pixels. One compiled call
    leads from mark to mark. All is computed in the precision of the starts.

    Parameters
    ----------
    starts : sequence of ndarray of float, shape (n, n)
        Weights of the layers before the first step, from the input on: W of
        ``y = W x``.
    inputs, targets : ndarray of float, shape (n, images)
        An image in each column.
    marks : sequence of int
        Steps after which to yield it, ascending; 0 is before the first.
    optimizer : {"descent", "adam"}
        Gradient descent; or Adam, whose rate falls to 0 at the last mark, as a cosine.
    rate : float
        Learning rate.

    Yields
    ------
    loss : float
    weights : list of ndarray, shape (n, n)
        Of each layer, after each of the marks.
    """
    kind = starts[0].dtype.name
    model = build(starts)
    rule = _rule(optimizer, rate, marks[-1])
    data = [tf.constant(m.T.astype(kind)) for m in (inputs, targets)]

    def loss_of(images, wanted):
        return tf.reduce_sum(tf.square(model(images) - wanted)) / 2

    descent = loop.Loop(loss_of, model.trainable_variables, rule)
    loss_now = tf.function(loss_of)
    done = 0
    for mark in marks:
        descent.repeat(data, tf.constant(int(mark - done)))
        progress.report(log, mark, max(1, marks[-1]), "steps", step=mark - done)
        done = mark
        yield float(loss_now(*data)), [w.numpy().T for w in model.trainable_variables]


def build(starts):
    """Build the network: a dense layer for each start, no biases, no activation.

    Parameters
    ----------
    starts : sequence of ndarray of float, shape (n, n)
        As for `train`; their type is the layers' precision.

    Returns
    -------
    keras.Model
    """
    kind, size = starts[0].dtype.name, starts[0].shape[1]
    model = keras.Sequential(
        [
            keras.Input((size,), dtype=kind),
            *[keras.layers.Dense(len(w), use_bias=False, dtype=kind) for w in starts],
        ],
        name="linear",
    )
    model.set_weights([start.T for start in starts])
    return model


def _rule(optimizer, rate, steps):
    """Return Keras' optimizer of a name."""
    if optimizer == "descent":
        return keras.optimizers.SGD(rate)
    falling = keras.optimizers.schedules.CosineDecay(rate, max(1, steps))
    return keras.optimizers.Adam(falling)
