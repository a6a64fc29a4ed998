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
