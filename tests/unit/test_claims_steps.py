"""One step of the walk: never farther than geometry allows, and by hand on a ring."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from pixelwalk import lattice, walk
from pixelwalk.claims import steps

RING = lattice.adjacency(4, 4, "periodic")  # every pixel alike: pi is uniform


def blank(*lit):
    images = np.zeros((len(lit), 4, 4), np.uint8)
    for image, place in zip(images, lit, strict=True):
        image[place] = 255
    return images


def measure(weights=RING, images=None, *, teleport=0.2, seed=1, draws=20):
    distribution, _, _ = walk.stationary_distribution(weights, teleport=teleport)
    if images is None:
        images = blank((0, 0))
    return steps.steps(
        distribution,
        weights,
        teleport,
        images,
        stream=np.random.default_rng(seed),
        draws=draws,
    )


def test_total_variation_by_hand():
    first = np.array([[0.5, 0.5, 0], [0.2, 0.3, 0.5]])
    assert steps.total_variation(first, first).tolist() == [0, 0]
    assert steps.total_variation(first, [0, 0, 1]).tolist() == [1, 0.5]
    assert steps.total_variation(first[0], [0.25, 0.5, 0.25]) == 0.25


def test_a_single_pixel_on_a_periodic_lattice_by_hand():
    found = measure(images=blank((0, 0), (2, 3)), teleport=0.2)
    # The walker never stays but by a jump, which hits its pixel once in 16.
    assert found["image_moved"] == pytest.approx([1 - 0.2 / 16] * 2)
    assert found["image_nearness"] == pytest.approx([15 / 16] * 2)


def test_the_stationary_distribution_does_not_move():
    images = np.full((1, 4, 4), 77, np.uint8)
    found = measure(images=images)
    assert found["image_nearness"] == pytest.approx([0], abs=1e-12)
    assert found["image_moved"] == pytest.approx([0], abs=1e-12)


def test_the_brightness_of_an_image_does_not_matter():
    images = np.random.default_rng(1).integers(1, 85, (3, 4, 4)).astype(np.uint8)
    dim, bright = measure(images=images), measure(images=3 * images)
    assert dim["image_moved"] == pytest.approx(bright["image_moved"], abs=1e-14)


@given(st.integers(0, 99), st.sampled_from([0.01, 0.3, 0.9]))
def test_no_step_is_longer_than_the_way_there_and_back(seed, teleport):
    stream = np.random.default_rng(seed)
    weights = stream.integers(0, 3, (9, 9)) * stream.random((9, 9))
    weights = sparse.csr_array(weights + weights.T)
    images = stream.integers(1, 256, (5, 3, 3)).astype(np.uint8)
    found = measure(weights, images, teleport=teleport, seed=seed)
    most = 2 - teleport  # the way back is shorter by a factor 1 - teleport
    far = found["nearness"][:, None]
    assert np.all(found["moved"] <= most * far * (1 + 1e-9) + 1e-11)
    near = found["image_nearness"]
    assert np.all(found["image_moved"] <= most * near + 1e-11)
    # And not shorter than the part of the way that the step goes.
    assert np.all(found["moved"] >= teleport * far * (1 - 1e-9) - 1e-11)


def test_distances_are_those_asked_for_and_steps_grow_with_them():
    found = measure(draws=7)
    assert found["nearness"].tolist() == list(steps.DISTANCES)
    assert found["moved"].shape == (len(steps.DISTANCES), 7)
    # A step is linear: the same directions, each longer by the ratio of distances.
    ratio = found["moved"] / found["nearness"][:, None]
    assert np.allclose(ratio, ratio[0], rtol=1e-6)


def test_the_stream_decides_the_directions():
    assert np.array_equal(measure(seed=1)["moved"], measure(seed=1)["moved"])
    assert not np.array_equal(measure(seed=1)["moved"], measure(seed=2)["moved"])


def shown(moved=1.0, count=400, turned=False, noisy=False):
    """Results whose steps are `moved` distances long, over images in rank order."""
    far = np.array(steps.DISTANCES)
    near = np.linspace(0.5, 0.9, count)
    image_moved = near[::-1] if turned else near
    if noisy:
        image_moved = np.random.default_rng(1).permutation(near)
    return SimpleNamespace(
        nearness=far,
        moved=np.tile(far[:, None] * moved, 5),
        image_nearness=near,
        image_moved=image_moved,
        image_labels=np.arange(count) % 10,
    )


def verdict(found):
    return steps.judge(found, 5)["verdict"]


@pytest.mark.parametrize(
    ("moved", "expected"),
    [(0, "supported"), (2, "supported"), (2.001, "refuted"), (9, "refuted")],
)
def test_no_x_may_move_by_more_than_twice_its_distance(moved, expected):
    assert verdict(shown(moved)) == expected


@pytest.mark.parametrize("distance", range(len(steps.DISTANCES)))
def test_a_single_x_that_moves_farther_refutes_the_claim(distance):
    found = shown()
    found.moved[distance, 3] = 2.01 * found.nearness[distance]
    assert verdict(found) == "refuted"


def test_images_near_by_must_move_less():
    assert verdict(shown()) == "supported"
    assert verdict(shown(turned=True)) == "refuted"
    assert verdict(shown(noisy=True)) == "refuted"


def test_three_standard_errors_depend_on_the_number_of_images():
    # A perfect rank correlation of 9 images is 3 / sqrt(9), and not more.
    assert verdict(shown(count=9)) == "refuted"
    assert verdict(shown(count=10)) == "supported"


def test_the_criterion_counts_every_image_once():
    found = shown(noisy=True, count=10_000)
    near = found.image_nearness
    found.image_moved = near + np.random.default_rng(2).normal(0, 2, len(near))
    rank = stats.spearmanr(near, found.image_moved).statistic
    assert 0.03 < rank < 0.3  # weak, but more than 3 / sqrt(10,000)
    assert verdict(found) == "supported"


def test_the_entry_tells_distances_and_both_groups_of_images():
    found = shown(moved=1.5)
    found.image_moved = np.where(found.image_labels == 5, 0.25, found.image_moved)
    measured = steps.judge(found, 5)["measured"]
    at = measured["x at distance 0.01"]
    assert at["value"] == at["largest"] == pytest.approx(0.015)
    assert measured["images of this digit"] == {
        "value": 0.25,
        "standard_error": 0.0,
        "n": 40,
    }
    assert measured["images of other digits"]["n"] == 360
    rank = stats.spearmanr(found.image_nearness, found.image_moved).statistic
    assert measured["rank correlation over images"] == pytest.approx(rank)
