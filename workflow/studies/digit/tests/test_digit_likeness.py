"""Walks on images and on independent pixels, and the verdict on their likeness."""

from digits import read_part
from studies.digit import kinds
from studies.digit.claims import judge_structure
from studies.digit.measure_likeness import compare, measure_likeness

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

PLAIN = {"weight": {"kind": "product"}, "cut": "at-0"}
pictures = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(2, 5), st.integers(2, 4), st.integers(2, 4)),
    elements=st.sampled_from([0, 1, 90, 255]),
)


def by_hand(pixels, teleport):
    """Stationary distribution and row sums for weights x y, by linear algebra."""
    flat = pixels.reshape(len(pixels), -1).astype(float)
    weights = flat.T @ flat
    size = len(weights)
    sums = weights.sum(axis=1)
    chain = np.full((size, size), 1 / size)
    chain[sums > 0] = weights[sums > 0] / sums[sums > 0, None]
    visits = np.linalg.solve(
        np.eye(size) - (1 - teleport) * chain.T, np.full(size, teleport / size)
    )
    return visits, sums, flat.mean(axis=0)


@given(pictures, st.sampled_from([0.1, 0.5, 0.9]))
def test_correlations_and_distances_by_linear_algebra(pixels, teleport):
    images, null = compare(pixels, np.random.default_rng(3), **PLAIN, teleport=teleport)
    stream = np.random.default_rng(3)
    first, second = (
        by_hand(stream.permuted(pixels, axis=0), teleport) for _ in range(2)
    )
    for found, walk in ((images, by_hand(pixels, teleport)), (null, second)):
        visits, sums, mean = walk
        assume(min(np.ptp(visits), np.ptp(sums), np.ptp(mean)) > 1e-9)
        assert found[0] == pytest.approx(stats.pearsonr(visits, mean)[0], abs=1e-9)
        assert found[1] == pytest.approx(stats.pearsonr(sums, mean)[0], abs=1e-9)
        assert found[2] == pytest.approx(np.abs(visits - first[0]).sum() / 2, abs=1e-9)


def test_a_single_image_is_its_own_stationary_distribution():
    # w = x x^T: every row of the walk is x, and so are the row sums.
    image = np.random.default_rng(1).integers(0, 256, (1, 6, 6)).astype(np.uint8)
    images, null = compare(image, np.random.default_rng(2), **PLAIN, teleport=0.3)
    assert images == pytest.approx([1, 1, 0], abs=1e-12)
    assert null == pytest.approx([1, 1, 0], abs=1e-12)


def test_without_jumps_the_row_sums_are_the_stationary_distribution():
    stream = np.random.default_rng(2)
    pixels = stream.integers(0, 256, (20, 5, 5)).astype(np.uint8)
    pixels[pixels < 128] = 0  # else all are connected, and the two agree anyway
    gaps = []
    for teleport in (0.1, 1e-3, 1e-5):
        (visits, sums, _), _ = compare(
            pixels,
            stream,
            weight={"kind": "coactivation"},
            cut="at-0",
            teleport=teleport,
        )
        gaps.append(abs(visits - sums))
    assert gaps[2] < 1e-6 and gaps[2] < gaps[1] / 10 < gaps[0] / 100


def test_images_of_one_grey_have_no_correlation():
    images, _ = compare(
        np.full((6, 3, 3), 7, np.uint8), np.random.default_rng(1), **PLAIN, teleport=0.1
    )
    assert np.isnan(images[:2]).all() and images[2] == pytest.approx(0, abs=1e-12)


def test_fives_are_less_like_their_mean_than_independent_pixels(mnist):
    pixels, labels = read_part(mnist, "train")
    images, null = compare(
        pixels[labels == 5][:200],
        np.random.default_rng(1),
        weight={"kind": "coactivation"},
        cut="at-0",
        teleport=0.01,
    )
    assert images[0] == pytest.approx(0.991, abs=0.001)
    assert null[0] > images[0] and images[2] > 3 * null[2]


def shapes(count, seed=1):
    """Many bright pixels or few: those of large shapes are on with more others."""
    stream = np.random.default_rng(seed)
    pixels = stream.integers(0, 60, (count, 6, 6)).astype(np.uint8)
    large = stream.random(count) < 0.5
    pixels[large, :3] = 255
    pixels[~large, 5, :2] = 255
    return pixels


def measured(pixels, **settings):
    settings = PLAIN | {"teleport": 0.01, "choices": 30} | settings
    likeness = measure_likeness(
        pixels[:20],
        pixels,
        settings=settings,
        seeds=np.random.SeedSequence(1),
        threads=2,
    )
    return from_images(likeness)


def from_images(likeness, dataset="MNIST", label=5):
    images = {"dataset": dataset, "label": label, "count": 200}
    likeness.attributes = {"settings": images, "source": None}
    return likeness


def test_independent_pixels_are_never_supported():
    pixels = np.random.default_rng(2).permuted(shapes(200), axis=0)
    entry = judge_structure(measured(pixels))
    assert entry["verdict"] in ("undecided", "refuted")
    gain = entry["measured"]["distance, less that of independent pixels"]["interval"]
    assert gain[0] < 0 < gain[1]


def test_the_files_hold_choices_of_images_and_of_independent_pixels():
    likeness = measured(shapes(200))
    assert likeness.first.shape == (3,)
    assert likeness.choices.shape == likeness.nulls.shape == (30, 3)
    assert likeness.choices[:, 2].min() > likeness.nulls[:, 2].max()
    again = measured(shapes(200))
    assert np.array_equal(again.choices, likeness.choices)
    assert np.array_equal(again.first, likeness.first)


def shown(visits, null=0.5, count=101):
    table = np.empty((count, 3))
    table[:] = np.transpose(np.broadcast_arrays(visits, 0.9, 0.3))
    nulls = table.copy()
    nulls[:, 0], nulls[:, 2] = null, 0.1
    return from_images(
        kinds.Likeness(first=table[count // 2].copy(), choices=table, nulls=nulls)
    )


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
        (np.nan, 0.5, "undecided"),
    ],
)
def test_the_images_must_be_more_like_their_mean_than_independent_pixels(
    visits, null, expected
):
    assert judge_structure(shown(visits, null))["verdict"] == expected


def test_the_entry_gives_values_differences_and_the_null():
    entry = judge_structure(shown(MANY, 0.45))
    name = "correlation of the stationary distribution"
    assert entry["measured"][name]["value"] == pytest.approx(0.5)
    assert entry["measured"][name]["interval"] == pytest.approx([0.405, 0.595])
    assert entry["null"][name]["value"] == pytest.approx(0.45)
    assert entry["null"][name]["interval"] == pytest.approx([0.45, 0.45])
    less = entry["measured"]["correlation, less that of independent pixels"]
    assert less["value"] == pytest.approx(0.05)
    assert less["interval"] == pytest.approx([-0.045, 0.145])
    distance = entry["measured"]["distance, less that of independent pixels"]
    assert distance["value"] == pytest.approx(0.2)


def test_the_note_names_the_images():
    likeness = from_images(shown(0.6), dataset="my folder", label="shoes")
    assert "my folder, 200 images of shoes" in judge_structure(likeness)["note"]
