"""Exact references for the Ising model on the square lattice and small graphs.

`enumeration` sums over all states of any graph of up to 16 sites, `kaufman` has closed
forms for a periodic lattice of any size without a field, `transfer` handles any lattice
up to 12 sites wide, and `onsager` handles the infinite one. The functions here choose
the method that applies to a lattice.
"""

import contextlib

import numpy as np

from pixelwalk.ising.theory import checks, enumeration, kaufman, transfer

# Their correlations need 128 MiB.
_MOST_SITES = 4096


def exact_energy(rows, columns, coupling, *, boundary, field=0.0):
    """Return the exact mean energy of a configuration, if it is known.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice.
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.
    field : float
        External field, in units of the coupling.

    Returns
    -------
    float or None
        Mean of E = -sum over bonds of s s' - field * sum of s, in units of the
        coupling. None for a lattice wider than 12 sites with a free boundary or a
        field, and for a strong antiferromagnet with two odd sides above 12.

    Raises
    ------
    ValueError
        If a side does not fit the boundary, or a number is not finite.
    """
    checks.finite(coupling, field)
    checks.sides(rows, columns, boundary)
    if boundary == "periodic" and field == 0:
        with contextlib.suppress(FloatingPointError):
            return kaufman.energy(rows, columns, coupling)
    if min(rows, columns) <= transfer.WIDEST:
        return transfer.energy(rows, columns, coupling, boundary, field)
    return None


def exact_correlations(rows, columns, coupling, *, boundary, field=0.0):
    """Return the exact means of s_i s_j of all pairs of sites, if they are known.

    Parameters and errors are those of `exact_energy`.

    Returns
    -------
    ndarray of float64, shape (rows * columns, rows * columns), or None
        The sites are numbered as in `lattice`. None for a lattice wider than 12 sites,
        or of more than 4,096.
    """
    checks.finite(coupling, field)
    checks.sides(rows, columns, boundary)
    if min(rows, columns) > transfer.WIDEST or rows * columns > _MOST_SITES:
        return None
    return transfer.correlations(rows, columns, coupling, boundary, field)


def solve(rows, columns, coupling, *, boundary, field=0.0):
    """Return the exact energy and correlations of a lattice.

    Parameters and errors are those of `exact_energy`.

    Returns
    -------
    dict
        `energy`, per site, nan if unknown, and `correlations`, shape (N, N), or (0, 0)
        if unknown.
    """
    conditions = {"boundary": boundary, "field": field}
    energy = exact_energy(rows, columns, coupling, **conditions)
    correlations = exact_correlations(rows, columns, coupling, **conditions)
    return {
        "energy": np.nan if energy is None else energy / (rows * columns),
        "correlations": np.empty((0, 0)) if correlations is None else correlations,
    }


def solve_graph(adjacency, coupling, field=0.0):
    """Return energy and correlations of a small graph by summing over all states.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array of float64, shape (N, N)
        1 between neighbours.
    coupling, field : float
        As for `exact_energy`.

    Returns
    -------
    dict or None
        `energy`, as `exact_energy` returns it, and `correlations`, shape (N, N). None
        for more than 16 sites.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    checks.finite(coupling, field)
    if adjacency.shape[0] > enumeration.MOST_SITES:
        return None
    return enumeration.of_graph(adjacency, coupling, field)
