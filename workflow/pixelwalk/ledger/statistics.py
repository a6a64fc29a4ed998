"""Statistics for the numbers of claims."""

import numpy as np
from scipy import stats


def mean_and_error(values):
    """Return the mean of independent values, its standard error and their number."""
    error = float(stats.sem(values)) if len(values) > 1 else None
    return {"value": float(np.mean(values)), "standard_error": error, "n": len(values)}


def interval(values):
    """Return the central 95 % interval of values: 2.5th to 97.5th percentile."""
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def rank_correlation(first, second):
    """Return Spearman's rank correlation and its 95 % interval (Fisher's z).

    Parameters
    ----------
    first, second : ndarray of float, shape (n,)

    Returns
    -------
    value, low, high : float
        All nan for fewer than 4 pairs, or if `first` or `second` is constant.
    """
    if len(first) < 4 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return np.nan, np.nan, np.nan
    correlation = stats.pearsonr(stats.rankdata(first), stats.rankdata(second))
    low, high = correlation.confidence_interval()
    return float(correlation.statistic), float(low), float(high)
