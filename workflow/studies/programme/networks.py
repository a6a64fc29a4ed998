"""Networks of the programme: from images to one distribution, dense, local or shared.

Dense, locally connected and convolutional; linear (one layer), or with ReLU (two layers
of as many pixels; the convolution has `CHANNELS` channels between). All but one have no
bias: with a bias, weights of 0 are optimal if the target is the same for all images.
"""

import logging
from typing import NamedTuple

from pixelwalk.networks import loop
from pixelwalk.networks.backend import keras, tf
from studies.programme.layers import Local, Surround, uniform

import numpy as np

log = logging.getLogger(__name__)

#: Channels between the two layers of a convolutional network.
CHANNELS = 4


#: Disjoint blocks of the test images, for the uncertainty of a loss.
BLOCKS = 10


class Design(NamedTuple):
    """Architecture of a network.

    Parameters
    ----------
    kind : {"dense", "local", "convolution"}
        How a layer joins pixels: all with all, each with those around it by its own
        weights, or by weights that all pixels share.
    activation : {"linear", "relu"}
        One layer, or two layers with ReLU between.
    kernel : int
        Side of the filters, in pixels; 0 if dense.
    bias : bool
        Whether the layers have a bias.
    """

    kind: str
    activation: str
    kernel: int = 0
    bias: bool = False


def designs(kernels):
    """List the designs of all networks: linear, with ReLU, and one with a bias.

    Parameters
    ----------
    kernels : sequence of int
        Sides of the filters of local and convolution layers.

    Returns
    -------
    list of Design
        The first is dense and linear.
    """
    layers = [("dense", 0)]
    layers += [(kind, side) for kind in ("local", "convolution") for side in kernels]
    without = [
        Design(kind, activation, side)
        for activation in ("linear", "relu")
        for kind, side in layers
    ]
    return [*without, Design("dense", "linear", bias=True)]


def build(design, rows, columns, boundary):
    """Build a network.

    Parameters
    ----------
    design : Design
    rows, columns : int
        Size of the images.
    boundary : {"periodic", "free"}
        What filters see beyond the edge: the opposite side, or zeros.

    Returns
    -------
    keras.Model
        From pixels, shape (n, rows * columns), to an output of the same shape.
    """
    size, convolution = rows * columns, design.kind == "convolution"
    ends, between = (1, CHANNELS) if convolution else (size, size)

    def layer(inputs, outputs):
        lattice = rows, columns, boundary == "periodic"
        return _layer(design, inputs, outputs, lattice)

    if design.activation == "relu":
        steps = [*layer(ends, between), keras.layers.ReLU(), *layer(between, ends)]
    else:
        steps = layer(ends, ends)
    if convolution:
        image = keras.layers.Reshape((rows, columns, 1))
        steps = [image, *steps, keras.layers.Flatten()]
    return keras.Sequential([keras.Input((size,)), *steps])


def _layer(design, inputs, outputs, lattice):
    """List the layers of Keras that make one layer, between pixels or channels."""
    if design.kind == "local":
        return [Local(design.kernel, *lattice)]
    rule = {
        "use_bias": design.bias,
        "kernel_initializer": uniform(inputs * max(1, design.kernel) ** 2),
    }
    if design.kind == "dense":
        return [keras.layers.Dense(outputs, **rule)]
    return [
        Surround(design.kernel // 2, lattice[-1]),
        keras.layers.Conv2D(outputs, design.kernel, **rule),
    ]


def train(networks, training, test, target, *, learning_rate, epochs, batch, generator):
    """Train networks to return one target for every image.

    All are trained in one loop on the same batches; each ends as if it were alone.

    Parameters
    ----------
    networks : sequence of keras.Model
        From `build`; trained in place.
    training, test : ndarray of float32, shape (n, N)
        Pixels from 0 to 1.
    target : ndarray of float, shape (N,)
        The target.
    learning_rate : float
        Of Adam, above 0.
    epochs : int
        Passes over the training images.
    batch : int
        Images per step.
    generator : numpy.random.Generator
        Draws a new order of the training images for each epoch.

    Returns
    -------
    dict of str to ndarray of float64
        After training, the mean squared error over the mean square of the target:
        `training_loss` and `test_loss`, shape (networks,); `block_losses`, shape
        (networks, blocks), on disjoint blocks of the test images; `shuffled_losses`,
        the same with each pixel shuffled among the test images.
    """
    variables = [v for network in networks for v in network.trainable_variables]
    target = tf.constant(target, tf.float32)

    def losses(images):
        power = tf.reduce_mean(target**2)
        return tf.stack(
            [tf.reduce_mean((n(images) - target) ** 2) / power for n in networks]
        )

    @tf.function
    def evaluate(images):
        total = tf.zeros(len(networks))
        for start in tf.range(0, len(images), batch):
            part = images[start : start + batch]
            total += losses(part) * tf.cast(len(part), tf.float32)
        return total / tf.cast(len(images), tf.float32)

    training = tf.constant(training)
    descent = loop.Loop(
        lambda images: tf.reduce_sum(losses(images)),
        variables,
        keras.optimizers.Adam(learning_rate),
    )
    loop.fit(descent, [training], epochs=epochs, batch=batch, generator=generator)

    def of_blocks(images):
        parts = np.array_split(images, min(BLOCKS, len(images)))
        return np.stack([evaluate(tf.constant(part)) for part in parts], axis=1)

    return {
        "training_loss": evaluate(training).numpy().astype(float),
        "test_loss": evaluate(tf.constant(test)).numpy().astype(float),
        "block_losses": of_blocks(test).astype(float),
        "shuffled_losses": of_blocks(generator.permuted(test, axis=0)).astype(float),
    }


def matrix(network, size):
    """Return the matrix of a linear network without bias.

    Parameters
    ----------
    network : keras.Model
    size : int
        Number of pixels N.

    Returns
    -------
    ndarray of float32, shape (N, N)
        Column i is the output for an image with pixel i alone.
    """
    return network(np.eye(size, dtype=np.float32)).numpy().T
