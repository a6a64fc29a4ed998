"""Statistics for the numbers of claims."""

import numpy as np
from scipy import stats


def mean_and_error(values):
    """Estimate the mean of independent values.

    Parameters
    ----------
    values : sequence of float

    Returns
    -------
    dict
        `value`: mean; `standard_error`, None for a single value; `n`: number of values;
        and for more than one, `interval`: the 95 % interval by Student's t.
    """
    mean, n = float(np.mean(values)), len(values)
    if n < 2:
        return {"value": mean, "standard_error": None, "n": n}
    error = float(stats.sem(values))
    half = float(stats.t.ppf(0.975, n - 1)) * error
    ends = [mean - half, mean + half]
    return {"value": mean, "standard_error": error, "interval": ends, "n": n}


def interval(values):
    """Return the central 95 % interval of values: 2.5th to 97.5th percentile."""
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def proportion(successes, n):
    """Estimate the chance of success from independent trials.

    Returns
    -------
    dict
        `value`: share of successes; `interval`: Wilson's 95 % interval; `n`: trials.
    """
    result = stats.binomtest(int(successes), int(n))
    low, high = result.proportion_ci(method="wilson")
    return {
        "value": float(result.statistic),
        "interval": [float(low), float(high)],
        "n": int(n),
    }


def rank_correlation(first, second, resamples=999):
    """Return Spearman's rank correlation and its 95 % interval.

    The interval is by the percentile bootstrap over pairs, always with the same random
    numbers. Fisher's z holds for normal data only, and is too narrow for most others.

    Parameters
    ----------
    first, second : ndarray of float, shape (n,)
    resamples : int, optional
        Number of bootstrap samples.

    Returns
    -------
    value, low, high : float
        All nan for fewer than 4 pairs, or if `first` or `second` is constant.
    """
    if len(first) < 4 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return np.nan, np.nan, np.nan
    generator = np.random.default_rng(0)
    pairs = np.stack([first, second])
    values = [
        _spearman(pairs[:, generator.integers(len(first), size=len(first))])
        for _ in range(resamples)
    ]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return _spearman(pairs), float(low), float(high)


def _spearman(pairs):
    with np.errstate(invalid="ignore"):  # nan if a resample is constant
        return float(np.corrcoef(stats.rankdata(pairs, axis=1))[0, 1])
