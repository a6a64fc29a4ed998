"""Validation of arguments of all exact references."""

import numpy as np

from pixelwalk.ising import lattice


def finite(coupling, field=0.0):
    """Raise ValueError for a coupling or a field that is not a finite number.

    Parameters
    ----------
    coupling, field : float
        Coupling and field, of either sign.

    Raises
    ------
    ValueError
        If one of them is infinite or not a number.
    """
    for name, value in (("coupling", coupling), ("field", field)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be a finite number, got {value}")


def sides(rows, columns, boundary):
    """Raise ValueError for an unknown boundary, or sides too short for it.

    Parameters
    ----------
    rows, columns, boundary
        As in `lattice.neighbours`.

    Raises
    ------
    ValueError
        As `lattice.neighbours` does.
    """
    smallest = min(rows, columns)
    if smallest < 3 or boundary not in lattice.BOUNDARIES:
        lattice.neighbours(rows, columns, boundary)
