"""Figures 4 and 5 show exactly the arrays they get."""

from drawings import assert_well_drawn, bar_labels, limits, same, saved, shown, titles
from studies.digit.figure4 import draw_figure4
from studies.digit.figure5 import draw_figure5

import numpy as np
import pytest

STREAM = np.random.default_rng(1)
IMAGE, VISITS, MEAN = STREAM.random((3, 4, 5))
VISITS /= VISITS.sum()
CUTS = ["at-0", "at-0.10", "at-0.35", "top-0.0474", "knn-4"]
SHARES = [0.3069, 0.1371, 0.0425, 0.0474, 0.0046]
WALKS = STREAM.random((5, 4, 5)) / 20
FIVES = "MNIST, 200 images of 5"


def test_figure4_shows_both_images_and_their_difference():
    figure = draw_figure4(IMAGE, VISITS, MEAN, FIVES)
    difference = VISITS - MEAN / MEAN.sum()
    assert same(shown(figure), [IMAGE, VISITS, MEAN, difference])
    assert "stationary" in titles(figure)[1] and "mean" in titles(figure)[2]
    low, high = limits(figure)[3]
    assert low == -high == -np.abs(difference).max()  # no difference is in the middle
    assert figure.get_suptitle() == FIVES
    assert all(bar_labels(figure)) and len(bar_labels(figure)) == 4


def test_figure4_of_equal_distributions_shows_no_difference():
    figure = draw_figure4(IMAGE, np.full((4, 5), 0.05), np.ones((4, 5)), "digits")
    assert np.abs(shown(figure)[3]).max() < 1e-15


def test_figure5_shows_every_cut_with_its_fraction():
    figure = draw_figure5(WALKS, SHARES, CUTS, FIVES)
    assert same(shown(figure), list(WALKS))
    assert titles(figure) == [
        "all weights\n30.69 % of all entries",
        "at least 10 % of largest\n13.71 % of all entries",
        "at least 35 % of largest\n4.25 % of all entries",
        "heaviest 4.74 %\n4.74 % of all entries",
        "4 heaviest of each pixel\n0.46 % of all entries",
    ]
    assert bar_labels(figure) == ["probability"] * 5
    assert [axes.axison for axes in figure.axes[:6]] == [True] * 5 + [False]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_figure5_takes_any_number_of_cuts(count):
    figure = draw_figure5(WALKS[:count], SHARES[:count], CUTS[:count], "digits")
    assert same(shown(figure), list(WALKS[:count]))


def test_other_arrays_give_other_bytes():
    first, second = (
        saved(draw_figure5([values], [0.5], ["at-0"], ""))
        for values in (MEAN, MEAN[::-1])
    )
    assert first[0] != second[0] and first[1] != second[1]


def test_both_are_well_drawn():
    assert_well_drawn(draw_figure4, IMAGE, VISITS, MEAN, FIVES)
    assert_well_drawn(draw_figure5, WALKS, SHARES, CUTS, FIVES)
