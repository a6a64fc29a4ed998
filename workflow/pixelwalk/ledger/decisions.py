"""Three-valued decisions: True, False, or None where the uncertainty is too large.

A criterion is built from comparisons of 95 % intervals with thresholds, combined by
`every` and `some` (Kleene's logic), and ends in `supported` or `reproduced`.
"""


def above(interval, threshold):
    """Decide whether a quantity lies above a threshold.

    Parameters
    ----------
    interval : pair of float
        Lower and upper end of the quantity's 95 % interval; equal ends for an exact
        number.
    threshold : float

    Returns
    -------
    bool or None
        None if the interval includes the threshold, or an end is nan.
    """
    low, high = interval
    if low > threshold:
        return True
    return False if high <= threshold else None


def below(interval, threshold):
    """Decide whether a quantity lies below a threshold; see `above`."""
    low, high = interval
    return above((-high, -low), -threshold)


def within(interval, low, high):
    """Decide whether a quantity lies between two thresholds; see `above`."""
    return every([above(interval, low), below(interval, high)])


def every(decisions):
    """Decide whether all of several decisions hold.

    Parameters
    ----------
    decisions : iterable of bool or None

    Returns
    -------
    bool or None
        False if any is False; else None if any is None; else True.
    """
    decisions = list(decisions)
    if any(one is not None and not one for one in decisions):
        return False
    return None if any(one is None for one in decisions) else True


def some(decisions):
    """Decide whether at least one of several decisions holds.

    Parameters
    ----------
    decisions : iterable of bool or None

    Returns
    -------
    bool or None
        True if any is True; else None if any is None; else False.
    """
    opposite = every(one if one is None else not one for one in decisions)
    return None if opposite is None else not opposite
