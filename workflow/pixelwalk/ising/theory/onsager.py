"""The Ising model on the infinite square lattice, without a field.

All quantities are per site, and the energy is in units of the coupling. Near the
critical coupling the modulus of the elliptic integrals tends to 1, so they are computed
from its complement.
"""

import math

import numpy as np
from scipy import special

from pixelwalk.ising.theory import checks

#: Critical coupling of the ferromagnet; that of the antiferromagnet is its negative.
CRITICAL_COUPLING = math.log1p(math.sqrt(2)) / 2

# Below this, terms of order 1 cancel in the closed forms and leave an error of 1e-13 in
# the energy and a share of 3e-11 in the heat capacity; two terms of the
# high-temperature series do better.
_WEAK = 1e-3


def energy(coupling):
    """Return the mean energy per site, odd in the coupling (Onsager 1944).

    Parameters
    ----------
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.

    Returns
    -------
    float
        In units of the coupling: -2 in an ordered ferromagnet, -sqrt(2) at its
        critical point, 0 without coupling.

    Raises
    ------
    ValueError
        If the coupling is not a finite number.
    """
    checks.finite(coupling)
    if abs(coupling) < _WEAK:
        t = math.tanh(coupling)
        return -(2 * t + 4 * t**3)
    tanh, sech, complement = _scales(coupling)
    # At the critical coupling, the product of 0 and infinity is 0.
    first = special.ellipkm1(max(complement, math.ulp(0.0)))
    return -(1 + 2 / np.pi * (tanh**2 - sech**2) * first) / tanh


def heat_capacity(coupling):
    """Return the heat capacity per site, even in the coupling (Onsager 1944).

    Parameters
    ----------
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.

    Returns
    -------
    float
        In units of Boltzmann's constant. At the critical coupling it diverges, but
        only logarithmically: 18 at the neighbouring floats.

    Raises
    ------
    ValueError
        If the coupling is not a finite number.
    """
    checks.finite(coupling)
    if abs(coupling) < _WEAK:
        t = math.tanh(coupling)
        return coupling**2 * (1 - t**2) * (2 + 12 * t**2)
    tanh, sech, complement = _scales(coupling)
    if complement == 0:
        return math.inf
    first, second = special.ellipkm1(complement), special.ellipe(1 - complement)
    inner = np.pi / 2 + (tanh**2 - sech**2) * first
    share = 4 / np.pi * (first - second - sech**2 * inner) / tanh**2
    return coupling * (coupling * share)  # the square alone may overflow


def spontaneous_magnetisation(coupling):
    """Return the mean spin of the ordered phase, on a sublattice if antiferromagnetic.

    Parameters
    ----------
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.

    Returns
    -------
    float
        0 up to the critical coupling, then (1 - sinh(2 |coupling|)**-4)**(1/8) (Yang
        1952).

    Raises
    ------
    ValueError
        If the coupling is not a finite number.
    """
    checks.finite(coupling)
    if abs(coupling) <= CRITICAL_COUPLING:
        return 0.0
    tanh, sech, _ = _scales(abs(coupling))
    return max(0.0, 1 - (sech / tanh) ** 4) ** 0.125


def _scales(coupling):
    """Return tanh and 1 / cosh of twice the coupling, and 1 - modulus**2."""
    tanh = math.tanh(2 * coupling)
    sech = 2 * math.exp(-2 * abs(coupling)) / (1 + math.exp(-4 * abs(coupling)))
    # The modulus is 2 tanh sech, and tanh**2 + sech**2 = 1.
    complement = ((abs(tanh) - sech) * (abs(tanh) + sech)) ** 2
    return tanh, sech, complement
