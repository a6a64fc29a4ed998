"""Which reference is picked for a lattice, and that it is the right one."""

import numpy as np
import pytest

from pixelwalk.ising import lattice, theory
from pixelwalk.ising.theory import enumeration, kaufman, transfer


@pytest.mark.parametrize("boundary", ["periodic", "free"])
@pytest.mark.parametrize("field", [0.0, 0.5])
@pytest.mark.parametrize("coupling", [-0.8, 0.3])
def test_small_lattices_in_every_setting(boundary, field, coupling):
    settings = {"boundary": boundary, "field": field}
    energy = theory.exact_energy(4, 3, coupling, **settings)
    expected = enumeration.energy(4, 3, coupling, **settings)
    assert energy == pytest.approx(expected, rel=1e-12)
    pairs = theory.exact_correlations(4, 3, coupling, **settings)
    expected = enumeration.correlations(4, 3, coupling, **settings)
    assert np.allclose(pairs, expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("coupling", [-0.5, 0.25, 0.45])
def test_the_lattice_of_the_paper_in_two_ways(coupling):
    for boundary in ("periodic", "free"):
        energy = theory.exact_energy(10, 10, coupling, boundary=boundary)
        pairs = theory.exact_correlations(10, 10, coupling, boundary=boundary)
        bonds = lattice.adjacency(10, 10, boundary)
        assert energy == pytest.approx(-np.sum(bonds * pairs) / 2, rel=1e-12)


def test_what_is_known_of_wide_lattices():
    assert theory.exact_energy(64, 64, 0.4, boundary="periodic") == kaufman.energy(
        64, 64, 0.4
    )
    assert theory.exact_energy(13, 13, 0.4, boundary="free") is None
    assert theory.exact_energy(13, 13, 0.4, boundary="periodic", field=0.1) is None
    assert theory.exact_correlations(13, 13, 0.4, boundary="periodic") is None
    assert theory.exact_correlations(3, 1400, 0.4, boundary="free") is None
    long = theory.exact_energy(3, 1400, 0.4, boundary="free")
    assert long == transfer.energy(3, 1400, 0.4, "free")


def test_two_odd_sides_are_left_to_the_transfer_matrix():
    with pytest.raises(FloatingPointError):
        kaufman.energy(9, 15, -3.0)
    found = theory.exact_energy(9, 15, -3.0, boundary="periodic")
    assert found == transfer.energy(9, 15, -3.0, "periodic")
    assert theory.exact_energy(15, 15, -3.0, boundary="periodic") is None


@pytest.mark.parametrize("pick", [theory.exact_energy, theory.exact_correlations])
def test_bad_values_are_refused_whatever_the_size(pick):
    for side in (2, 40):
        with pytest.raises(ValueError, match="boundary must be one of"):
            pick(side, side, 0.4, boundary="helical")
        with pytest.raises(ValueError, match="coupling must be a finite number"):
            pick(side, side, np.nan, boundary="free")
    with pytest.raises(ValueError, match="at least 3 rows and columns"):
        pick(2, 40, 0.4, boundary="periodic")


def test_what_is_known_of_a_lattice_is_told_together():
    known = theory.solve(3, 4, 0.3, boundary="free", field=0.1)
    energy = theory.exact_energy(3, 4, 0.3, boundary="free", field=0.1)
    correlations = theory.exact_correlations(3, 4, 0.3, boundary="free", field=0.1)
    assert known["energy"] == energy / 12
    np.testing.assert_array_equal(known["correlations"], correlations)


def test_what_is_not_known_of_a_lattice_is_left_empty():
    unknown = theory.solve(13, 13, 0.3, boundary="free")
    assert np.isnan(unknown["energy"]) and unknown["correlations"].shape == (0, 0)
