"""Stationary distribution, row sums and mean image: where one gives the other."""

from digits import read_part
from studies.digit import kinds
from studies.digit.claims import judge_structure
from studies.digit.measure_likeness import correlations, correlations_with_digits

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

pictures = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(2, 5), st.integers(2, 4), st.integers(2, 4)),
    elements=st.sampled_from([0, 1, 90, 255]),
)


def by_hand(pixels, teleport):
    """Correlations for weights x y, by linear algebra and regression."""
    flat = pixels.reshape(len(pixels), -1).astype(float)
    weights = flat.T @ flat
    size = len(weights)
    sums = weights.sum(axis=1)
    chain = np.full((size, size), 1 / size)
    chain[sums > 0] = weights[sums > 0] / sums[sums > 0, None]
    visits = np.linalg.solve(
        np.eye(size) - (1 - teleport) * chain.T, np.full(size, teleport / size)
    )
    mean = flat.mean(axis=0)
    known = np.stack([np.ones(size), sums], axis=1)
    rests = [v - known @ np.linalg.lstsq(known, v)[0] for v in (visits, mean)]
    return visits, sums, mean, rests


@given(pictures, st.sampled_from([0.1, 0.5, 0.9]))
def test_three_correlations_by_linear_algebra(pixels, teleport):
    visits, sums, mean, rests = by_hand(pixels, teleport)
    assume(min(np.ptp(visits), np.ptp(sums), np.ptp(mean)) > 1e-9)
    found = correlations(
        pixels, weight={"kind": "product"}, cut="at-0", teleport=teleport
    )
    assert found[0] == pytest.approx(stats.pearsonr(visits, mean)[0], abs=1e-9)
    assert found[1] == pytest.approx(stats.pearsonr(sums, mean)[0], abs=1e-9)
    scales = np.linalg.norm(rests, axis=1) / np.linalg.norm([visits, mean], axis=1)
    if scales.min() > 1e-3:  # else nothing is left to correlate
        assert found[2] == pytest.approx(stats.pearsonr(*rests)[0], abs=1e-6)


def test_a_single_image_is_its_own_stationary_distribution():
    # w = x x^T: every row of the walk is x, and so are the row sums.
    image = np.random.default_rng(1).integers(0, 256, (1, 6, 6)).astype(np.uint8)
    found = correlations(image, weight={"kind": "product"}, cut="at-0", teleport=0.3)
    assert found[:2] == pytest.approx([1, 1], abs=1e-12)


def test_without_jumps_the_row_sums_are_the_stationary_distribution():
    stream = np.random.default_rng(2)
    pixels = stream.integers(0, 256, (20, 5, 5)).astype(np.uint8)
    pixels[pixels < 128] = 0  # else all are connected, and the two agree anyway
    gaps = []
    for teleport in (0.1, 1e-3, 1e-5):
        visits, sums, _ = correlations(
            pixels, weight={"kind": "coactivation"}, cut="at-0", teleport=teleport
        )
        gaps.append(abs(visits - sums))
    assert gaps[2] < 1e-6 and gaps[2] < gaps[1] / 10 < gaps[0] / 100


def test_inverted_weights_turn_the_sign():
    # Only ever-dark pixels have the same state as the dark background.
    pixels = np.zeros((2, 4, 4), np.uint8)
    pixels[0, 0, :2] = 200
    pixels[1, 0, 1:3] = 200
    found = correlations(
        pixels, weight={"kind": "same-state"}, cut="at-0", teleport=0.01
    )
    assert found[0] < 0 and found[1] < 0


def test_fives_look_like_their_stationary_distribution(mnist):
    pixels, labels = read_part(mnist, "train")
    found = correlations(
        pixels[labels == 5][:200],
        weight={"kind": "coactivation"},
        cut="at-0",
        teleport=0.01,
    )
    assert found[0] == pytest.approx(0.99, abs=0.005)


def test_a_digits_own_mean_is_like_it_alone():
    stream = np.random.default_rng(4)
    labels = np.tile(np.arange(9, dtype=np.uint8), 5)  # no 9
    pixels = stream.integers(0, 256, (45, 4, 6)).astype(np.uint8)
    means = np.array([pixels[labels == digit].mean(axis=0) for digit in range(9)])
    for digit, mean in enumerate(means):
        found = correlations_with_digits(mean / mean.sum(), pixels, labels)
        assert found.shape == (10,)
        assert found[digit] == pytest.approx(1, abs=1e-12)
        assert np.isnan(found).tolist() == [False] * 9 + [True]
        for other in set(range(9)) - {digit}:
            expected = stats.pearsonr(mean.ravel(), means[other].ravel()).statistic
            assert found[other] == pytest.approx(expected, abs=1e-12)
            assert found[other] < 0.999
    turned = correlations_with_digits(-means[3], pixels, labels)
    assert turned[3] == pytest.approx(-1, abs=1e-12)


def test_the_order_of_the_population_does_not_matter():
    stream = np.random.default_rng(6)
    labels = stream.integers(0, 10, 80).astype(np.uint8)
    pixels = stream.integers(0, 256, (80, 3, 3)).astype(np.uint8)
    order, distribution = stream.permutation(80), stream.random((3, 3))
    first = correlations_with_digits(distribution, pixels, labels)
    second = correlations_with_digits(distribution, pixels[order], labels[order])
    assert first == pytest.approx(second, abs=1e-12)
    assert first != pytest.approx(
        correlations_with_digits(distribution, pixels, labels[order]),
        abs=1e-3,
    )


