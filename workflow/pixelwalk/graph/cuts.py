"""Cuts: rules that decide which pair weights become edges."""

import re

import numpy as np

# Rounding of a mean must not decide about a weight exactly at the threshold.
_ROUNDING = 1e-12

#: Smallest number above 0, the least threshold: only weights above 0 are kept.
TINY = np.nextafter(0, 1)


def parse_cut(cut):
    """Parse the name of a cut.

    Parameters
    ----------
    cut : str
        ``at-0.10``: keep weights of at least 10 % of the largest.
        ``top-0.0474``: keep the heaviest 4.74 % of all entries.
        ``knn-8``: keep entries among the 8 heaviest of their row or their column, not
        counting the diagonal; the diagonal itself where it is as heavy.

        Entries of equal weight are kept or dropped together, so that the order of
        pixels has no effect. Of the fractions (``top-``) or numbers in a row (``knn-``)
        that ties allow, the nearest to the requested one applies, or the larger of two
        equally near. The heaviest entries are kept even if they are more than that: if
        all weights are equal, ``top-0.01`` keeps all. ``top-0`` keeps none.

    Returns
    -------
    rule : {"at", "top", "knn"}
    number : float or int
        Fraction, 0 to 1; for ``knn`` number of entries, at least 1.

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
    """Return the least weight that is kept under ``at-<fraction>``.

    Parameters
    ----------
    largest : float or ndarray of float
        Largest weight of the matrix.
    fraction : float
        0 to 1.

    Returns
    -------
    float or ndarray of float
        Above 0.
    """
    return np.maximum(fraction * largest * (1 - _ROUNDING), TINY)


def nearest(value, above, equal, wanted):
    """Return the least weights for which the number kept is nearest to a wanted one.

    Parameters
    ----------
    value : ndarray of float
        Weights at which the number of entries, from the heaviest on, reaches `wanted`.
    above, equal : ndarray of int
        Numbers of entries above and at this weight.
    wanted : float

    Returns
    -------
    ndarray of float
        Above 0.
    """
    fewer = (above > 0) & (wanted - above < above + equal - wanted)
    least = np.where(fewer, np.nextafter(value, np.inf), value)
    return np.where(value > 0, least, TINY)


def least_of_others(weights, number, start=0):
    """Return the least weight kept in each row, for a wanted number of other pixels.

    Parameters
    ----------
    weights : ndarray of float, shape (rows, N)
        Weights of the pixels from `start` on with all N.
    number : int
        Number of entries off the diagonal, at least 1.
    start : int
        Pixel of the first row.

    Returns
    -------
    ndarray of float, shape (rows,)
        As `nearest` returns it.
    """
    others = weights.copy()
    own = np.arange(len(weights))
    others[own, start + own] = -np.inf
    return least_of_rows(others, min(number, weights.shape[1]))


def least_of_rows(weights, wanted):
    """Return the least weight that is kept in each row, for a wanted number of entries.

    Parameters
    ----------
    weights : ndarray of float, shape (rows, columns)
    wanted : float
        Above 0, at most the number of columns.

    Returns
    -------
    ndarray of float, shape (rows,)
        As `nearest` returns it.
    """
    place = weights.shape[1] - int(np.ceil(wanted))
    # `numpy.partition` takes ten times as long as a sort on a symmetric matrix.
    value = np.sort(weights, axis=1)[:, place]
    above = np.count_nonzero(weights > value[:, None], axis=1)
    equal = np.count_nonzero(weights == value[:, None], axis=1)
    return nearest(value, above, equal, wanted)
