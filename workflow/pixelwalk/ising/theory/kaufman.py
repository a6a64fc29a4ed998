"""The Ising model on a periodic lattice of any size, without a field (Kaufman 1949).

The transfer matrix is that of free fermions, one for each momentum around a ring of
sites. States with an even number of fermions have half-integer momenta, states with an
odd number integer ones, and each fermion has the weight x = exp(-length * energy). So

    Z = 2**N (sum over even numbers + sum over odd numbers),

each a sum of products of x times the weight of the state without fermions. It equals
the sum of four Pfaffians of Kasteleyn (1961), regrouped so that all terms are positive
and none cancel for any coupling: the fermion of momentum 0, whose energy changes sign
at the critical coupling, is a factor like the others. The chessboard transformation
maps an antiferromagnet to this case if one side is even; for two odd sides, see
`log_partition_function`.

In this module an array holds a quantity and its derivatives with respect to the
absolute coupling: value, first and second derivative along the first axis.
"""

import math

import numpy as np
from scipy import special

from pixelwalk.ising.theory import checks

# Smallest share that may remain when odd terms are subtracted from even ones: a heat
# capacity loses twice the digits of this, so at least 7 of 16 remain.
_LEAST_LEFT = 1e-4
# Replaces a coupling of 0, for which fermions would have an infinite energy.
_WEAKEST = 1e-100


def log_partition_function(rows, columns, coupling):
    """Return the logarithm of the sum over all states of exp(-coupling * E).

    Parameters
    ----------
    rows, columns : int
        Sides of the periodic lattice, each at least 3.
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a side is below 3, or the coupling is not a finite number.
    FloatingPointError
        If both sides are odd and the antiferromagnet is so strong that rounding errors
        dominate: odd terms are then subtracted from even ones.
    """
    return float(_log_partition_function(rows, columns, coupling)[0])


def energy(rows, columns, coupling):
    """Return the mean energy of a configuration, in units of the coupling.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    float
    """
    slope = _log_partition_function(rows, columns, coupling)[1]
    return -math.copysign(1, coupling) * float(slope)


def heat_capacity(rows, columns, coupling):
    """Return the heat capacity: coupling**2 times the variance of the energy.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    float
        In units of Boltzmann's constant.
    """
    variance = _log_partition_function(rows, columns, coupling)[2]
    return coupling * (coupling * float(variance))


def _log_partition_function(rows, columns, coupling):
    """Return the logarithm of Z and its derivatives."""
    checks.finite(coupling)
    checks.sides(rows, columns, "periodic")
    ring, length = rows, columns
    if coupling < 0 and length % 2:
        ring, length = length, ring
    strength = max(abs(coupling), _WEAKEST)
    momenta = 2 * np.pi / ring * np.arange(ring)
    integer, half_integer = momenta, momenta + np.pi / ring
    if coupling < 0 and ring % 2:
        # The chessboard shifts momenta by pi, which exchanges the two sets.
        integer, half_integer = half_integer, integer
    even, _ = _sums(half_integer, length, strength)
    _, odd = _sums(integer, length, strength)
    if coupling < 0 and length % 2:
        # Here both sides are odd, and x is negative.
        total = _log_difference(even, odd)
    else:
        total = _log_sum(even, odd)
    total[0] += rows * columns * math.log(2)
    return total


def _sums(momenta, length, strength):
    """Return logarithms of the sums over even and over odd numbers of fermions."""
    absent, step = _fermions(momenta[momenta != 0], strength)
    if 0 in momenta:
        critical = _critical_fermion(strength)
        absent = np.column_stack([absent, critical[0]])
        step = np.column_stack([step, critical[1]])
    even, odd = length * absent, length * (absent + step)
    while even.shape[1] > 1:
        if even.shape[1] % 2:  # add one of weight 1 that is always absent
            even = np.column_stack([even, np.zeros(3)])
            odd = np.column_stack([odd, [-np.inf, 0, 0]])
        a, b, a_odd, b_odd = even[:, ::2], even[:, 1::2], odd[:, ::2], odd[:, 1::2]
        even, odd = _log_sum(a + b, a_odd + b_odd), _log_sum(a + b_odd, a_odd + b)
    return even[:, 0], odd[:, 0]


