"""Cuts: the rules by which the weights of pairs stay or go."""

import re

import numpy as np

# The mean of n values is rounded; that must not decide about a pair that lies
# exactly on the threshold.
_ROUNDING = 1e-12

#: The smallest number above 0: what is not above 0 never stays.
TINY = np.nextafter(0, 1)


def parse_cut(cut):
    """Read the name of a cut.

    Parameters
    ----------
    cut : str
        ``at-0.10``: keep weights of at least 10 % of the largest.
        ``top-0.0474``: keep the heaviest 4.74 % of all entries.
        ``knn-8``: keep an entry that is among the 8 heaviest of its row or its column.

        Entries of equal weight stay or go together, so that no order of the pixels
        decides; of the shares (``top-``), or the numbers in a row (``knn-``), that can
        be had so, the nearest to the one asked for is taken, and the larger of two that
        are as near.

    Returns
    -------
    rule : {"at", "top", "knn"}
    number : float or int
        A fraction, 0 to 1; for ``knn`` a number of entries, 1 or more.

    Raises
    ------
    ValueError
        If the name is not of that form.
    """
    if match := re.fullmatch(r"knn-([1-9]\d*)", cut):
        return "knn", int(match[1])
    match = re.fullmatch(r"(at|top)-((?:0|1)(?:\.\d+)?)", cut)
    if match is None or float(match[2]) > 1:
        raise ValueError(
            "a cut is at-<fraction of the largest weight> or top-<fraction of the "
            "entries>, with a fraction of 0 to 1, or knn-<number of entries>, with a "
            f"number of 1 or more, got {cut!r}"
        )
    return match[1], float(match[2])


def least_at(largest, fraction):
    """Weight from which on entries stay under ``at-<fraction>``.

    Parameters
    ----------
    largest : float
        Largest weight of the matrix.
    fraction : float
        0 to 1.

    Returns
    -------
    float
        Above 0.
    """
    return max(fraction * largest * (1 - _ROUNDING), TINY)


def nearest(value, above, equal, wanted):
    """Weight from which on entries stay so that their number is nearest to one wanted.

    Parameters
    ----------
    value : ndarray of float
        The weight at which the number of entries, from the heaviest on, reaches the one
        wanted.
    above, equal : ndarray of int
        How many entries are above and at this weight.
    wanted : float

    Returns
    -------
    ndarray of float
        Above 0.
    """
    fewer = (above > 0) & (wanted - above < above + equal - wanted)
    least = np.where(fewer, np.nextafter(value, np.inf), value)
    return np.where(value > 0, least, TINY)


def least_of_rows(weights, wanted):
    """Weight from which on entries stay, for a number of them wanted in every row.

    Parameters
    ----------
    weights : ndarray of float, shape (rows, columns)
    wanted : float
        Above 0, at most the number of columns.

    Returns
    -------
    least : ndarray of float, shape (rows,)
        As `nearest` gives it.
    """
    place = weights.shape[1] - int(np.ceil(wanted))
    # Sorted whole: on a symmetric matrix `partition` takes ten times as long.
    value = np.sort(weights, axis=1)[:, place]
    above = np.count_nonzero(weights > value[:, None], axis=1)
    equal = np.count_nonzero(weights == value[:, None], axis=1)
    return nearest(value, above, equal, wanted)
