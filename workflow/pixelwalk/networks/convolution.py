"""Convolutional networks in Keras and through matrices (section 2)."""

import itertools

import numpy as np

from pixelwalk.matrices import convolution
from pixelwalk.networks.backend import keras

# Channels of the input and after each layer.
_CHANNELS = (2, 3, 4, 2)


def compare(rows, columns, taps, count, stream):
    """Compare networks of convolutional layers with their matrices.

    Every network has as many of three layers as fit its input, with several channels,
    biases and ReLU after each. Keras computes in single precision, the matrices in
    double.

    Parameters
    ----------
    rows, columns : int
        Size of the images; the line has as many sites.
    taps : int
        Side of the filters, which must fit the image.
    count : int
        Random inputs of each network.
    stream : numpy.random.Generator
        Where weights, biases and inputs come from.

    Returns
    -------
    dict
        `networks`: names, every padding on line and image with strides 1 and 2.
        `depth`, shape (networks,): layers. `difference`: largest difference of an
        output from that through matrices, over the largest output. `active`: share of
        outputs that are above zero.
    """
    names, table = [], []
    for (grid, shape), padding, stride in itertools.product(
        (("line", (rows * columns,)), ("image", (rows, columns))),
        convolution.PADDINGS,
        (1, 2),
    ):
        layers = draw_layers(shape, taps, padding, stride, stream)
        inputs = stream.normal(size=(count, *shape, _CHANNELS[0])).astype(np.float32)
        expected = through_keras(inputs, layers, padding, stride)
        found = through_matrices(inputs, layers, padding, stride)
        scale = np.max(np.abs(found))
        apart = np.max(np.abs(found - expected))
        names.append(f"{grid}, {padding}, stride {stride}")
        table.append((len(layers), apart / scale if scale else apart, found > 0))
    depth, difference, positive = zip(*table, strict=True)
    return {
        "networks": names,
        "depth": np.array(depth),
        "difference": np.array(difference),
        "active": np.array([np.mean(one) for one in positive]),
    }


def draw_layers(shape, taps, padding, stride, stream):
    """Draw weights and biases of as many layers as fit.

    Parameters
    ----------
    shape : tuple of int
        Of the input, without its channels.
    taps, stream
        As in `compare`.
    padding, stride
        As in `matrices.convolution.matrix`.

    Returns
    -------
    list of (kernel, bias)
        Of float32; the first layer must fit.
    """
    layers, filters = [], len(shape) * (taps,)
    for read, written in itertools.pairwise(_CHANNELS):
        if layers and padding == "valid" and min(shape) < taps:
            break
        spread = np.sqrt(2 / (read * taps ** len(shape)))  # keeps what ReLU halves
        kernel = stream.normal(scale=spread, size=(*filters, read, written))
        bias = stream.normal(scale=0.1, size=written)
        layers.append((kernel.astype(np.float32), bias.astype(np.float32)))
        shape = convolution.output_shape(filters, shape, padding, stride)
    return layers


def through_keras(inputs, layers, padding, stride):
    """Give the outputs of a network of Keras' layers.

    Parameters
    ----------
    inputs : ndarray of float32, shape (n, ..., channels)
        On a line or of images.
    layers : sequence of (kernel, bias)
        As `draw_layers` gives them.
    padding : {"valid", "same", "circular"}
        For `circular`, which Keras does not have, inputs are continued around the edge.
    stride : int

    Returns
    -------
    ndarray of float32, shape (n, ..., channels)
    """
    values = inputs
    for kernel, bias in layers:
        kind = keras.layers.Conv1D if kernel.ndim == 3 else keras.layers.Conv2D
        layer = kind(
            kernel.shape[-1],
            kernel.shape[:-2],
            strides=stride,
            padding="valid" if padding == "circular" else padding,
            activation="relu",
        )
        if padding == "circular":
            around = [((k - 1) // 2, k // 2) for k in kernel.shape[:-2]]
            values = np.pad(values, [(0, 0), *around, (0, 0)], mode="wrap")
        layer.build(values.shape)
        layer.set_weights([kernel, bias])
        values = keras.ops.convert_to_numpy(layer(values))
    return values


def through_matrices(inputs, layers, padding, stride):
    """Give the outputs of the same network through sparse matrices.

    Parameters
    ----------
    inputs, layers, padding, stride
        As in `through_keras`.

    Returns
    -------
    ndarray of float64, shape (n, ..., channels)
    """
    values = inputs.astype(float)
    for kernel, bias in layers:
        shape, taps = values.shape[1:-1], kernel.shape[:-2]
        matrix = convolution.matrix(kernel, shape, padding, stride)
        out = convolution.output_shape(taps, shape, padding, stride)
        flat = matrix @ values.reshape(len(values), -1).T
        values = np.maximum(flat.T.reshape(len(values), *out, -1) + bias, 0)
    return values
