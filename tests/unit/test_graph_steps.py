"""One step of the walk: never farther than geometry allows, and by hand on a ring."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pixelwalk.graph import steps, walk
from pixelwalk.ising import lattice

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
    assert found["moved"].shape == (len(steps.DISTANCES), 7 + 16)
    # A step is linear: the same directions, each longer by the ratio of distances.
    ratio = found["moved"] / found["nearness"][:, None]
    assert np.allclose(ratio, ratio[0], rtol=1e-6)


def test_steps_towards_every_pixel_by_hand():
    moved = measure(draws=3, teleport=0.2)["moved"][:, 3:]
    # Of a walker on its pixel, 15 / 16 away, a step moves all but a jump back.
    ratio = (1 - 0.2 / 16) / (15 / 16)
    expected = ratio * np.array(steps.DISTANCES)[:, None] * np.ones(16)
    assert moved == pytest.approx(expected, rel=1e-9)


def test_one_pixel_is_where_the_walk_always_is():
    found = measure(sparse.csr_array([[1.0]]), np.ones((2, 1, 1), np.uint8), draws=2)
    assert found["moved"].shape == (len(steps.DISTANCES), 3)
    assert not found["moved"].any() and not found["image_moved"].any()


def test_the_stream_decides_the_random_directions_alone():
    one, same, other = (measure(seed=seed)["moved"] for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.isclose(one[:, :20], other[:, :20]).any()
    assert np.array_equal(one[:, 20:], other[:, 20:])
