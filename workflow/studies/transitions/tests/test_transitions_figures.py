"""The figure of a transition shows exactly what was measured."""

from drawings import assert_well_drawn
from pixelwalk.ising import theory
from pixelwalk.ising.theory import onsager
from studies.transitions.measure_transition import measure_transition
from studies.transitions.transition import draw_transition

import numpy as np
import pytest

ROWS, COLUMNS = 6, 4
THEORY = onsager.CRITICAL_COUPLING, onsager.spontaneous_magnetisation


@pytest.fixture(scope="module")
def exact():
    return theory.exact_correlations(ROWS, COLUMNS, 0.3, boundary="periodic")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_figure_shows_what_was_measured(exact, count):
    couplings = np.linspace(0.3, 0.5, count)
    measured = [measure_transition(exact, ROWS, COLUMNS)] * count
    sizes = np.linspace(0.1, 0.9, count)
    figure = draw_transition(couplings, measured, sizes, *THEORY)
    pictures = [axes for axes in figure.axes if axes.images]
    assert len(pictures) == count
    for axes, coupling in zip(pictures, couplings, strict=True):
        np.testing.assert_array_equal(axes.images[0].get_array(), measured[0].field)
        assert axes.get_title().startswith(f"K = {coupling:.4g}")
    along, cut, order = (axes for axes in figure.axes if axes.lines)
    # A logarithmic axis shows neither the site itself nor what is below 0.
    drawn = measured[0].correlation[1:]
    np.testing.assert_array_equal(along.lines[0].get_ydata(), drawn)
    np.testing.assert_array_equal(cut.lines[0].get_ydata(), 100 * measured[0].active)
    of_samples = {line.get_label(): line.get_ydata() for line in order.lines}
    np.testing.assert_array_equal(of_samples["magnetisation, samples"], sizes)
    infinite = of_samples["magnetisation, infinite lattice"]
    assert infinite.min() == 0 or count == 1
    assert infinite.max() < 1


def test_the_figure_is_well_drawn(exact):
    measured = [measure_transition(exact, ROWS, COLUMNS)] * 2
    arguments = [0.3, 0.5], measured, [0.1, 0.9], *THEORY
    assert_well_drawn(draw_transition, *arguments, least=10)
