"""Distance and loss of images, the bound of a step, and the verdicts on them."""

from copy import deepcopy
from types import SimpleNamespace

from pixelwalk import graph, pairs
from pixelwalk.graph import walk
from pixelwalk.graph.steps import total_variation
from pixelwalk.storage.kind import mismatches
from studies.programme import chains, low_loss
from studies.programme.claims_steps import judge_low_loss, judge_step_bound
from studies.programme.measure_fixed_points import measure_fixed_points

import numpy as np
import pytest
from scipy import stats

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


POPULATION, TEST = drawn(60), drawn(60)


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


@pytest.fixture(scope="module")
def found():
    return measure()


def of_digit(digit):
    chosen = POPULATION.images[POPULATION.labels == digit][:50]
    return graph.sparsify(pairs.pair_weights(chosen, **WEIGHT), "at-0")


def test_every_dataset_has_the_shape_of_the_kind(found):
    assert list(mismatches(found)) == []
    assert found.digits.tolist() == [3, 8]
    assert found.image_labels.tolist() == TEST.labels.tolist()


def test_distance_and_loss_are_those_of_the_definition(found):
    for row, digit in enumerate((3, 8)):
        adjacency = of_digit(digit)
        y, _, _ = walk.stationary_distribution(adjacency, teleport=0.01)
        chain = chains.chain(adjacency, 0.01)
        for number, image in enumerate(TEST.images):
            x = np.where(image.any(), image, 1).ravel() / max(image.sum(), 1)
            x = x / x.sum()
            expected = np.linalg.norm(y - x), np.linalg.norm(y - chain @ x)
            told = found.distances[row, 0, number], found.losses[row, 0, number]
            assert told == pytest.approx(expected)


def test_overlap_and_rank_correlation_are_those_of_other_code(found):
    distances, losses = found.distances[0, 0], found.losses[0, 0]
    most = int(low_loss.SHARE * len(distances))
    chosen = [set(np.argsort(values)[:most]) for values in (distances, losses)]
    assert found.overlaps[0, 0, 0] == len(set.intersection(*chosen)) / most
    expected = stats.spearmanr(distances, losses).statistic
    assert found.ranks[0, 0, 0] == pytest.approx(expected)


def test_a_sample_counts_images_as_often_as_it_has_them():
    first, second = STREAM.random((2, 200))
    counts = STREAM.multinomial(200, np.full(200, 1 / 200), 3)
    overlaps, ranks = low_loss.agreement(first, second, counts)
    for row, overlap, rank in zip(counts, overlaps, ranks, strict=True):
        one, other = np.repeat(first, row), np.repeat(second, row)
        assert rank == pytest.approx(stats.spearmanr(one, other).statistic)
        assert 0 <= overlap <= 1
    same, _ = low_loss.agreement(first, 2 * first, counts)
    opposite, turned = low_loss.agreement(first, -first, counts)
    assert same == pytest.approx(1) and opposite == pytest.approx(0)
    assert turned == pytest.approx(-1)


def test_losses_that_are_all_equal_agree_by_chance():
    counts = np.ones((1, 200))
    overlap, rank = low_loss.agreement(STREAM.random(200), np.full(200, 0.3), counts)
    assert overlap == pytest.approx(low_loss.SHARE) and rank == 0


def test_a_chain_that_forgets_at_once_gives_every_image_the_same_loss():
    y = STREAM.dirichlet(np.ones(25))
    shown = low_loss.as_distributions(TEST.images)
    (distances, losses), _ = low_loss.norms(shown, y, np.tile(y, (25, 1)), 0.0)
    assert losses == pytest.approx(0, abs=1e-15) and distances.min() > 0.01


def test_no_direction_moves_farther_than_the_worst_pair(found):
    for row, digit in enumerate((3, 8)):
        adjacency = of_digit(digit)
        y, _, _ = walk.stationary_distribution(adjacency, teleport=0.01)
        chain = chains.chain(adjacency, 0.01)
        ratio, pair = low_loss.farthest(chain)
        assert found.farthest[row] == ratio and 1 < ratio <= 1.99
        others = STREAM.dirichlet(np.full(25, 0.1), 500)
        moved = total_variation(others @ chain.T, others)
        assert np.all(moved <= ratio * total_variation(others, y) + 1e-12)
        assert low_loss.moved(chain, y, pair) == pytest.approx(ratio)


def test_two_pixels_that_swap_move_almost_twice_their_distance():
    chain = chains.chain(np.array([[0.0, 1], [1, 0]]), 0.1)
    ratio, pair = low_loss.farthest(chain)
    assert ratio == pytest.approx(1.9) and pair == (0, 1)
    assert low_loss.moved(chain, np.array([0.5, 0.5]), pair) == pytest.approx(1.9)
    assert low_loss.farthest(np.eye(4))[0] == 0


def verdict(found):
    return judge_low_loss(found)["verdict"]


def good(found):
    """Results under which the claim holds for both digits."""
    better = deepcopy(found)
    spread = np.linspace(-0.02, 0.02, better.overlaps.shape[-1])
    better.overlaps[:, 0] = better.ranks[:, 0] = 0.8 + spread
    better.overlaps[:, 1] = better.ranks[:, 1] = 0.1 + spread[::-1]
    return better


def test_agreement_above_both_thresholds_and_the_null_supports_the_claim(found):
    entry = judge_low_loss(good(found))
    assert entry["verdict"] == "supported"
    told = entry["measured"]["digit 8"]["overlap"]
    assert told["value"] == pytest.approx(0.78) and told["interval"][0] > 0.78
    null = entry["null"]["digit 8"]["rank correlation"]["value"]
    assert null == pytest.approx(0.12)


@pytest.mark.parametrize("digit", [0, 1])
@pytest.mark.parametrize("name", ["overlaps", "ranks"])
def test_every_digit_and_both_measures_count(found, digit, name):
    low, null, wide = good(found), good(found), good(found)
    getattr(low, name)[digit, 0] = 0.45
    assert verdict(low) == "refuted"
    getattr(null, name)[digit, 1] = 0.9
    assert verdict(null) == "refuted"
    values = getattr(wide, name)
    values[digit, 0] = np.linspace(0.4, 0.9, values.shape[-1])
    assert verdict(wide) == "undecided"


def test_a_walk_that_forgets_at_once_is_no_support(found):
    flat = good(found)
    flat.overlaps[:, 0], flat.ranks[:, 0] = 0.05, 0
    assert verdict(flat) == "refuted"


def test_too_few_test_images_tell_nothing():
    few = SimpleNamespace(images=TEST.images[:99], labels=TEST.labels[:99])
    entry = judge_low_loss(measure(test=few))
    assert entry["verdict"] == "not measured" and "of 99 test images" in entry["note"]


def test_the_bound_holds_and_is_a_theorem(found):
    entry = judge_step_bound(found)
    assert entry["verdict"] == "supported" and entry["nature"] == "theorem"
    assert not entry["null"] and entry["measured"]["bound"] == pytest.approx(1.99)


@pytest.mark.parametrize("row", [0, 1])
def test_a_step_that_is_none_of_the_walk_turns_the_verdict(found, row):
    far, other = deepcopy(found), deepcopy(found)
    far.farthest[row] = far.attained[row] = 1.9901
    other.attained[row] *= 1.001
    assert judge_step_bound(far)["verdict"] == "refuted"
    assert judge_step_bound(other)["verdict"] == "refuted"


def test_equal_seeds_give_equal_results(found):
    again = measure()
    for name, value in vars(found).items():
        np.testing.assert_array_equal(value, getattr(again, name))
