"""Fixed points of the walks on the graphs of all digits."""

from copy import deepcopy
from types import SimpleNamespace

from pixelwalk import graph, pairs
from pixelwalk.graph import steps, walk
from studies.programme.claims import judge_fixed_points
from studies.programme.measure_fixed_points import measure_fixed_points

import numpy as np
import pytest

STREAM = np.random.default_rng(1)
WEIGHT = {"kind": "coactivation", "level": 0}


def images(count, chances):
    """Grey images whose pixels are on with these chances."""
    shape = (count, *np.shape(chances))
    grey = STREAM.integers(1, 256, shape) * (STREAM.random(shape) < chances)
    return grey.astype(np.uint8)


def drawn(count):
    """Two digits, of blots in two corners that fade away."""
    near = np.exp(-np.add.outer(np.arange(5), np.arange(5)) / 2)
    pixels = [images(count, near), images(count, near[::-1, ::-1])]
    labels = np.repeat([3, 8], count).astype(np.uint8)
    return SimpleNamespace(images=np.concatenate(pixels), labels=labels)


POPULATION, TEST = drawn(60), drawn(40)


def measure(population=POPULATION, test=TEST, teleport=0.01, seed=2):
    return measure_fixed_points(
        population,
        test,
        count=50,
        weight=WEIGHT,
        cut="at-0",
        teleport=teleport,
        stream=np.random.default_rng(seed),
    )


def test_every_digit_has_the_steps_of_its_own_graph():
    found = measure()
    assert found.digits.tolist() == [3, 8]
    assert found.nearness.tolist() == list(steps.DISTANCES)
    for row, digit in enumerate((3, 8)):
        chosen = POPULATION.images[POPULATION.labels == digit][:50]
        adjacency = graph.sparsify(pairs.pair_weights(chosen, **WEIGHT), "at-0")
        pi, _, _ = walk.stationary_distribution(adjacency, teleport=0.01)
        alone = steps.steps(
            pi, adjacency, 0.01, TEST.images, stream=np.random.default_rng(9), draws=3
        )
        assert found.image_nearness[row] == pytest.approx(alone["image_nearness"])
        assert found.image_moved[row] == pytest.approx(alone["image_moved"])
        # Towards single pixels no stream decides.
        assert np.all(found.largest[row] >= alone["moved"][:, 3:].max(axis=1) - 1e-12)
    assert found.image_labels.tolist() == TEST.labels.tolist()


def test_a_step_is_linear_so_its_ratio_is_one_for_all_distances():
    found = measure()
    ratio = found.largest / found.nearness
    assert ratio == pytest.approx(np.tile(ratio[:, :1], 4), rel=1e-6)


def test_only_the_first_test_images_of_a_digit_are_shown():
    many = drawn(130)
    found = measure(test=many)
    expected = np.concatenate([many.images[:100], many.images[130:230]])
    kept = SimpleNamespace(images=expected, labels=np.repeat([3, 8], 100))
    assert np.array_equal(found.image_moved, measure(test=kept).image_moved)


def verdict(found):
    return judge_fixed_points(found)["verdict"]


def test_the_verdict_on_blots_is_good():
    entry = judge_fixed_points(measure())
    assert entry["verdict"] == "supported"
    measured = entry["measured"]["digit 3"]
    assert measured["movement over distance"]["largest"] <= 1.01
    assert measured["rank correlation over test images"]["interval"][0] > 0.5
    assert measured["movement over distance, test images of this digit"]["n"] == 40


def halves(count):
    """One digit of two shapes that share no pixel: no walk leads from one to another.

    Some test images are of one shape, and some of both.
    """
    shapes = np.zeros((2, 4, 4), int)
    shapes[0, :2] = shapes[1, 2:] = 1
    kind = np.arange(count) % 2
    pixels = images(count, np.full((4, 4), 0.9)) * shapes[kind]
    labels = np.full(count, 3, np.uint8)
    return SimpleNamespace(images=pixels.astype(np.uint8), labels=labels)


def test_images_that_stand_far_and_hardly_move_turn_the_verdict():
    population, one = halves(60), halves(60)
    mixed = images(60, np.full((4, 4), 0.8))
    both = np.concatenate([one.images, mixed])
    test = SimpleNamespace(images=both[::2], labels=np.full(60, 3, np.uint8))
    entry = judge_fixed_points(measure(population, test))
    assert entry["verdict"] == "refuted"
    correlation = entry["measured"]["digit 3"]["rank correlation over test images"]
    assert correlation["interval"][0] < 0.5


def test_a_distribution_that_is_not_stationary_turns_the_verdict(monkeypatch):
    found = walk.stationary_distribution

    def other(weights, *, teleport):
        distribution, residual, count = found(weights, teleport=teleport)
        return np.roll(distribution, 1), residual, count

    monkeypatch.setattr(walk, "stationary_distribution", other)
    assert verdict(measure()) == "refuted"


@pytest.mark.parametrize("row", [0, 1])
def test_every_digit_counts(row):
    found = measure()
    turned, far = deepcopy(found), deepcopy(found)
    turned.image_moved[row] = found.image_moved[row].max() - found.image_moved[row]
    far.largest[row, 0] = 1.02 * found.nearness[0]
    assert verdict(found) == "supported"
    assert verdict(turned) == verdict(far) == "refuted"


def test_the_farthest_movement_of_a_test_image_is_told():
    found = measure()
    found.image_moved[1, 7] = 1.2 * found.image_nearness[1, 7]
    entry = judge_fixed_points(found)
    farthest = entry["measured"]["movement over distance, test images, largest"]
    assert farthest == pytest.approx(1.2)
    assert "by 1.200 times at most towards test images" in entry["note"]


def test_too_few_test_images_tell_nothing():
    few = SimpleNamespace(images=TEST.images[:3], labels=TEST.labels[:3])
    entry = judge_fixed_points(measure(test=few))
    assert entry["verdict"] == "not measured" and "4 or more" in entry["note"]


def test_equal_test_images_tell_nothing():
    same = SimpleNamespace(images=TEST.images[[0] * 9], labels=TEST.labels[[0] * 9])
    assert verdict(measure(test=same)) == "not measured"
