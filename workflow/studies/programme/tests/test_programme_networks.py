"""The networks of the programme against their own arithmetic in numpy."""

from studies.programme import closed_form
from studies.programme.train_programme import train_programme

import numpy as np
import pytest
from scipy import signal

pytestmark = pytest.mark.xdist_group("training")

STREAM = np.random.default_rng(1)
ROWS, COLUMNS = 4, 5
IMAGES = STREAM.random((3, ROWS * COLUMNS)).astype(np.float32)
BOUNDARIES = {"periodic": "wrap", "free": "fill"}
boundaries = pytest.mark.parametrize("boundary", BOUNDARIES)


@pytest.fixture(scope="module")
def programme():
    """The module; here, for no other test should wait for TensorFlow."""
    from pixelwalk.networks import backend
    from studies.programme import networks

    backend.prepare(1)
    return networks


def small(seed=1, epochs=2, **changes):
    """Networks that are trained in a moment, on random images."""
    images = (np.random.default_rng(5).random((60, 9)) < 0.5).astype(np.float32)
    course = {"learning_rate": 0.01, "batch": 16, "kernels": [1, 3]} | changes
    return train_programme(
        images[:50],
        images[50:],
        np.arange(1.0, 10).reshape(3, 3) / 45,
        boundary="periodic",
        seed=seed,
        epochs=epochs,
        generator=np.random.default_rng(seed),
        **course,
    )


@pytest.fixture(scope="module")
def found(programme):
    """Networks of all kinds."""
    return small()


@boundaries
@pytest.mark.parametrize("side", [1, 3])
def test_a_linear_convolution_is_a_cross_correlation(programme, boundary, side):
    network = programme.build(
        programme.Design("convolution", "linear", side), ROWS, COLUMNS, boundary
    )
    kernel = network.trainable_variables[0].numpy().reshape(side, side)
    found = network(IMAGES).numpy().reshape(3, ROWS, COLUMNS)
    for image, came in zip(IMAGES.reshape(3, ROWS, COLUMNS), found, strict=True):
        edge = {"boundary": BOUNDARIES[boundary], "mode": "same"}
        expected = signal.correlate2d(image, kernel, **edge)
        np.testing.assert_allclose(came, expected, atol=1e-5)


@boundaries
@pytest.mark.parametrize("side", [1, 3, 7])
def test_a_local_layer_sees_its_surroundings_alone(programme, boundary, side):
    design = programme.Design("local", "linear", side)
    network = programme.build(design, ROWS, COLUMNS, boundary)
    matrix = programme.matrix(network, ROWS * COLUMNS)
    seen = np.zeros((ROWS * COLUMNS,) * 2)
    reach = side // 2
    for down, right in np.ndindex(ROWS, COLUMNS):
        for y in range(down - reach, down + reach + 1):
            for x in range(right - reach, right + reach + 1):
                inside = 0 <= y < ROWS and 0 <= x < COLUMNS
                if inside or boundary == "periodic":
                    pixel = y % ROWS * COLUMNS + x % COLUMNS
                    seen[down * COLUMNS + right, pixel] += 1
    assert np.array_equal(matrix != 0, seen > 0)
    assert network.count_params() == seen.sum()
    np.testing.assert_allclose(network(IMAGES), IMAGES @ matrix.T, atol=1e-5)


@boundaries
def test_a_local_layer_of_one_filter_is_a_convolution(programme, boundary):
    layers = [
        programme.build(programme.Design(kind, "linear", 3), ROWS, COLUMNS, boundary)
        for kind in ("local", "convolution")
    ]
    kernel = layers[1].trainable_variables[0].numpy().ravel()
    seen = layers[0].layers[0].seen
    filters = np.array(
        [
            kernel[3 * down + right]
            for down, right in (_offset(pair, boundary) for pair in seen)
        ]
    )
    layers[0].trainable_variables[0].assign(filters)
    np.testing.assert_allclose(layers[0](IMAGES), layers[1](IMAGES), atol=1e-5)


def _offset(pair, boundary):
    """Place in the filter of a pixel that is seen, from the one that sees it."""
    (down, right), (y, x) = (divmod(int(pixel), COLUMNS) for pixel in pair)
    away = down - y, right - x
    if boundary == "periodic":
        away = (away[0] + 1) % ROWS - 1, (away[1] + 1) % COLUMNS - 1
    return away[0] + 1, away[1] + 1


