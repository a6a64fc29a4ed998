"""Measured on exact correlations, where the answer is known."""

from pixelwalk import graph
from pixelwalk.ising import theory
from studies.transitions.measure_transition import measure_transition

import numpy as np
import pytest

ROWS, COLUMNS = 6, 4


@pytest.fixture(scope="module")
def exact():
    return theory.exact_correlations(ROWS, COLUMNS, 0.3, boundary="periodic")


def test_the_field_is_any_site_seen_from_itself(exact):
    # On a periodic lattice all sites see the same.
    found = measure_transition(exact, ROWS, COLUMNS)
    middle = exact[(ROWS // 2) * COLUMNS + COLUMNS // 2].reshape(ROWS, COLUMNS)
    assert found.field == pytest.approx(middle, abs=1e-12)
    assert found.field[ROWS // 2, COLUMNS // 2] == pytest.approx(1)


def test_sites_see_each_other_along_rows_and_columns(exact):
    found = measure_transition(exact, ROWS, COLUMNS).correlation
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
    found = measure_transition(weights, 3, 4).field
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
    found = measure_transition(exact, ROWS, COLUMNS)
    for level, active in zip(found.levels, found.active, strict=True):
        left = graph.sparsify(exact, f"at-{level:.2f}")
        assert active == pytest.approx(graph.active_fraction(left))


def test_exact_correlations_single_out_the_edges_and_noise_does_not(exact):
    assert measure_transition(exact, ROWS, COLUMNS).precision == pytest.approx(1)
    noise = np.random.default_rng(2).random((64, 64))
    noise += noise.T
    share = 128 / (64 * 63 / 2)
    assert measure_transition(noise, 8, 8).precision < 3 * share
