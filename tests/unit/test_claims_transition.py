"""Through the critical point: measured on exact correlations, drawn as measured."""

import numpy as np
import pytest

from pixelwalk import graph
from pixelwalk.claims import transition
from pixelwalk.figures import transitions
from pixelwalk.ising import theory
from pixelwalk.ising.theory import onsager

ROWS, COLUMNS = 6, 4


@pytest.fixture(scope="module")
def exact():
    return theory.exact_correlations(ROWS, COLUMNS, 0.3, boundary="periodic")


def test_the_field_is_any_site_seen_from_itself(exact):
    # On a periodic lattice all sites see the same.
    found = transition.transition(exact, ROWS, COLUMNS)
    middle = exact[(ROWS // 2) * COLUMNS + COLUMNS // 2].reshape(ROWS, COLUMNS)
    assert found["field"] == pytest.approx(middle, abs=1e-12)
    assert found["field"][ROWS // 2, COLUMNS // 2] == pytest.approx(1)


def test_sites_see_each_other_along_rows_and_columns(exact):
    found = transition.transition(exact, ROWS, COLUMNS)["correlation"]
    expected = [
        np.mean([exact[0, far], exact[0, far * COLUMNS]])
        for far in range(COLUMNS // 2 + 1)
    ]
    assert found == pytest.approx(expected, abs=1e-12)
    # The energy is that of the bonds, two for each site.
    energy = theory.exact_energy(ROWS, COLUMNS, 0.3, boundary="periodic")
    assert -2 * found[1] * ROWS * COLUMNS == pytest.approx(energy, rel=1e-9)


def test_a_field_is_the_mean_over_sites_that_see_different_things():
    weights = np.random.default_rng(1).random((12, 12))
    found = transition.transition(weights, 3, 4)["field"]
    for down in range(3):
        for right in range(4):
            pairs = [
                weights[4 * r + c, 4 * ((r + down) % 3) + (c + right) % 4]
                for r in range(3)
                for c in range(4)
            ]
            place = (1 + down) % 3, (2 + right) % 4
            assert found[place] == pytest.approx(np.mean(pairs))


def test_what_a_cut_leaves_is_what_it_leaves_of_the_graph(exact):
    found = transition.transition(exact, ROWS, COLUMNS)
    for level, active in zip(found["levels"], found["active"], strict=True):
        left = graph.sparsify(exact, f"at-{level:.2f}")
        assert active == pytest.approx(graph.active_fraction(left))


def test_exact_correlations_single_out_the_edges_and_noise_does_not(exact):
    assert transition.transition(exact, ROWS, COLUMNS)["precision"] == pytest.approx(1)
    noise = np.random.default_rng(2).random((64, 64))
    noise += noise.T
    share = 128 / (64 * 63 / 2)
    assert transition.transition(noise, 8, 8)["precision"] < 3 * share


class Measured:
    def __init__(self, weights):
        vars(self).update(transition.transition(weights, ROWS, COLUMNS))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_figure_shows_what_was_measured(exact, count):
    couplings = np.linspace(0.3, 0.5, count)
    measured = [Measured(exact)] * count
    sizes = np.linspace(0.1, 0.9, count)
    figure = transitions.transition(
        couplings,
        measured,
        sizes,
        onsager.CRITICAL_COUPLING,
        onsager.spontaneous_magnetisation,
    )
    pictures = [axes for axes in figure.axes if axes.images]
    assert len(pictures) == count
    for axes, coupling in zip(pictures, couplings, strict=True):
        np.testing.assert_array_equal(axes.images[0].get_array(), measured[0].field)
        assert axes.get_title().startswith(f"K = {coupling:.4g}")
    along, cut, order = (axes for axes in figure.axes if axes.lines)
    np.testing.assert_array_equal(along.lines[0].get_ydata(), exact_along(measured[0]))
    np.testing.assert_array_equal(cut.lines[0].get_ydata(), 100 * measured[0].active)
    of_samples = {line.get_label(): line.get_ydata() for line in order.lines}
    np.testing.assert_array_equal(of_samples["magnetisation, samples"], sizes)
    infinite = of_samples["magnetisation, infinite lattice"]
    assert infinite.min() == 0 or count == 1
    assert infinite.max() < 1


def exact_along(measured):
    """What is drawn over a logarithmic axis: neither the site itself nor below 0."""
    return measured.correlation[1:]
