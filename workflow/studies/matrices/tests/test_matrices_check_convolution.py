"""Convolutional networks of Keras against sparse matrices."""

from pixelwalk.matrices import convolution
from studies.matrices import check_convolution

import numpy as np
import pytest

pytestmark = pytest.mark.xdist_group("training")

CASES = [
    (grid, padding, stride)
    for grid in ("line", "image")
    for padding in convolution.PADDINGS
    for stride in (1, 2)
]


@pytest.mark.parametrize("taps", [2, 3])
@pytest.mark.parametrize("count", [1, 4])
def test_every_network_is_the_same_through_matrices(taps, count):
    compared = check_convolution.compare(
        9, 10, taps, count, np.random.default_rng(taps)
    )
    assert compared.networks == [f"{g}, {p}, stride {s}" for g, p, s in CASES]
    assert np.max(compared.difference) < 1e-6
    assert np.max(compared.difference) > 0  # of single precision
    assert (compared.depth > 1).all() and (compared.active > 0).all()


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("shape", [(23,), (11, 12)], ids=str)
def test_a_model_that_keras_initialised_is_the_same_through_matrices(
    shape, padding, stride
):
    # Imported here: no other test should wait for TensorFlow.
    from pixelwalk.networks.backend import keras

    keras.utils.set_random_seed(1)
    kind = keras.layers.Conv1D if len(shape) == 1 else keras.layers.Conv2D
    how = {"strides": stride, "padding": padding, "activation": "relu"}
    how["bias_initializer"] = "random_normal"
    model = keras.Sequential(
        [keras.Input((*shape, 2)), kind(4, 4, **how), kind(3, 3, **how)]
    )
    inputs = np.random.default_rng(2).normal(size=(5, *shape, 2)).astype(np.float32)
    expected = model.predict_on_batch(inputs)
    layers = [layer.get_weights() for layer in model.layers]
    outputs = check_convolution.through_matrices(inputs, layers, padding, stride)
    assert outputs.shape == expected.shape
    assert np.abs(outputs - expected).max() < 1e-6 * np.abs(expected).max()


def test_a_circular_network_knows_no_edge():
    stream = np.random.default_rng(3)
    layers = check_convolution.draw_layers((6, 7), 3, "circular", 1, stream)
    inputs = stream.normal(size=(2, 6, 7, 2)).astype(np.float32)
    outputs = check_convolution.through_keras(inputs, layers, "circular", 1)
    shifted = np.roll(inputs, (2, 3), axis=(1, 2))
    moved = check_convolution.through_keras(shifted, layers, "circular", 1)
    assert moved == pytest.approx(np.roll(outputs, (2, 3), axis=(1, 2)), abs=1e-5)


def test_as_many_layers_are_taken_as_fit():
    def depth(*given):
        return len(check_convolution.draw_layers(*given, np.random.default_rng(1)))

    assert depth((4, 4), 3, "valid", 1) == 1
    assert depth((10, 10), 3, "valid", 2) == 2
    assert depth((10, 10), 3, "valid", 1) == 3
    assert depth((3, 3), 9, "same", 2) == 3
    with pytest.raises(ValueError, match="does not fit"):
        depth((3, 3), 4, "valid", 1)
