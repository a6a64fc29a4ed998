"""Measure the bias of a linear network against its closed form (section 10)."""

from pixelwalk.matrices import convolution

import numpy as np

#: Numbers of layers.
DEPTHS = (1, 2, 3, 4)


def biases(columns, taps, draws, stream):
    """Compare linear networks with ``T x - Q``, for both signs of Q.

    A layer computes ``T_j h - b_j``. T is the product of all T_j, the last one first,
    and Q the sum over j of the product of all layers after the j-th, times b_j: with a
    minus sign as the paper prints it, and with a plus.

    Parameters
    ----------
    columns, taps : int
        Pixels of the line, and of the random filters.
    draws : int
        Random networks and inputs of each depth.
    stream : numpy.random.Generator

    Returns
    -------
    dict of ndarray
        `bias_depths`, shape (depths,): numbers of layers. `bias_printed` and
        `bias_plus`, shape (depths, draws): relative differences of ``T x - Q`` from the
        output of the network.
    """
    table = [
        [_apart(*_network(columns, taps, depth, stream)) for _ in range(draws)]
        for depth in DEPTHS
    ]
    printed, plus = np.moveaxis(table, -1, 0)
    return {
        "bias_depths": np.array(DEPTHS),
        "bias_printed": printed,
        "bias_plus": plus,
    }


def _network(columns, taps, depth, stream):
    """Draw Toeplitz matrices and biases of layers, and an input."""
    kernels = stream.normal(size=(depth, taps))
    layers = [convolution.matrix(k, (columns,), "same").toarray() for k in kernels]
    return layers, *np.split(stream.normal(size=(depth + 1, columns)), [depth])


def _apart(layers, shifts, inputs):
    """Relative differences of both closed forms from the output of the layers."""
    output = inputs[0]
    for matrix, shift in zip(layers, shifts, strict=True):
        output = matrix @ output - shift
    # The empty product, after the last layer, is the identity.
    after, total = np.eye(len(output)), np.zeros(len(output))
    for matrix, shift in zip(layers[::-1], shifts[::-1], strict=True):
        total += after @ shift
        after = after @ matrix
    closed = [after @ inputs[0] - sign * total for sign in (-1, 1)]
    return [np.linalg.norm(c - output) / np.linalg.norm(output) for c in closed]
