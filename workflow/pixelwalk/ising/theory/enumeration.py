"""The Ising model on a few sites, by summing over all states.

The energy is E = -sum over bonds of s s' - field * sum of s, in units of the coupling
of one bond; a state weighs exp(-coupling * E).
"""

import functools

import numpy as np
from scipy import special

from pixelwalk.ising import lattice
from pixelwalk.ising.theory import checks

MOST_SITES = 16


def spin_states(sites):
    """Return all states of a number of spins.

    Parameters
    ----------
    sites : int
        Number of spins.

    Returns
    -------
    ndarray of float64, shape (2**sites, sites)
        -1 or +1. In row k, spin i is -1 where bit i of k is set.
    """
    return 1.0 - 2.0 * (np.arange(2**sites)[:, None] >> np.arange(sites) & 1)


def log_partition_function(rows, columns, coupling, boundary, field=0.0):
    """Return the logarithm of the sum over all states of exp(-coupling * E).

    Parameters
    ----------
    rows, columns : int
        Size of the lattice, at most 16 sites.
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.
    field : float
        External field, in units of the coupling.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the lattice has more than 16 sites or does not fit its boundary, or a
        number is not finite.
    """
    _, energies = _states(rows, columns, coupling, boundary, field)
    return float(special.logsumexp(-coupling * energies))


def energy(rows, columns, coupling, boundary, field=0.0):
    """Return the mean energy of a configuration, in units of the coupling.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    float
    """
    _, energies = _states(rows, columns, coupling, boundary, field)
    return float(special.softmax(-coupling * energies) @ energies)


def heat_capacity(rows, columns, coupling, boundary, field=0.0):
    """Return the heat capacity: coupling**2 times the variance of the energy.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    float
        In units of Boltzmann's constant.
    """
    _, energies = _states(rows, columns, coupling, boundary, field)
    chances = special.softmax(-coupling * energies)
    return float(coupling**2 * (chances @ (energies - chances @ energies) ** 2))


def absolute_magnetisation(rows, columns, coupling, boundary, field=0.0):
    """Return the mean of |m|, where m is the mean spin of a configuration.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    float
        0 to 1.
    """
    states, energies = _states(rows, columns, coupling, boundary, field)
    return float(special.softmax(-coupling * energies) @ np.abs(states.mean(axis=1)))


def correlations(rows, columns, coupling, boundary, field=0.0):
    """Return the means of s_i s_j of all pairs of sites, numbered as in `lattice`.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    ndarray of float64, shape (rows * columns, rows * columns)
        Means of products; the products of the means are not subtracted.
    """
    states, energies = _states(rows, columns, coupling, boundary, field)
    return (states.T * special.softmax(-coupling * energies)) @ states


def of_graph(adjacency, coupling, field=0.0):
    """Return the mean energy and the correlations of any graph.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array of float64, shape (N, N)
        1 between neighbours; N at most 16.
    coupling, field : float
        As for `log_partition_function`.

    Returns
    -------
    dict
        `energy`, in units of the coupling, and `correlations`, shape (N, N).
    """
    states, energies = _energies(adjacency, field)
    chances = special.softmax(-coupling * energies)
    return {
        "energy": float(chances @ energies),
        "correlations": (states.T * chances) @ states,
    }


def _states(rows, columns, coupling, boundary, field):
    """Return all states and their energies."""
    checks.finite(coupling, field)
    return _cached_states(rows, columns, boundary, field)


@functools.lru_cache(maxsize=1)  # several means of one lattice are computed in turn
def _cached_states(rows, columns, boundary, field):
    if rows * columns > MOST_SITES:
        raise ValueError(
            f"all states can be added up for at most {MOST_SITES} sites, got "
            f"{rows} x {columns}; theory.transfer handles longer lattices"
        )
    return _energies(lattice.adjacency(rows, columns, boundary), field)


def _energies(adjacency, field):
    states = spin_states(adjacency.shape[0])
    return states, -np.sum(states * (states @ adjacency / 2 + field), axis=1)