def test_fives_walk_to_a_five_and_to_no_other_digit(mnist):
    pixels, labels = read_part(mnist, "train")
    few = pixels[labels == 5][:200].reshape(200, -1) > 0
    sums = (few.T.astype(float) @ few).sum(axis=1).reshape(28, 28)
    found = correlations_with_digits(sums, pixels, labels)
    assert found.argmax() == 5 and found[5] > 0.95
    assert np.delete(found, 5).max() < 0.95


OTHERS = np.array([0.3, -0.2, 0.5, 0.8, 0.1, 1.0, 0.4, 0.2, 0.7, 0.6])  # of a 5


def shown(visits, sums=0.9, partial=0.1, count=101, null=0.5):
    table = np.empty((count, 3))
    table[:] = np.transpose(np.broadcast_arrays(visits, sums, partial))
    nulls = table.copy()
    nulls[:, 0] = null
    return kinds.Likeness(
        first=table[count // 2].copy(),
        choices=table,
        nulls=nulls,
        digits=OTHERS.copy(),
    )


def judge(likeness, label=5):
    images = {"label": label, "dataset": "MNIST"}
    return judge_structure(likeness, images)


FEW, MANY = np.r_[np.full(2, 0.4), np.full(99, 0.6)], np.linspace(0.4, 0.6, 101)


@pytest.mark.parametrize(
    ("visits", "null", "expected"),
    [
        (0.501, 0.5, "supported"),
        (0.5, 0.5, "refuted"),
        (0.499, 0.5, "refuted"),
        # 2 of 101 choices may lie below; the third is within the interval.
        (FEW, 0.5, "supported"),
        (MANY, 0.5, "undecided"),
        # Choices are compared with their own shuffled pixels.
        (MANY, MANY - 0.001, "supported"),
        (MANY, MANY[::-1], "undecided"),
        # A high correlation alone says nothing of the structure.
        (0.99, 0.995, "refuted"),
    ],
)
def test_the_images_must_be_more_like_their_mean_than_independent_pixels(
    visits, null, expected
):
    entry = judge(shown(visits, null=null))
    assert entry["verdict"] == expected
    assert entry["null"]["stationary distribution"]["value"] == pytest.approx(
        np.mean(null)
    )


def test_another_label_is_named_and_its_own_mean_is_no_other_digit():
    near = "nearest mean image of another digit"
    assert judge(shown(0.97), 5)["measured"][near] == max(np.delete(OTHERS, 5))
    assert judge(shown(0.97), 3)["measured"][near] == max(np.delete(OTHERS, 3))
    assert "label 3" in judge(shown(0.97), 3)["note"]


def explained(values, *known):
    """R^2 of an ordinary least-squares fit with a constant."""
    table = np.stack([np.ones(len(values)), *known], axis=1)
    rest = values - table @ np.linalg.lstsq(table, values)[0]
    return 1 - np.sum(rest**2) / np.sum((values - values.mean()) ** 2)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("teleport", [0.3, 0.8])
def test_the_share_is_that_of_two_regressions(seed, teleport):
    stream = np.random.default_rng(seed)
    pixels = stream.choice([0, 0, 0, 90, 255], (3, 4, 5)).astype(np.uint8)
    visits, sums, mean, _ = by_hand(pixels, teleport)
    first = correlations(
        pixels, weight={"kind": "product"}, cut="at-0", teleport=teleport
    )
    found = shown(0.5)
    found.first = first
    found.choices = found.nulls = np.tile(first, (30, 1))
    share = judge(found)["measured"]["share explained by the row sums"]
    sums, visits = (v / np.linalg.norm(v) for v in (sums, visits))
    expected = explained(mean, sums) / explained(mean, sums, visits)
    assert 0 < expected < 1
    assert share["value"] == pytest.approx(expected, abs=1e-6)
    assert share["interval"] == pytest.approx([expected, expected], abs=1e-6)


COEFFICIENTS = st.sampled_from([-1, -0.99, -0.4, 1e-6, 0.3, 0.8, 0.999999, 1])


@given(COEFFICIENTS, st.one_of(COEFFICIENTS, st.just(0)))
def test_the_share_is_one(sums, partial):
    entry = judge(shown(0.97, sums=sums, partial=partial))
    share = entry["measured"]["share explained by the row sums"]
    assert all(0 <= value <= 1 for value in (share["value"], *share["interval"]))
    if partial == 0 or abs(sums) == 1:  # then nothing is left to the walk
        assert share["value"] == 1


def test_the_entry_tells_the_share_that_row_sums_explain():
    found = shown(0.96, sums=np.linspace(0.48, 0.96, 101), partial=0.5)

    def share_of(sums):
        return sums**2 / (sums**2 + (1 - sums**2) / 4)

    measured = judge(found)["measured"]
    share = measured["share explained by the row sums"]
    assert share["value"] == pytest.approx(share_of(0.72))
    ends = [share_of(0.48 * (1 + tail)) for tail in (0.025, 0.975)]
    assert share["interval"] == pytest.approx(ends, abs=1e-4)
    assert measured["row sums"]["value"] == pytest.approx(0.72)
    assert measured["stationary given row sums"]["value"] == pytest.approx(0.5)
    assert measured["stationary distribution"]["interval"] == [0.96, 0.96]