@pytest.mark.parametrize("kind", ["dense", "local", "convolution"])
def test_relu_stands_between_two_layers(programme, kind):
    network = programme.build(
        programme.Design(kind, "relu", 0 if kind == "dense" else 3),
        ROWS,
        COLUMNS,
        "periodic",
    )
    once, thrice = network(IMAGES).numpy(), network(3 * IMAGES).numpy()
    np.testing.assert_allclose(thrice, 3 * once, atol=1e-5)  # without biases
    turned = network(-IMAGES).numpy()
    assert not np.allclose(turned, -once, atol=1e-3)
    assert len(network.trainable_variables) == 2


def test_dense_relu_is_its_own_arithmetic(programme):
    design = programme.Design("dense", "relu")
    network = programme.build(design, ROWS, COLUMNS, "free")
    first, second = (v.numpy() for v in network.trainable_variables)
    expected = np.maximum(IMAGES @ first, 0) @ second
    np.testing.assert_allclose(network(IMAGES), expected, atol=1e-5)


def test_there_is_a_network_of_every_kind(programme, found):
    kinds = list(zip(found.kinds, found.activations, found.kernels, strict=True))
    assert len(set(kinds)) == 10 and len(kinds) == 11
    assert found.biases.tolist() == [0] * 10 + [1]
    numbers = dict(zip(kinds[:10], found.parameters[:10].tolist(), strict=True))
    assert numbers["dense", "linear", 0] == 81
    assert numbers["dense", "relu", 0] == 162
    assert numbers["local", "linear", 3] == 81
    assert numbers["convolution", "linear", 3] == 9
    assert numbers["convolution", "relu", 3] == 18 * programme.CHANNELS
    assert found.parameters[-1] == 90
    assert found.matrices.shape == (5, 9, 9)
    assert found.target == pytest.approx(np.arange(1, 10) / 5)


def test_losses_are_those_of_the_matrices(found):
    images = (np.random.default_rng(5).random((60, 9)) < 0.5).astype(float)
    target = found.target
    for part, name in ((images[:50], "training_loss"), (images[50:], "test_loss")):
        for row, matrix in enumerate(found.matrices):
            loss = np.mean((part @ matrix.T - target) ** 2) / np.mean(target**2)
            assert getattr(found, name)[row] == pytest.approx(loss, rel=1e-4)


def test_training_comes_near_the_closed_form_and_not_below(programme):
    found = small(epochs=300)
    images = (np.random.default_rng(5).random((60, 9)) < 0.5).astype(float)[:50]
    least = closed_form.loss(images, closed_form.reader(images))
    assert least * 0.999 < found.training_loss[0] < 1.1 * least
    best = closed_form.optimum(images, found.target)
    away = np.linalg.norm(found.matrices[0] - best) / np.linalg.norm(best)
    assert away < 0.1
    # The other linear layers see less, and the one with a bias needs no image.
    assert found.training_loss[1:5].min() > least
    assert found.training_loss[-1] < 0.1 * least


def test_each_network_is_trained_as_if_alone(programme):
    images = (np.random.default_rng(5).random((40, 9)) < 0.5).astype(np.float32)
    course = {"learning_rate": 0.01, "epochs": 3, "batch": 16}
    designs = programme.designs([3])[:2]
    matrices = []
    for alone in (True, False):
        programme.keras.utils.set_random_seed(1)
        networks = [programme.build(design, 3, 3, "free") for design in designs]
        programme.train(
            networks[:1] if alone else networks,
            images,
            images,
            np.ones(9),
            generator=np.random.default_rng(2),
            **course,
        )
        matrices.append(programme.matrix(networks[0], 9))
    np.testing.assert_allclose(*matrices, atol=1e-6)


def test_equal_seeds_give_equal_networks(programme, found):
    same, other = (small(seed=seed) for seed in (1, 2))
    assert np.array_equal(found.matrices, same.matrices)
    assert np.array_equal(found.test_loss, same.test_loss)
    assert not np.isclose(found.matrices[0], other.matrices[0]).all()
