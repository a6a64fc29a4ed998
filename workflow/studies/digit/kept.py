"""Count the entries of a matrix that stay under cuts."""

from pixelwalk.compute.compiled import kernel
from pixelwalk.graph import cuts

import numpy as np


def kept(weights, fractions, *, rows):
    """Count the entries of at least given fractions of the largest.

    Parameters
    ----------
    weights : ndarray of float64, shape (N, N)
        At least 0.
    fractions : sequence of float
        0 to 1; of 0, all entries above 0 count.
    rows : bool
        Whether each row is divided by its sum first, as in the transition matrix.

    Returns
    -------
    ndarray of int64, shape (fractions,)
    """
    largest = weights.max(axis=1)
    sums = weights.sum(axis=1) if rows else np.ones(len(weights))
    most = np.divide(largest, sums, out=np.zeros_like(sums), where=sums > 0).max()
    least = [cuts.least_at(most * sums, fraction) for fraction in fractions]
    return _count(weights, np.array(least))


@kernel
def _count(weights, least):
    kept = np.zeros(len(least), np.int64)
    for row in range(len(weights)):
        for cut in range(len(least)):
            limit, number = least[cut, row], 0
            for column in range(weights.shape[1]):
                number += weights[row, column] >= limit
            kept[cut] += number
    return kept
