"""The matrix of a convolutional layer (sections 2 and 10).

A layer multiplies its flattened input by a sparse matrix: banded Toeplitz for a line,
doubly block Toeplitz for an image, and circulant for periodic boundaries.
"""

import numpy as np
from scipy import sparse

PADDINGS = ("valid", "same", "circular")


def matrix(kernel, shape, padding="valid", stride=1):
    """Return the matrix of a convolutional layer.

    As in the paper and in Keras, the convolution is a cross-correlation: output site o
    is the sum over taps t of kernel[t] times input site ``stride * o + t - before``.
    (`scipy.linalg.convolution_matrix` has one dimension, no stride and no channels.)

    Parameters
    ----------
    kernel : ndarray of float, shape (taps...) or (taps..., inputs, outputs)
        Filter; the two further dimensions are those of channels.
    shape : tuple of int
        Shape of the input without channels: a line, an image, or more dimensions.
    padding : {"valid", "same", "circular"}
        ``valid``: no padding, `before` is 0. ``same``: zero padding, ``ceil(size /
        stride)`` output sites, and `before` as in TensorFlow: half of the zeros,
        rounded down. ``circular``: periodic boundaries, and `before` is
        ``(length - 1) // 2`` of the filter.
    stride : int or tuple of int
        Step of the filter, at least 1; the same in all dimensions, or one for each.

    Returns
    -------
    scipy.sparse.csr_array of float64
        Matrix from input to output, both flattened with channels last.

    Raises
    ------
    ValueError
        If the filter, the stride or the padding does not fit the input.
    """
    taps, channels = _split(np.shape(kernel), shape)
    outputs = output_shape(taps, shape, padding, stride)
    row = column = tap = np.zeros(1, int)
    for out, size, length, step in zip(
        outputs, shape, taps, np.broadcast_to(stride, len(shape)), strict=True
    ):
        at, along, site = _line(out, size, length, int(step), padding)
        row = np.add.outer(row * out, at).ravel()
        column = np.add.outer(column * size, site).ravel()
        tap = np.add.outer(tap * length, along).ravel()
    read, written = channels
    values = np.reshape(kernel, (-1, read, written)).astype(float)[tap]
    places = np.empty((2, *values.shape), int)
    places[0] = row[:, None, None] * written + np.arange(written)
    places[1] = column[:, None, None] * read + np.arange(read)[:, None]
    size = int(np.prod(outputs)) * written, int(np.prod(shape)) * read
    # Duplicate entries are added: taps of a filter longer than the periodic input.
    return sparse.csr_array((values.ravel(), places.reshape(2, -1)), shape=size)


def output_shape(taps, shape, padding="valid", stride=1):
    """Return the shape of a layer's output, without channels.

    Parameters
    ----------
    taps : tuple of int
        Shape of the filter.
    shape, padding, stride
        As in `matrix`.

    Returns
    -------
    tuple of int

    Raises
    ------
    ValueError
        If the filter, the stride or the padding does not fit the input.
    """
    if padding not in PADDINGS:
        raise ValueError(f"padding must be one of {PADDINGS}, got {padding!r}")
    strides = np.broadcast_to(stride, len(shape)).tolist()
    if min((*strides, *taps, *shape)) < 1:
        raise ValueError(
            "stride, filter and input must be at least 1 in every dimension, got "
            f"{strides}, {tuple(taps)} and {tuple(shape)}"
        )
    if padding != "valid":
        return tuple(
            -(-size // step) for size, step in zip(shape, strides, strict=True)
        )
    if any(length > size for length, size in zip(taps, shape, strict=True)):
        raise ValueError(
            f"a filter of {tuple(taps)} taps does not fit into an input of "
            f"{tuple(shape)} without padding; choose a smaller filter, or same"
        )
    return tuple(
        (size - length) // step + 1
        for size, length, step in zip(shape, taps, strides, strict=True)
    )


def _split(kernel, shape):
    """Split the shape of a kernel into taps and channels."""
    dimensions = len(shape)
    if len(kernel) not in (dimensions, dimensions + 2):
        raise ValueError(
            f"a kernel for an input of shape {tuple(shape)} has {dimensions} dimensions"
            f", or {dimensions + 2} with channels, got {len(kernel)}"
        )
    return kernel[:dimensions], kernel[dimensions:] or (1, 1)


def _line(out, size, length, step, padding):
    """Return all connected output sites, taps and input sites, in one dimension."""
    before = 0
    if padding == "same":
        before = max((out - 1) * step + length - size, 0) // 2
    elif padding == "circular":
        before = (length - 1) // 2
    sites = np.add.outer(step * np.arange(out) - before, np.arange(length))
    if padding == "circular":
        sites %= size
    at, along = np.nonzero((sites >= 0) & (sites < size))
    return at, along, sites[at, along]
