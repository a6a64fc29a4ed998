"""Judge how many of the shifts a map must learn from, as a law in the pixels n."""

from pixelwalk import ledger
from studies.linear.law import SHARE

import numpy as np
from scipy import stats

# Distance from the nearest circulant matrix above which a map is no convolution, and
# below which distances are rounding.
_FAR, _ROUNDING = 0.1, 1e-8

# Fewest sizes that a law is fitted to, and the n that it is extrapolated to.
_SIZES, _AT = 4, 10_000


def judge_shifts(optima):
    """Judge whether nearly all shifts are needed, at any n.

    Parameters
    ----------
    optima : list of kinds.Optimum

    Returns
    -------
    Claim
    """
    measured, null, decisions, few = {}, {}, [], []
    for best in optima:
        name = best.attributes["settings"]["name"]
        if len(best.law_sizes) < _SIZES:
            few.append(f"{name} ({len(best.law_sizes)})")
            continue
        tenth = power_law(best.law_sizes, best.law_tenth.mean(axis=1))
        measured[name] = (
            _by_size(best, best.law_tenth)
            | {f"distance at n = {_AT}": tenth[0], "power of n": tenth[1]}
            | _one_left_out(best)
            | _curves(best)
        )
        permuted = power_law(best.law_sizes, best.law_permuted.mean(axis=1))
        null[name] = {
            "distance with all shifts, largest": float(best.law_none.max()),
            f"distance at n = {_AT}, pixels permuted": permuted[0],
        }
        decisions.append(ledger.above(tenth[0]["interval"], _FAR))
        decisions.append(bool(best.law_none.max() <= _ROUNDING))
    claim = ledger.claim(
        "shifts-needed",
        "10",
        "Nearly all of the n shifts are needed at any n: as n grows, the least-squares "
        f"map that was learned without {SHARE:.0%} of them stays more than {_FAR:.0%} "
        f"from the nearest convolution (judged up to n = {_AT}).",
        None,
        measured,
        f"supported if in every entry with {_SIZES} sizes n or more the power of n "
        "fitted to the mean distances from the nearest circulant matrix, with "
        f"{SHARE:.0%} of the shifts left out, is above {_FAR:g} when extrapolated to "
        f"n = {_AT} (95 % interval, by Student's t from the scatter about the fit), "
        f"and with all shifts no distance is above {_ROUNDING:g}; else refuted, or "
        "undecided if the interval includes the threshold",
        ledger.supported(ledger.every(decisions)),
        _note(few),
        source="ours",
        null=null,
        evidence=optima,
        figures=["figure8"],
    )
    if decisions:
        return claim
    reason = f"No images give {_SIZES} sizes; the numbers of sizes are {_listed(few)}."
    return ledger.not_measured(claim, reason)


def _listed(few):
    return ", ".join(few)


def _note(few):
    small = f" Too few sizes for a law: {_listed(few)}." if few else ""
    return (
        "Without a single shift the distance falls with n if its power is negative, so "
        "that the share decides, not the number. No distance exceeds 1, where a rising "
        "power law ends. Noise is a standard deviation in root "
        f"mean squares of the image.{small}"
    )


def power_law(sizes, distances):
    """Fit a power of n to distances, and extrapolate it.

    Parameters
    ----------
    sizes : sequence of int, shape (m,)
        n; three or more.
    distances : ndarray of float, shape (m,)

    Returns
    -------
    at, power : dict
        Distance at n = 10,000, and the power, each as `value` and 95 % `interval`; both
        0 if a distance is rounding: then no power is fitted.
    """
    if np.min(distances) <= _ROUNDING:
        zero = {"value": 0.0, "interval": [0.0, 0.0]}
        return zero, zero
    logs, values = np.log(sizes), np.log(distances)
    fit = stats.linregress(logs, values)
    spread = np.sum((logs - logs.mean()) ** 2)
    quantile = stats.t.ppf(0.975, len(logs) - 2)
    rest = np.sqrt(
        np.sum((values - fit.intercept - fit.slope * logs) ** 2) / (len(logs) - 2)
    )
    away = np.log(_AT) - logs.mean()
    value = fit.intercept + fit.slope * np.log(_AT)
    half = quantile * rest * np.sqrt(1 / len(logs) + away**2 / spread)
    slope = quantile * rest / np.sqrt(spread)
    return (
        {
            "value": float(np.exp(value)),
            "interval": [float(np.exp(value - half)), float(np.exp(value + half))],
        },
        {
            "value": float(fit.slope),
            "interval": [float(fit.slope - slope), float(fit.slope + slope)],
        },
    )


def _by_size(best, distances):
    return {
        f"distance without {SHARE:.0%} of the shifts, n = {size}": (
            ledger.mean_and_error(row)
        )
        for size, row in zip(best.law_sizes, distances, strict=True)
    }


def _one_left_out(best):
    at, power = power_law(best.law_sizes, best.law_one.mean(axis=1))
    return {
        f"distance without one shift, n = {best.law_sizes[-1]}": (
            ledger.mean_and_error(best.law_one[-1])
        ),
        f"distance without one shift at n = {_AT}": at,
        "power of n without one shift": power,
    }


def _curves(best):
    """Give the numbers of one pair of images, by the number of shifts and the noise."""
    rows = {"one pair of images: all shifts": int(best.shifts[-1])}
    for level, noise in enumerate(best.noise):
        rows[f"share of shifts from which on within {_FAR:.0%}, noise {noise:g}"] = (
            first_near(best, level)
        )
        rows[f"distance with all shifts, noise {noise:g}"] = {
            "value": float(best.distances[level, -1]),
            "standard_error": float(best.distance_errors[level, -1]),
        }
    return rows


def first_near(best, level):
    """Find the share of shifts from which on the map is nearly circulant.

    Parameters
    ----------
    best : kinds.Optimum
    level : int
        Position of the noise level.

    Returns
    -------
    float
        nan if the map of all shifts is not.
    """
    far = np.flatnonzero(~(best.distances[level] <= _FAR))
    first = far[-1] + 1 if len(far) else 0
    if first == len(best.shifts):
        return np.nan
    return float(best.shifts[first] / best.shifts[-1])
