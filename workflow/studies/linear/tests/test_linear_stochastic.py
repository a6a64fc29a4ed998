"""Best linear maps as stochastic matrices: by hand, and verdicts that turn."""

from types import SimpleNamespace

from pixelwalk.matrices import circulant, shifts
from studies.linear import map_claims, stochastic

import numpy as np
import pytest


def test_a_matrix_is_measured_by_hand():
    assert stochastic.measure(np.array([[3.0, -1], [0, 1]])) == (0.2, 0.5, 1.0)
    assert stochastic.measure(np.full((3, 3), 1 / 3)) == pytest.approx((0, 0, 0))
    assert stochastic.measure(np.zeros((2, 2))) == (0, 0, 0)
    # The sums are zero, and come out as rounding of either sign.
    tenths = np.array([[0.1, 0.2, -0.3], [-0.3, 0.1, 0.2], [0.2, -0.3, 0.1]])
    assert np.ptp(tenths.sum(axis=1)) > 0
    assert stochastic.measure(tenths) == pytest.approx((0.5, 0, 0))


def test_images_blurred_by_a_positive_filter_have_a_stochastic_map():
    blur = np.zeros((4, 4))
    blur[0, :2] = 0.75, 0.25
    image = np.random.default_rng(1).random((4, 4))
    blurred = (circulant.dense(blur) @ image.ravel()).reshape(4, 4)
    matrix = circulant.dense(shifts.optimum(image, blurred))
    assert stochastic.measure(matrix) == pytest.approx((0, 0, 0), abs=1e-9)


def test_pairs_are_disjoint_and_permuted_pixels_are_another_pair():
    images = np.random.default_rng(1).random((9, 3, 4))
    found = stochastic.likeness(list(images), np.random.default_rng(2))
    assert {values.shape for values in found.values()} == {(2, 4)}
    assert found["row_spread"].max() < 1e-9  # all of them are circulant
    assert not np.any(found["negative"][0] == found["negative"][1])
    maps = [
        stochastic.measure(circulant.dense(shifts.optimum(one, other)))[0]
        for one in images
        for other in images
    ]
    assert np.isclose(found["negative"][0][:, None], maps).any(axis=1).all()


def optimum(negative, permuted=0.5, spread=0.0, pairs=10):
    noise = 1e-4 * np.random.default_rng(1).normal(size=(2, pairs))
    spreads = np.abs(noise) + np.array([[spread], [0.0]])
    return SimpleNamespace(
        negative=np.array([[negative], [permuted]]) + noise,
        row_spread=spreads,
        column_spread=spreads + 0.5,
        attributes={"settings": {"name": "one"}},
        path="one.h5",
    )


@pytest.mark.parametrize(
    ("best", "expected"),
    [
        (optimum(0.002), "supported"),
        (optimum(0.4), "refuted"),
        (optimum(0.002, permuted=0.001), "refuted"),
        (optimum(0.002, permuted=0.002), "undecided"),
        (optimum(0.01), "undecided"),
        (optimum(0.002, spread=0.2), "refuted"),
        (optimum(0.002, pairs=1), "undecided"),
    ],
)
def test_signs_sums_and_permuted_pixels_decide(best, expected):
    learned = SimpleNamespace(learned=np.eye(3), path="two.h5")
    entry = map_claims.judge_stochastic([best], [learned])
    assert entry["verdict"] == expected
    assert entry["null"]["one"]["negative share"]["value"] > 0
    if expected == "supported":
        both = map_claims.judge_stochastic([best, optimum(0.4)], [learned] * 2)
        assert both["verdict"] == "refuted"
