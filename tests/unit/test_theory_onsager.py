"""The infinite lattice against integrals, duality and known values."""

from math import exp, inf, log, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from pixelwalk.ising.theory import onsager, transfer

CRITICAL = onsager.CRITICAL_COUPLING
COUPLINGS = [-1.2, -0.44, -0.1, 1e-4, 0.0009, 0.0011, 0.02, 0.3, 0.4406, 0.4408, 0.9]


def slope_of_log_partition_function(coupling):
    """Derivative of the double integral of Onsager, under the integral."""

    def inner(p, q):
        cosine = np.cos(p) + np.cos(q)
        top = 2 * np.sinh(4 * coupling) - 2 * np.cosh(2 * coupling) * cosine
        return top / (np.cosh(2 * coupling) ** 2 - np.sinh(2 * coupling) * cosine)

    whole, _ = integrate.dblquad(inner, 0, np.pi, 0, np.pi, epsabs=1e-10)
    return whole / (2 * np.pi**2)


def test_the_critical_coupling_is_its_own_dual():
    assert np.sinh(2 * CRITICAL) == pytest.approx(1, rel=1e-15)
    assert pytest.approx(0.44068679350977147) == CRITICAL


@pytest.mark.parametrize("coupling", [-0.9, -0.2, 0.0009, 0.1, 0.4, 0.5, 1.5])
def test_the_energy_is_the_slope_of_an_integral(coupling):
    expected = -slope_of_log_partition_function(coupling)
    assert onsager.energy(coupling) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("coupling", COUPLINGS)
def test_the_heat_capacity_is_the_slope_of_the_energy(coupling):
    step = 1e-5
    change = onsager.energy(coupling + step) - onsager.energy(coupling - step)
    expected = -(coupling**2) * change / (2 * step)
    found = onsager.heat_capacity(coupling)
    assert found == pytest.approx(expected, rel=3e-3, abs=1e-7 * coupling**2)


@given(st.floats(0.05, 3))
def test_the_energy_is_dual(coupling):
    dual = np.arctanh(exp(-2 * coupling))
    sinh, tanh = np.sinh(2 * coupling), np.tanh(2 * coupling)
    expected = -onsager.energy(dual) / sinh - 2 / tanh
    assert onsager.energy(coupling) == pytest.approx(expected, rel=1e-10)


def test_at_the_critical_coupling():
    for near in (CRITICAL, np.nextafter(CRITICAL, 1), np.nextafter(CRITICAL, 0)):
        assert onsager.energy(near) == pytest.approx(-sqrt(2), rel=1e-13)
        assert onsager.energy(-near) == pytest.approx(sqrt(2), rel=1e-13)
        assert onsager.heat_capacity(near) > 15


def test_the_heat_capacity_grows_as_a_logarithm():
    # Onsager: C = -(8/pi) Kc**2 log|K - Kc| + a constant.
    near, nearer = (onsager.heat_capacity(CRITICAL + gap) for gap in (1e-6, 1e-8))
    slope = (nearer - near) / log(100)
    assert slope == pytest.approx(8 / np.pi * CRITICAL**2, rel=1e-4)


@given(st.floats(-5, 5))
def test_the_sign_of_the_coupling(coupling):
    assert onsager.energy(-coupling) == -onsager.energy(coupling)
    assert onsager.heat_capacity(-coupling) == onsager.heat_capacity(coupling)
    magnetisation = onsager.spontaneous_magnetisation(coupling)
    assert onsager.spontaneous_magnetisation(-coupling) == magnetisation


def test_without_coupling_and_without_heat():
    assert onsager.energy(0) == onsager.heat_capacity(0.0) == 0
    assert onsager.energy(1e-9) == pytest.approx(-2e-9)
    for strong in (20, 1000, 1e300):
        assert onsager.energy(strong) == pytest.approx(-2, rel=1e-15)
        assert onsager.heat_capacity(strong) == pytest.approx(0, abs=1e-20)
        assert onsager.spontaneous_magnetisation(strong) == 1


def test_both_series_meet_the_closed_forms():
    edge = onsager._WEAK
    below, above = edge * (1 - 1e-9), edge * (1 + 1e-9)
    step = -2 * 2e-9 * edge
    change = onsager.energy(above) - onsager.energy(below)
    assert change == pytest.approx(step, abs=1e-12)
    ratio = onsager.heat_capacity(above) / onsager.heat_capacity(below)
    assert ratio == pytest.approx(1, abs=1e-8)


def test_magnetisation_by_hand():
    # (1 - 1/16)**(1/8), where sinh(2 K) is 2.
    found = onsager.spontaneous_magnetisation(np.arcsinh(2) / 2)
    assert found == pytest.approx((15 / 16) ** 0.125)
    assert onsager.spontaneous_magnetisation(CRITICAL) == 0
    assert onsager.spontaneous_magnetisation(0.44) == 0


@pytest.mark.parametrize("coupling", [0.65, 0.8])
def test_far_spins_of_an_ordered_lattice_agree_by_the_magnetisation(coupling):
    far = transfer.correlations(10, 20, coupling, "periodic")[0, 5 * 20 + 10]
    expected = onsager.spontaneous_magnetisation(coupling) ** 2
    assert far == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("coupling", [nan, inf, -inf])
def test_what_is_no_coupling_is_refused(coupling):
    for compute in (
        onsager.energy,
        onsager.heat_capacity,
        onsager.spontaneous_magnetisation,
    ):
        with pytest.raises(ValueError, match="coupling must be a finite number"):
            compute(coupling)
