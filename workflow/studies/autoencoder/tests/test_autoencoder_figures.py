"""Figures 1 and 2 show exactly the arrays they get."""

from drawings import assert_well_drawn, bar_labels, limits, panels, same, shown, titles
from studies.autoencoder.figure1 import draw_figure1
from studies.autoencoder.figure2 import draw_figure2

import numpy as np
import pytest

STREAM = np.random.default_rng(1)
ORIGINALS = STREAM.integers(0, 2, (7, 3, 4)).astype(float)
RECONSTRUCTIONS = STREAM.random((7, 3, 4))
FIELDS = STREAM.normal(size=(5, 3, 4))
SPREADS = np.array([3.0, 1.25, 2.0, 0.5, 1.25])


def test_figure1_shows_six_images_their_reconstructions_and_the_error():
    figure = draw_figure1(ORIGINALS, RECONSTRUCTIONS)
    first, back = ORIGINALS[:6], RECONSTRUCTIONS[:6]
    assert same(shown(figure), [*first, *back, *np.abs(back - first)])
    assert limits(figure) == [(0, 1)] * 18
    rows = [panel.get_ylabel() for panel in panels(figure)[::6]]
    assert rows == ["original", "reconstruction", "error"]
    assert titles(figure)[:6] == [f"held out {number}" for number in range(1, 7)]
    assert len(bar_labels(figure)) == 3


@pytest.mark.parametrize(("asked", "columns"), [(1, 1), (3, 3), (9, 7)])
def test_figure1_shows_no_more_than_there_are(asked, columns):
    figure = draw_figure1(ORIGINALS, RECONSTRUCTIONS, shown=asked)
    assert len(panels(figure)) == 3 * columns


def test_figure2_shows_every_field_the_most_local_first():
    figure = draw_figure2(FIELDS, SPREADS, 3.87, columns=4)
    order = [3, 1, 4, 2, 0]  # of equal ones the first comes first
    expected = [FIELDS[n] / np.abs(FIELDS[n]).max() for n in order]
    assert same(shown(figure), expected)
    assert titles(figure) == ["0.50", "1.25", "1.25", "2.00", "3.00"]
    assert limits(figure) == [(-1, 1)] * 5
    assert "5 receptive fields" in figure.get_suptitle()
    assert "3.87" in figure.get_suptitle()
    assert not any(axes.axison for axes in figure.axes[:8])


def test_figure2_takes_32_fields_and_a_neuron_without_weights():
    fields = np.zeros((32, 10, 10))
    figure = draw_figure2(fields, np.arange(32.0), 5.0)
    assert same(shown(figure), fields)


def test_both_are_well_drawn():
    assert_well_drawn(draw_figure1, ORIGINALS, RECONSTRUCTIONS)
    assert_well_drawn(draw_figure2, FIELDS, SPREADS, 3.87, columns=4)
