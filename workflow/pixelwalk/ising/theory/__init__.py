"""Exact references for the Ising model on the square lattice and small graphs.

`enumeration` adds up all states of up to 16 sites of any graph, `kaufman` has closed
forms for a periodic lattice of any size without a field, `transfer` takes any lattice
up to 12 sites wide, and `onsager` knows the infinite one. The functions here pick for a
lattice what holds for it.
"""

import contextlib

import numpy as np

from pixelwalk.ising.theory import checks, enumeration, kaufman, transfer

# All pairs of them fill 128 MiB.
_MOST_SITES = 4096


def exact_energy(rows, columns, coupling, *, boundary, field=0.0):
    """Exact mean energy of a configuration, where one is known.

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
        coupling. None for a lattice wider than 12 sites with free edges or in a field;
        and for the strong antiferromagnet with two odd sides above 12.

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
    """Exact mean of s_i s_j for all pairs of sites, where it is known.

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
    """Everything exact that is known of a lattice.

    Parameters and errors are those of `exact_energy`.

    Returns
    -------
    dict
        `energy`, per site, nan where none is known, and `correlations`, shape (0, 0)
        where none are known.
    """
    given = {"boundary": boundary, "field": field}
    energy = exact_energy(rows, columns, coupling, **given)
    correlations = exact_correlations(rows, columns, coupling, **given)
    return {
        "energy": np.nan if energy is None else energy / (rows * columns),
        "correlations": np.empty((0, 0)) if correlations is None else correlations,
    }


def solve_graph(adjacency, coupling, field=0.0):
    """Energy and correlations of the spins of any small graph, by adding up all states.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array of float64, shape (N, N)
        1 between neighbours.
    coupling, field : float
        As of `exact_energy`.

    Returns
    -------
    dict or None
        `energy`, as of `exact_energy`, and `correlations`, shape (N, N). None of more
        than 16 sites.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    checks.finite(coupling, field)
    if adjacency.shape[0] > enumeration.MOST_SITES:
        return None
    return enumeration.of_graph(adjacency, coupling, field)
