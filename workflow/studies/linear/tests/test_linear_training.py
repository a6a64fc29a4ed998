"""Linear networks in Keras, against gradient descent by hand and its closed form."""

import patterns
from pixelwalk.matrices import nearest, shifts
from studies.linear import deepen, train_linear

import numpy as np
import pytest

pytestmark = pytest.mark.xdist_group("training")

SETTINGS = {"band": 0.5, "layers": [2, 3], "steps": 60}


def pair(shape=(4, 3), seed=5):
    return np.random.default_rng(seed).normal(size=(2, *shape))


def measured(shape=(4, 3), seed=2, **changed):
    stream = np.random.default_rng(seed)
    settings = SETTINGS | changed
    train = patterns.train_linear
    return vars(train_linear.measure(*pair(shape), settings, stream, train))


@pytest.fixture(scope="module")
def trained():
    return measured()


@pytest.mark.parametrize("depth", [1, 3])
def test_keras_descends_as_by_hand(depth):
    stream = np.random.default_rng(1)
    inputs, targets = stream.normal(size=(2, 4, 6))
    starts = list(stream.normal(size=(depth, 4, 4)) / 3)
    marks = [0, 1, 5]
    given = starts, inputs, targets, marks, "descent"
    course = patterns.train_linear(*given, rate=2.0**-5)
    by_hand = patterns.descend(*given, rate=2.0**-5)
    for (loss, weights), (half, expected) in zip(course, by_hand, strict=True):
        assert len(weights) == depth
        for one, other in zip(weights, expected, strict=True):
            assert one == pytest.approx(other, rel=1e-12, abs=1e-12)
            assert one.dtype == np.float64
        assert loss == pytest.approx(half, rel=1e-12)


def test_a_network_is_made_of_dense_layers_without_biases():
    starts = [np.eye(3, dtype=np.float32)] * 4
    from studies.linear import network

    model = network.build(starts)
    kinds = {(type(layer).__name__, layer.use_bias) for layer in model.layers}
    assert kinds == {("Dense", False)} and len(model.layers) == 4
    assert {w.dtype for w in model.trainable_variables} == {"float32"}
    assert all(layer.activation.__name__ == "linear" for layer in model.layers)


@pytest.mark.parametrize("optimizer", ["descent", "adam"])
def test_equal_starts_give_equal_bytes(optimizer):
    inputs, targets = np.random.default_rng(1).normal(size=(2, 5, 5))
    starts = [np.eye(5, dtype=np.float32)] * 2
    one, same = (
        [
            ws
            for _, ws in patterns.train_linear(
                starts, inputs, targets, [9], optimizer, rate=0.01
            )
        ]
        for _ in range(2)
    )
    assert np.array_equal(one, same)


def test_marks_begin_before_the_first_step_and_end_with_the_last():
    for steps in (1, 2, 60, 2000):
        marks = train_linear.marks(steps)
        assert marks[:2].tolist() == [0, 1] and marks[-1] == steps
        assert np.all(np.diff(marks) > 0)


def test_training_follows_its_closed_form_at_every_mark(trained):
    assert trained["marks"].tolist() == train_linear.marks(60).tolist()
    assert trained["deviation"].max() < 1e-12
    assert trained["distances"] == pytest.approx(trained["predicted"], abs=1e-12)
    assert np.all(np.diff(trained["remaining"], axis=1) < 1e-12)


def test_from_zero_every_step_is_circulant_and_from_random_weights_none(trained):
    assert trained["distances"][0].max() < 1e-13
    assert trained["distances"][1:].min() > 1e-3
    assert trained["distances"][1, 0] == pytest.approx(1, abs=0.1)


def test_what_the_band_leaves_out_is_kept_for_ever(trained):
    assert 6 <= trained["band_seen"] < 12
    assert np.isnan(trained["needed"][2]) and trained["limit"][2] > 0.1
    assert trained["limit"][:2].max() < 1e-12
    assert trained["forgotten"] < 1e-12
    last = trained["predicted_ahead"][2, -1]
    assert last == pytest.approx(trained["limit"][2], rel=1e-6)
    image, _ = shifts.scaled(*pair())
    band = shifts.band_limited(image, 0.5)
    left = shifts.filtered(trained["learned_band"], ~shifts.seen(band))
    assert left == pytest.approx(shifts.filtered(trained["start"], ~shifts.seen(band)))


def test_the_steps_needed_are_those_after_which_it_is_near(trained):
    source, target = shifts.scaled(*pair())
    needed = trained["needed"]
    assert needed[0] == 0

    def distance(steps):
        reached = shifts.descended(trained["start"], source, target, steps)
        return nearest.from_circulant(reached, source.shape)

    assert distance(needed[1]) <= train_linear.NEAR
    assert distance(np.floor(0.98 * needed[1]) - 1) > train_linear.NEAR


def test_the_product_of_layers_becomes_circulant_and_no_layer_does():
    # A flat spectrum: the descent is as quick as can be.
    source = np.zeros((4, 3))
    source[0, 0] = 1
    stream = np.random.default_rng(8)
    target = np.random.default_rng(5).normal(size=(4, 3))
    images, steps = shifts.scaled(source, target), train_linear.marks(1500)
    deep = deepen.deepen(*images, [2, 3], steps, stream, patterns.train_linear)
    assert deep["product"][:, 0].min() > 0.9
    assert deep["product"][:, -1].max() < 1e-2
    assert deep["factors"].min() > 0.6
    assert deep["excess"][:, -1].max() < 1e-3
    assert deep["from_identity"].max() < 1e-10
    assert deep["product_seen"] == pytest.approx(deep["product"], abs=1e-6)


def test_a_frequency_that_the_input_lacks_is_left_out_of_what_is_seen():
    source = np.full(6, -1 / 6)
    source[0] += 1
    stream = np.random.default_rng(8)
    target = np.random.default_rng(6).normal(size=6)
    images, steps = shifts.scaled(source, target), train_linear.marks(1000)
    deep = deepen.deepen(*images, [2], steps, stream, patterns.train_linear)
    assert deep["product_seen_end"][0] < 1e-5 < 0.01 < deep["product_end"][0]
    assert deep["product_seen"][0, -1] < 0.01 < deep["product"][0, -1]
    assert deep["excess"][0, -1] < 1e-4


@pytest.mark.parametrize("shape", [(2, 2), (1,), (5,)])
@pytest.mark.parametrize("blank", ["input", "target", "same"])
def test_images_that_teach_little_give_finite_numbers(shape, blank):
    source, target = pair(shape)
    source = np.zeros(shape) if blank == "input" else source
    target = np.zeros(shape) if blank == "target" else target
    source, target = (np.ones(shape),) * 2 if blank == "same" else (source, target)
    settings = SETTINGS | {"steps": 3, "layers": [2]}
    stream = np.random.default_rng(1)
    # Keras learns from one shape; what is measured of it is the same for all.
    train = patterns.train_linear if shape == (2, 2) else patterns.descend
    training = train_linear.measure(source, target, settings, stream, train)
    for name, values in vars(training).items():
        if name not in ("needed", "runs"):
            assert np.isfinite(values).all(), name


def test_the_stream_decides_the_first_weights(trained):
    again, other = measured(), measured(seed=3)
    for name, values in trained.items():
        assert np.array_equal(values, again[name], equal_nan=name == "needed"), name
    assert not np.isclose(other["start"], trained["start"]).any()
