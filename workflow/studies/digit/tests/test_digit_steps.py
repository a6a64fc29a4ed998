"""The verdict on steps: how far anything may move, and which images move little."""

from pixelwalk.graph import steps, walk
from pixelwalk.graph.steps import DISTANCES
from studies.digit import claims, kinds

import numpy as np
import pytest
from scipy import sparse, stats


def shown(moved=1.0, count=400, turned=False, noisy=False):
    """Results whose steps are `moved` distances long, over images in rank order."""
    far = np.array(DISTANCES)
    near = np.linspace(0.5, 0.9, count)
    image_moved = near[::-1] if turned else near
    if noisy:
        image_moved = np.random.default_rng(1).permutation(near)
    return kinds.Steps(
        nearness=far,
        moved=np.tile(far[:, None] * moved, 5),
        image_nearness=near,
        image_moved=image_moved,
        image_labels=np.arange(count) % 10,
    )


def verdict(found):
    return claims.judge_steps(found, 5)["verdict"]


def test_a_pixel_that_a_step_moves_far_is_among_the_directions():
    # Two pixels that join each other alone, and 14 that join all, themselves the most.
    weights = np.ones((16, 16)) + 16 * np.eye(16)
    weights[:2] = weights[:, :2] = 0
    weights[0, 1] = weights[1, 0] = 1
    graph = sparse.csr_array(weights)
    pi, _, _ = walk.stationary_distribution(graph, teleport=0.01)
    images = np.full((1, 4, 4), 77, np.uint8)
    stream = np.random.default_rng(1)
    found = steps.steps(pi, graph, 0.01, images, stream=stream, draws=20)
    ratio = found["moved"] / found["nearness"][:, None]
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


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        *((0, "supported"), (1, "supported"), (1.0099, "supported")),
        *((1.0101, "refuted"), (2, "refuted"), (9, "refuted")),
    ],
)
def test_no_x_may_move_by_more_than_its_distance(moved, expected):
    assert verdict(shown(moved)) == expected


@pytest.mark.parametrize("distance", range(len(DISTANCES)))
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
    measured = claims.judge_steps(found, 5)["measured"]["rank correlation over images"]
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
    measured = claims.judge_steps(found, 5)["measured"]
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
    assert "largest movement seen is 1.50 times" in claims.judge_steps(found, 5)["note"]
