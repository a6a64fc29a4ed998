"""Stationary distribution, row sums and mean image: where one gives the other."""

from types import SimpleNamespace

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from pixelwalk import images
from pixelwalk.claims import likeness
from pixelwalk.mnist import find_part

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
    found = likeness.likeness(
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
    found = likeness.likeness(
        image, weight={"kind": "product"}, cut="at-0", teleport=0.3
    )
    assert found[:2] == pytest.approx([1, 1], abs=1e-12)


def test_without_jumps_the_row_sums_are_the_stationary_distribution():
    stream = np.random.default_rng(2)
    pixels = stream.integers(0, 256, (20, 5, 5)).astype(np.uint8)
    gaps = []
    for teleport in (0.1, 1e-3, 1e-5):
        visits, sums, _ = likeness.likeness(
            pixels, weight={"kind": "coactivation"}, cut="at-0", teleport=teleport
        )
        gaps.append(abs(visits - sums))
    assert gaps[2] < 1e-6 and gaps[2] <= gaps[1] <= gaps[0]


def test_inverted_weights_turn_the_sign():
    # Only ever-dark pixels have the same state as the dark background.
    pixels = np.zeros((2, 4, 4), np.uint8)
    pixels[0, 0, :2] = 200
    pixels[1, 0, 1:3] = 200
    found = likeness.likeness(
        pixels, weight={"kind": "same-state"}, cut="at-0", teleport=0.01
    )
    assert found[0] < 0 and found[1] < 0


def test_fives_look_like_their_stationary_distribution(mnist):
    pixels, labels = images.read_labelled(*find_part(mnist, "train"))
    found = likeness.likeness(
        pixels[labels == 5][:200],
        weight={"kind": "coactivation"},
        cut="at-0",
        teleport=0.01,
    )
    assert found[0] == pytest.approx(0.99, abs=0.005)


def shown(visits, sums=0.9, partial=0.1, count=101):
    table = np.empty((count, 3))
    table[:] = np.transpose(np.broadcast_arrays(visits, sums, partial))
    return SimpleNamespace(first=table[count // 2].copy(), choices=table)


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        (0.9501, "supported"),
        (0.95, "refuted"),
        (0.9499, "refuted"),
        (-0.99, "refuted"),
        # 2 of 101 choices may lie below; the third is within the interval.
        (np.r_[np.full(2, 0.5), np.full(99, 0.99)], "supported"),
        (np.r_[np.full(4, 0.5), np.full(97, 0.99)], "refuted"),
    ],
)
def test_the_whole_interval_lies_above(visits, expected):
    assert likeness.judge(shown(visits))["verdict"] == expected


def test_neither_the_row_sums_nor_the_first_images_decide():
    found = shown(0.99, sums=0.1, partial=-1)
    assert likeness.judge(found)["verdict"] == "supported"
    found.first[0] = 0.1
    assert likeness.judge(found)["verdict"] == "supported"


def test_the_entry_tells_the_share_that_row_sums_explain():
    found = shown(0.96, sums=np.linspace(0.48, 0.96, 101))
    measured = likeness.judge(found)["measured"]
    share = measured["share explained by the row sums"]
    assert share["value"] == pytest.approx(0.75**2)
    assert share["interval"][0] == pytest.approx((0.5 + 0.5 * 0.025) ** 2, abs=1e-3)
    assert measured["row sums"]["value"] == pytest.approx(0.72)
    assert measured["stationary distribution"]["interval"] == [0.96, 0.96]
