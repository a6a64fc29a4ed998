"""Statistics of what claims measure."""

import numpy as np
from scipy import stats


def mean_and_error(values):
    """Mean of independent values, with its standard error and their number."""
    error = float(stats.sem(values)) if len(values) > 1 else None
    return {"value": float(np.mean(values)), "standard_error": error, "n": len(values)}


def interval(values):
    """Central 95 % of values: from the 2.5th to the 97.5th percentile."""
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def rank_correlation(first, second):
    """Spearman's rank correlation with its 95 % interval, by Fisher's transformation.

    Parameters
    ----------
    first, second : ndarray of float, shape (n,)

    Returns
    -------
    value, low, high : float
        All nan for fewer than 4 pairs, or where all of `first` or `second` are equal.
    """
    if len(first) < 4 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return np.nan, np.nan, np.nan
    correlation = stats.pearsonr(stats.rankdata(first), stats.rankdata(second))
    low, high = correlation.confidence_interval()
    return float(correlation.statistic), float(low), float(high)