def _fermions(momenta, strength):
    """Return logs of a fermion's weight per row if absent, and its factor if present.

    The factor is exp(-energy), where cosh(energy) = 1 / ratio - cos(momentum) and
    ratio = sinh(2 strength) / cosh(2 strength)**2.
    """
    tanh, sech = math.tanh(2 * strength), _sech(2 * strength)
    log_cosh = [_log_cosh(2 * strength), 2 * tanh, 4 * sech**2]
    log_ratio = [
        math.log(tanh) - log_cosh[0],
        2 / tanh - 4 * tanh,
        -4 * sech**2 * (2 + 1 / tanh**2),
    ]
    ratio = tanh * sech
    slope = 2 * sech * (1 - 2 * tanh**2)
    bend = -4 * ratio * (5 - 6 * tanh**2)

    # log((a + root) / 2) = energy + log(ratio / 2) and its derivatives in the ratio.
    cosine, sine = np.cos(momenta), np.sin(momenta / 2)
    a = 1 - ratio * cosine
    root = np.sqrt(((sech - tanh) ** 2 + 2 * ratio * sine**2) * (a + ratio))
    factor = ratio / (a + root)
    first = -(cosine + factor) / root
    second = -1 / ((a + root) * root**2) + first * (a * cosine + ratio) / root**2
    logs = np.stack(
        [np.log((a + root) / 2), first * slope, second * slope**2 + first * bend]
    )
    absent = np.array(log_cosh)[:, None] + logs / 2
    step = np.array(log_ratio)[:, None] - logs
    step[0] -= math.log(2)
    return absent, step


def _critical_fermion(strength):
    """Return the same at momentum 0, where the energy is 0 at the critical coupling.

    The weights are cosh(strength) exp(-strength) if absent, sinh(strength)
    exp(strength) if present.
    """
    tanh, sech = math.tanh(2 * strength), _sech(2 * strength)
    absent = [
        _log_cosh(strength) - strength,
        -2 * special.expit(-2 * strength),
        _sech(strength) ** 2,
    ]
    step = [
        math.log(math.tanh(strength)) + 2 * strength,
        2 + 2 * sech / tanh,
        -4 * sech / tanh**2,
    ]
    return absent, step


def _log_sum(a, b):
    """Return the logarithm of exp(a) + exp(b), with its derivatives."""
    share, rest = special.expit(a[0] - b[0]), special.expit(b[0] - a[0])
    slope, bend = share * a[1:] + rest * b[1:]
    spread = share * rest * (a[1] - b[1]) ** 2
    return np.array([np.logaddexp(a[0], b[0]), slope, bend + spread])


def _log_difference(a, b):
    """Return the logarithm of exp(a) - exp(b), with its derivatives."""
    left = -math.expm1(b[0] - a[0])
    if left < _LEAST_LEFT:
        raise FloatingPointError(
            f"expected odd terms to leave at least {_LEAST_LEFT} of the even ones, got "
            f"{left:.1e}: two odd sides frustrate a strong antiferromagnet; if one of "
            "them is at most 12, use theory.transfer"
        )
    slope = a[1] + (a[1] - b[1]) * (1 - left) / left
    bend = a[2] + (a[2] - b[2]) * (1 - left) / left
    spread = (a[1] - b[1]) ** 2 * (1 - left) / left**2
    return np.array([a[0] + math.log(left), slope, bend - spread])


def _log_cosh(x):
    return x + math.log1p(math.exp(-2 * x)) - math.log(2)


def _sech(x):
    return 2 * math.exp(-x) / (1 + math.exp(-2 * x))
