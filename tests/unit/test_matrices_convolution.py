"""Convolutions as matrices: against scipy, by hand, and Toeplitz as they should be."""

import numpy as np
import pytest
import scipy

from pixelwalk.matrices import circulant, convolution, nearest

paddings = pytest.mark.parametrize("padding", convolution.PADDINGS)
SIZES = [((9,), (3,)), ((9,), (4,)), ((6, 7), (3, 2)), ((5, 4), (1, 4))]
sizes = pytest.mark.parametrize(("shape", "taps"), SIZES, ids=str)
MODES = {"valid": {"mode": "valid"}, "same": {"mode": "same"}}


def whole(shape, seed=1):
    """Whole numbers, whose sums and means are exact."""
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(float)


def test_the_papers_example_a_filter_of_two_taps():
    found = convolution.matrix([1.0, 2], (4,)).toarray()
    assert found.tolist() == [[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]]


@sizes
def test_inside_an_image_it_is_the_correlation_of_scipy(shape, taps):
    kernel, image = whole(taps), whole(shape, 2)
    expected = scipy.signal.correlate(image, kernel, mode="valid", method="direct")
    found = convolution.matrix(kernel, shape) @ image.ravel()
    assert np.array_equal(found, expected.ravel())


@sizes
@pytest.mark.parametrize(
    ("padding", "mode"), [("same", "constant"), ("circular", "wrap")]
)
def test_at_the_edges_it_is_the_correlation_of_scipy(shape, taps, padding, mode):
    kernel, image = whole(taps), whole(shape, 2)
    # The centre of an even filter: scipy takes the right one, TensorFlow the left.
    origin = [-1 if length % 2 == 0 else 0 for length in taps]
    expected = scipy.ndimage.correlate(image, kernel, mode=mode, origin=origin)
    found = convolution.matrix(kernel, shape, padding) @ image.ravel()
    assert np.array_equal(found, expected.ravel())


@sizes
@paddings
def test_without_stride_it_is_toeplitz(shape, taps, padding):
    matrix = convolution.matrix(whole(taps), shape, padding).toarray()
    out = convolution.output_shape(taps, shape, padding)
    assert np.array_equal(nearest.toeplitz(matrix, out, shape), matrix)


@sizes
def test_a_circular_one_is_circulant_with_the_filter_in_its_first_column(shape, taps):
    kernel = whole(taps)
    matrix = convolution.matrix(kernel, shape, "circular").toarray()
    assert np.array_equal(nearest.circulant(matrix, shape), matrix)
    column = np.zeros(shape)
    for tap in np.ndindex(taps):
        before = [(length - 1) // 2 for length in taps]
        column[tuple(np.subtract(before, tap) % shape)] = kernel[tap]
    assert np.array_equal(matrix, circulant.dense(column))


def test_a_filter_that_is_longer_than_the_circle_meets_itself():
    matrix = convolution.matrix([1.0, 2, 4, 8, 16], (2,), "circular").toarray()
    assert matrix.tolist() == [[21, 10], [10, 21]]


@pytest.mark.parametrize("padding", ["valid", "circular"])
@pytest.mark.parametrize("stride", [2, 3, (3, 1)])
def test_a_stride_skips_rows(padding, stride):
    kernel, shape = whole((3, 2)), (7, 8)
    every = convolution.matrix(kernel, shape, padding).toarray()
    out = convolution.output_shape((3, 2), shape, padding)
    down, across = np.broadcast_to(stride, 2)
    kept = every.reshape(*out, -1)[::down, ::across]
    found = convolution.matrix(kernel, shape, padding, stride)
    assert np.array_equal(found.toarray(), kept.reshape(-1, 56))


def test_a_stride_pads_as_tensorflow_does():
    # Even: a zero at the end alone; odd: one at each end.
    even = convolution.matrix([1.0, 2, 3], (4,), "same", 2).toarray()
    assert even.tolist() == [[1, 2, 3, 0], [0, 0, 1, 2]]
    odd = convolution.matrix([1.0, 2, 3], (5,), "same", 2).toarray()
    assert odd.tolist() == [[2, 3, 0, 0, 0], [0, 1, 2, 3, 0], [0, 0, 0, 1, 2]]


@paddings
@pytest.mark.parametrize("stride", [1, 2])
def test_each_pair_of_channels_has_the_matrix_of_its_own_filter(padding, stride):
    kernel, shape = whole((3, 2, 2, 3)), (5, 6)
    together = convolution.matrix(kernel, shape, padding, stride).toarray()
    for i in range(2):
        for o in range(3):
            alone = convolution.matrix(kernel[..., i, o], shape, padding, stride)
            assert np.array_equal(together[o::3, i::2], alone.toarray())


def test_the_matrix_is_sparse():
    matrix = convolution.matrix(np.ones((3, 3)), (100, 100), "same")
    assert matrix.nnz == 298**2
    assert matrix.shape == (10000, 10000)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kernel": np.ones(5)}, r"filter of \(5,\) taps does not fit .* \(4,\)"),
        ({"kernel": np.ones((2, 2))}, "has 1 dimensions, or 3 with channels, got 2"),
        ({"stride": 0}, r"must be at least 1 .* \[0\], \(2,\) and \(4,\)"),
        ({"kernel": np.ones(0)}, "must be at least 1"),
        ({"padding": "reflect"}, "padding must be one of .* got 'reflect'"),
    ],
)
def test_what_does_not_fit_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        convolution.matrix(**({"kernel": np.ones(2), "shape": (4,)} | given))
