"""Filters of the best circulant matrices, against least squares, and their verdict."""

from copy import deepcopy

from pixelwalk.storage.kind import mismatches
from studies.programme.claims_patterns import judge_filters
from studies.programme.measure_filters import (
    best_filters,
    measure_filters,
    taps_within,
    window,
)

import numpy as np
import pytest

STREAM = np.random.default_rng(1)


def shifts(image):
    """All cyclic shifts of an image, as columns."""
    rows, columns = image.shape
    steps = [(down, right) for down in range(rows) for right in range(columns)]
    return np.stack([np.roll(image, s, (0, 1)).ravel() for s in steps], axis=1)


def test_the_filter_is_that_of_least_squares_over_all_shifts():
    before, after = STREAM.random((2, 3, 4))
    weights = shifts(after) @ np.linalg.inv(shifts(before))
    (found,) = best_filters(before[None], after[None])
    assert shifts(found) == pytest.approx(weights)


def test_missing_frequencies_give_the_filter_of_least_norm():
    before, after = np.ones((3, 4)), STREAM.random((3, 4))
    weights = shifts(after) @ np.linalg.pinv(shifts(before))
    (found,) = best_filters(before[None], after[None])
    assert shifts(found) == pytest.approx(weights, abs=1e-12)


@pytest.mark.parametrize(
    ("shape", "side"), [((28, 28), 7), ((10, 10), 3), ((8, 8), 1), ((4, 4), 1)]
)
def test_a_small_window_has_an_odd_side_and_a_tenth_of_the_pixels(shape, side):
    assert window(shape) == side


def test_the_best_window_is_searched_cyclically():
    filters = np.zeros((2, 6, 6))
    filters[0, [0, 5, 5], [0, 0, 5]] = [1, -2, 3]
    filters[0, 2, 2] = 4
    filters[1] = -1
    assert taps_within(filters, 3) == pytest.approx([0.6, 9 / 36])
    assert taps_within(filters, 1) == pytest.approx([0.4, 1 / 36])
    assert np.isnan(taps_within(0 * filters, 3)).all()


def test_images_are_used_once_and_the_null_permutes_them():
    images = STREAM.random((9, 10, 10))
    found = measure_filters(images, np.random.default_rng(2))
    assert list(mismatches(found)) == []
    assert found.shares.shape == (2, 4) and found.side == 3 and found.pixels == 100
    assert np.all((found.shares > 0.09) & (found.shares < 0.5))


def local():
    """Shares in the window of local filters, and of permuted images."""
    found = measure_filters(STREAM.random((80, 10, 10)), np.random.default_rng(2))
    small = np.zeros((40, 10, 10))
    small[:, 4:7, 2:5] = STREAM.normal(size=(40, 3, 3))
    inputs = STREAM.random((40, 10, 10))
    axes = {"axes": (1, 2)}
    spectra = np.fft.fft2(inputs, **axes) * np.fft.fft2(small, **axes)
    targets = np.fft.ifft2(spectra, **axes).real
    found.shares[0] = taps_within(best_filters(inputs, targets), 3)
    return found


def verdict(first, second):
    return judge_filters({"lattice": first, "images": second})["verdict"]


def test_targets_that_are_filtered_inputs_support_the_claim():
    found, random = local(), local()
    assert found.shares[0] == pytest.approx(1)
    random.shares[0] = random.shares[1]
    assert verdict(found, found) == "supported"
    assert verdict(found, random) == verdict(random, found) == "refuted"


def test_an_interval_across_the_threshold_is_undecided():
    found = local()
    wide = deepcopy(found)
    wide.shares[0] = np.tile([0.6, 1.2], 20)
    assert verdict(wide, found) == "undecided"
    same = deepcopy(found)
    same.shares[1] = 1.1 * same.shares[0]
    assert verdict(same, found) == "refuted"  # permuted pixels are more local
    entry = judge_filters({"lattice": found})
    assert entry["measured"]["lattice"]["share of the taps in it"] == 0.09
    null = entry["null"]["lattice"]["absolute weight in the window"]
    assert null["value"] == pytest.approx(found.shares[1].mean())
