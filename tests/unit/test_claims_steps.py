"""One step of the walk: never farther than geometry allows, and by hand on a ring."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from pixelwalk.claims import steps
from pixelwalk.graph import walk
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


def test_a_pixel_that_a_step_moves_far_is_among_the_directions():
    # Two pixels that join each other alone, and 14 that join all, themselves the most.
    weights = np.ones((16, 16)) + 16 * np.eye(16)
    weights[:2] = weights[:, :2] = 0
    weights[0, 1] = weights[1, 0] = 1
    graph = sparse.csr_array(weights)
    found = measure(graph, blank((0, 0)), teleport=0.01)
    ratio = found["moved"] / found["nearness"][:, None]
    pi, _, _ = walk.stationary_distribution(graph, teleport=0.01)
    chain = 0.99 * weights / weights.sum(axis=1, keepdims=True) + 0.01 / 16
    for pixel, start in enumerate(np.eye(16)):
        expected = np.abs(start @ chain - start).sum() / np.abs(start - pi).sum()
        assert ratio[:, 20 + pixel] == pytest.approx(expected, rel=1e-6)
    # Random directions miss it; the verdict does not.
    for moved, expected in (
        (found["moved"], "refuted"),
        (found["moved"][:, :20], "supported"),
    ):
        judged = shown()
        judged.moved = moved
        assert verdict(judged) == expected


def test_one_pixel_is_where_the_walk_always_is():
    found = measure(sparse.csr_array([[1.0]]), np.ones((2, 1, 1), np.uint8), draws=2)
    assert found["moved"].shape == (len(steps.DISTANCES), 3)
    assert not found["moved"].any() and not found["image_moved"].any()


def test_the_stream_decides_the_random_directions_alone():
    one, same, other = (measure(seed=seed)["moved"] for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.isclose(one[:, :20], other[:, :20]).any()
    assert np.array_equal(one[:, 20:], other[:, 20:])


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
    [
        *((0, "supported"), (1, "supported"), (1.0099, "supported")),
        *((1.0101, "refuted"), (2, "refuted"), (9, "refuted")),
    ],
)
def test_no_x_may_move_by_more_than_its_distance(moved, expected):
    assert verdict(shown(moved)) == expected


@pytest.mark.parametrize("distance", range(len(steps.DISTANCES)))
def test_a_single_x_that_moves_farther_refutes_the_claim(distance):
    found = shown()
    found.moved[distance, 3] = 1.0099 * found.nearness[distance]
    assert verdict(found) == "supported"
    found.moved[distance, 3] = 1.0101 * found.nearness[distance]
    assert verdict(found) == "refuted"


def test_images_near_by_must_move_less():
    assert verdict(shown()) == "supported"
    assert verdict(shown(turned=True)) == "refuted"
    assert verdict(shown(noisy=True)) == "refuted"


def lower_end(correlation, count):
    """Of the 95 % interval of a correlation, by Fisher's transformation."""
    return np.tanh(np.arctanh(correlation) - stats.norm.ppf(0.975) / np.sqrt(count - 3))


def test_the_interval_depends_on_the_number_of_images():
    # Of three images not even a perfect rank correlation tells anything.
    for count, expected in ((3, "refuted"), (4, "supported")):
        found = shown(count=count)
        found.image_labels = np.arange(5, 5 + count)
        assert verdict(found) == expected


def correlated(noise, count):
    found = shown(count=count)
    near = found.image_nearness
    found.image_moved = near + np.random.default_rng(2).normal(0, noise, count)
    return found, stats.spearmanr(near, found.image_moved).statistic


@pytest.mark.parametrize(
    ("noise", "count", "expected"),
    [
        (0.14, 30, "refuted"),
        (0.14, 3000, "supported"),
        (0.195, 3000, "supported"),
        (0.2, 3000, "refuted"),
        (2, 10_000, "refuted"),
    ],
)
def test_the_whole_interval_lies_above_a_half(noise, count, expected):
    found, rank = correlated(noise, count)
    assert rank > 0.03  # far more than chance, but that is not enough
    assert (lower_end(rank, count) > 0.5) == (expected == "supported")
    assert verdict(found) == expected
    measured = steps.judge(found, 5)["measured"]["rank correlation over images"]
    assert measured["value"] == pytest.approx(rank)
    assert measured["interval"][0] == pytest.approx(lower_end(rank, count))
    assert measured["interval"][1] == pytest.approx(-lower_end(-rank, count))


@pytest.mark.parametrize(("noise", "count"), [(0.14, 30), (0.2, 3000)])
def test_a_rank_correlation_above_a_half_is_not_enough(noise, count):
    found, rank = correlated(noise, count)
    assert rank > 0.5 and verdict(found) == "refuted"


def test_ranks_decide_and_not_values():
    found = shown()
    found.image_moved = np.exp(40 * found.image_nearness)
    assert stats.pearsonr(found.image_nearness, found.image_moved).statistic < 0.6
    assert verdict(found) == "supported"


def test_the_entry_tells_distances_and_both_groups_of_images():
    found = shown(moved=1.5)
    found.image_moved = np.where(found.image_labels == 5, 0.25, found.image_moved)
    measured = steps.judge(found, 5)["measured"]
    at = measured["moved, for x at distance 0.01"]
    assert at["value"] == at["largest"] == pytest.approx(0.015)
    assert measured["moved, images of this digit"] == {
        "value": 0.25,
        "standard_error": 0.0,
        "n": 40,
    }
    assert measured["moved, images of other digits"]["n"] == 360
    same = found.image_labels == 5
    for name, chosen in (("this digit", same), ("other digits", ~same)):
        distance = measured[f"distance of images of {name}"]
        assert distance["value"] == pytest.approx(found.image_nearness[chosen].mean())
        assert distance["n"] == chosen.sum()
    rank = stats.spearmanr(found.image_nearness, found.image_moved).statistic
    told = measured["rank correlation over images"]
    assert told["value"] == pytest.approx(rank)
    assert told["interval"][0] < rank < told["interval"][1]
    assert "largest movement seen is 1.50 times" in steps.judge(found, 5)["note"]
