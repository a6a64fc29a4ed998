"""Compare convolutional networks in Keras with products of their matrices."""

import itertools

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import convolution
from studies.matrices import kinds

import numpy as np

# Channels of the input and after each layer.
_CHANNELS = (2, 3, 4, 2)


def compare(rows, columns, taps, count, stream):
    """Compare networks of convolutional layers with products of their matrices.

    Each network has up to three layers, as many as fit its input, with several
    channels, biases and ReLU. Keras computes in single precision, the matrices in
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
        Draws weights, biases and inputs.

    Returns
    -------
    kinds.Convolutions
        A network for each padding on the line and on the image, with strides 1 and 2.
    """
    names, depths, differences, active = [], [], [], []
    for (grid, shape), padding, stride in itertools.product(
        (("line", (rows * columns,)), ("image", (rows, columns))),
        convolution.PADDINGS,
        (1, 2),
    ):
        layers = draw_layers(shape, taps, padding, stride, stream)
        inputs = stream.normal(size=(count, *shape, _CHANNELS[0])).astype(np.float32)
        by_keras = through_keras(inputs, layers, padding, stride)
        outputs = through_matrices(inputs, layers, padding, stride)
        largest = np.max(np.abs(outputs))
        difference = np.max(np.abs(outputs - by_keras))
        names.append(f"{grid}, {padding}, stride {stride}")
        depths.append(len(layers))
        differences.append(difference / largest if largest else difference)
        active.append(np.mean(outputs > 0))
    return kinds.Convolutions(
        networks=names,
        depth=np.array(depths),
        difference=np.array(differences),
        active=np.array(active),
    )


def draw_layers(shape, taps, padding, stride, stream):
    """Draw weights and biases of up to three layers, as many as fit.

    Parameters
    ----------
    shape : tuple of int
        Of the input, without its channels.
    taps, stream
        As in `compare`.
    padding, stride
        As in `pixelwalk.matrices.convolution.matrix`.

    Returns
    -------
    list of (kernel, bias)
        Of float32.

    Raises
    ------
    ValueError
        If the filter of the first layer does not fit.
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
    """Compute the outputs of a network with layers of Keras.

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
    from pixelwalk.networks.backend import keras

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
    """Compute the outputs of the same network with sparse matrices.

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


if __name__ == "__main__":
    with stages.logged(snakemake):
        from pixelwalk.networks import backend

        backend.prepare(snakemake.threads)
        settings, seed = snakemake.params.settings, snakemake.params.seed
        convolutions = compare(
            settings["rows"],
            settings["columns"],
            settings["filter"],
            settings["draws"],
            seeds.generator(seed, "convolutions", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.convolutions,
            convolutions,
            settings=settings,
            seed=seed,
            libraries=["keras", "tensorflow", "scipy"],
        )
