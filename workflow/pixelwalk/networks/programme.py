"""The networks of the programme (section 11): images in, one distribution out.

Dense, locally connected and convolutional; linear (one layer), and with ReLU (two, of
as many pixels, the convolution with `CHANNELS` channels between). All without biases:
with one, weights of 0 are the answer to a target that is the same for every image.
"""

import logging
from typing import NamedTuple

import numpy as np

from pixelwalk.jobs import progress
from pixelwalk.networks.backend import keras, tf

log = logging.getLogger(__name__)

#: Between the two layers of a convolutional network.
CHANNELS = 4


class Design(NamedTuple):
    """What a network is.

    Parameters
    ----------
    kind : {"dense", "local", "convolution"}
        How a layer joins pixels: all with all, each with those around it by weights of
        its own, or by weights that all pixels share.
    activation : {"linear", "relu"}
        One layer, or two with ReLU between.
    kernel : int
        Side of the square of pixels that a pixel sees; 0 if dense.
    bias : bool
        Whether the layers add something that does not depend on the image.
    """

    kind: str
    activation: str
    kernel: int = 0
    bias: bool = False


def designs(kernels):
    """Designs of all networks: the linear ones, those with ReLU, and one with a bias.

    Parameters
    ----------
    kernels : sequence of int
        Sides of the local and the convolution filters.

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


@keras.saving.register_keras_serializable("pixelwalk")
class Surround(keras.layers.Layer):
    """Put pixels around images: those of the opposite side, or zeros."""

    def __init__(self, width, periodic, **keywords):
        super().__init__(**keywords)
        self.width, self.periodic = width, periodic

    def call(self, images):
        """Widen images, shape (n, rows, columns, channels), by `width` on all sides."""
        if not self.periodic:
            sides = [[self.width] * 2] * 2
            return tf.pad(images, [[0, 0], *sides, [0, 0]])
        for axis in (1, 2):
            size = images.shape[axis]
            around = np.arange(-self.width, size + self.width) % size
            images = tf.gather(images, around, axis=axis)
        return images


@keras.saving.register_keras_serializable("pixelwalk")
class Local(keras.layers.Layer):
    """Locally connected: a filter of its own for every pixel (Keras 3 has none).

    Its weights are put into the matrix of a dense layer: 5 to 10 times as fast as
    adding up shifted images, for 784 pixels as for 100.
    """

    def __init__(self, side, rows, columns, periodic, **keywords):
        super().__init__(**keywords)
        self.side, self.size = side, rows * columns
        self.seen = _surroundings(side, rows, columns, periodic)

    def build(self, _shape):
        """Make the filters: one weight for each pixel that a pixel sees."""
        self.filters = self.add_weight(
            shape=(len(self.seen),), initializer=_uniform(self.side**2), name="filters"
        )

    def call(self, pixels):
        """Add up what each pixel sees, shape (n, N)."""
        square = (self.size, self.size)
        return pixels @ tf.scatter_nd(self.seen, self.filters, square)


def _surroundings(side, rows, columns, periodic):
    """Give the pairs (seen, seeing) of pixels, shape (pairs, 2)."""
    reach = np.arange(side) - side // 2
    down = np.arange(rows)[:, None, None, None] + reach[:, None]
    right = np.arange(columns)[:, None, None] + reach
    seeing = np.arange(rows * columns).reshape(rows, columns, 1, 1)
    inside = (down % rows == down) & (right % columns == right) | periodic
    seen = down % rows * columns + right % columns
    seen, seeing, inside = np.broadcast_arrays(seen, seeing, inside)
    return np.stack([seen[inside], seeing[inside]], axis=1)


def build(design, rows, columns, boundary):
    """Build a network.

    Parameters
    ----------
    design : Design
    rows, columns : int
        Size of the images.
    boundary : {"periodic", "free"}
        What a filter sees beyond the edge: the opposite side, or zeros.

    Returns
    -------
    keras.Model
        From pixels, shape (n, rows * columns), to as many.
    """
    size, convolution = rows * columns, design.kind == "convolution"
    ends, between = (1, CHANNELS) if convolution else (size, size)

    def layer(seen, made):
        return _layer(design, seen, made, (rows, columns, boundary == "periodic"))

    if design.activation == "relu":
        steps = [*layer(ends, between), keras.layers.ReLU(), *layer(between, ends)]
    else:
        steps = layer(ends, ends)
    if convolution:
        image = keras.layers.Reshape((rows, columns, 1))
        steps = [image, *steps, keras.layers.Flatten()]
    return keras.Sequential([keras.Input((size,)), *steps])


def _layer(design, seen, made, lattice):
    """One layer, of so many pixels or channels each: a list of layers of Keras."""
    if design.kind == "local":
        return [Local(design.kernel, *lattice)]
    rule = {
        "use_bias": design.bias,
        "kernel_initializer": _uniform(seen * max(1, design.kernel) ** 2),
    }
    if design.kind == "dense":
        return [keras.layers.Dense(made, **rule)]
    return [
        Surround(design.kernel // 2, lattice[-1]),
        keras.layers.Conv2D(made, design.kernel, **rule),
    ]


def train(networks, training, test, target, *, learning_rate, epochs, batch, generator):
    """Train networks to give one target, whatever image they see.

    All see the same batches in one loop. Adam scales every weight by itself, so each
    comes out as if it were trained alone.

    Parameters
    ----------
    networks : sequence of keras.Model
        As `build` gives them; trained in place.
    training, test : ndarray of float32, shape (n, N)
        Pixels from 0 to 1.
    target : ndarray of float, shape (N,)
        What they are to give.
    learning_rate : float
        Of Adam, above 0.
    epochs : int
        Passes over the training images.
    batch : int
        Images per step.
    generator : numpy.random.Generator
        Draws the order of the training images, another in every epoch.

    Returns
    -------
    dict of str to ndarray of float64, shape (networks,)
        `training_loss` and `test_loss`, of the trained networks: mean squared error
        over the target's mean square.
    """
    variables = [v for network in networks for v in network.trainable_variables]
    optimizer = keras.optimizers.Adam(learning_rate)
    optimizer.build(variables)
    target = tf.constant(target, tf.float32)

    def losses(images):
        power = tf.reduce_mean(target**2)
        return tf.stack(
            [tf.reduce_mean((n(images) - target) ** 2) / power for n in networks]
        )

    @tf.function
    def run_epoch(images, order):
        for start in tf.range(0, len(order), batch):
            part = tf.gather(images, order[start : start + batch])
            with tf.GradientTape() as tape:
                total = tf.reduce_sum(losses(part))
            optimizer.apply(tape.gradient(total, variables), variables)

    @tf.function
    def evaluate(images):
        total = tf.zeros(len(networks))
        for start in tf.range(0, len(images), batch):
            part = images[start : start + batch]
            total += losses(part) * tf.cast(len(part), tf.float32)
        return total / tf.cast(len(images), tf.float32)

    training, test = tf.constant(training), tf.constant(test)
    for epoch in range(epochs):
        run_epoch(training, tf.constant(generator.permutation(len(training))))
        progress.tell(log, epoch + 1, epochs, "epochs")
    return {
        "training_loss": evaluate(training).numpy().astype(float),
        "test_loss": evaluate(test).numpy().astype(float),
    }


def matrix(network, size):
    """Matrix of a linear network without bias.

    Parameters
    ----------
    network : keras.Model
    size : int
        Number of pixels N.

    Returns
    -------
    ndarray of float32, shape (N, N)
        Column i is what the network makes of pixel i alone.
    """
    return network(np.eye(size, dtype=np.float32)).numpy().T


def study(training, test, distribution, *, boundary, kernels, seed, **course):
    """Build all networks, train them, and tell what became of them.

    Parameters
    ----------
    training, test, **course
        As for `train`.
    distribution : ndarray of float, shape (rows, columns)
        What they are to give, but for its scale: the target's mean is 1.
    boundary, kernels
        As for `build` and `designs`.
    seed : int
        Of the initial weights.

    Returns
    -------
    dict
        `kinds`, `activations`, list of str, and `kernels`, `biases`, `parameters`,
        `training_loss`, `test_loss`, for each network; `target`, shape (N,); and
        `matrices`, shape (linear, N, N): those of the linear networks without bias,
        which are the first.
    """
    keras.utils.set_random_seed(seed)
    made = designs(kernels)
    networks = [build(design, *distribution.shape, boundary) for design in made]
    target = distribution.ravel() / distribution.mean()
    losses = train(networks, training, test, target, **course)
    linear = [
        network
        for design, network in zip(made, networks, strict=True)
        if design.activation == "linear" and not design.bias
    ]
    return losses | {
        "kinds": [design.kind for design in made],
        "activations": [design.activation for design in made],
        "kernels": np.array([design.kernel for design in made]),
        "biases": np.array([design.bias for design in made], np.uint8),
        "parameters": np.array([network.count_params() for network in networks]),
        "target": target,
        "matrices": np.array([matrix(network, len(target)) for network in linear]),
    }


def _uniform(seen):
    """Draw initial weights, of variance 1 / 3 over the pixels that a unit sees."""
    limit = seen**-0.5
    return keras.initializers.RandomUniform(-limit, limit)
