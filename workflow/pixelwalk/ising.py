"""Heat-bath Gibbs sampling of the Ising model, E = -sum over bonds of s s'.

The inverse temperature `beta` multiplies the energy. How a bond counts is a
convention: ``standard`` draws a spin with P(+1 | neighbours) = 1 / (1 + exp(-2 beta
h)), h the sum of the neighbouring spins, as the energy above asks. ``half`` draws it
with 1 / (1 + exp(-beta h)): every bond counts half, so that beta means what beta / 2
means in the standard convention.
"""

import logging
import os
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from pixelwalk import lattice

log = logging.getLogger(__name__)

#: What a bond adds to the energy, in each convention.
BONDS = {"standard": 1.0, "half": 0.5}

# Chains that share a random stream. The samples depend on this number, and not on
# how many threads share the blocks.
_BLOCK = 100


def heat_bath_probabilities(beta, bonds):
    """Probability of spin +1 given the sum of the four neighbours.

    Parameters
    ----------
    beta : float
        Inverse temperature, at least 0.
    bonds : {"standard", "half"}
        How a bond counts.

    Returns
    -------
    ndarray of float64, shape (9,)
        For a sum of -4, -3, ..., 4: P = 1 / (1 + exp(-2 K h)), where the coupling K
        is beta (``standard``) or beta / 2 (``half``).

    Raises
    ------
    ValueError
        If beta is negative or not finite, or bonds is none of the two.
    """
    if not (np.isfinite(beta) and beta >= 0):
        raise ValueError(f"beta must be a number of at least 0, got {beta}")
    if bonds not in BONDS:
        raise ValueError(f"bonds must be one of {tuple(BONDS)}, got {bonds!r}")
    field = np.arange(-4.0, 5.0)
    with np.errstate(over="ignore"):  # exp(-2 K h) may be infinite: P is then 0
        return 1 / (1 + np.exp(-2 * min(beta, 1e300) * BONDS[bonds] * field))


def sample(count, rows, columns, beta, *, boundary, bonds, sweeps, seeds, threads=None):
    """Draw spin configurations, each from a Markov chain of its own.

    A chain starts at random and makes `sweeps` sweeps; a sweep draws every spin once,
    row by row, given its neighbours (Geman and Geman 1984).

    Parameters
    ----------
    count : int
        How many configurations.
    rows, columns : int
        Size of the lattice.
    beta : float
        Inverse temperature, at least 0.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.
    bonds : {"standard", "half"}
        How a bond counts; see the top of this module.
    sweeps : int
        Sweeps of burn-in before a configuration is taken, at least 0.
    seeds : numpy.random.SeedSequence
        Where the randomness comes from.
    threads : int, optional
        Threads to use; the samples do not depend on it. All cores by default.

    Returns
    -------
    ndarray of int8, shape (count, rows, columns)
        Spins, -1 or +1.

    Raises
    ------
    ValueError
        If a value lies outside of its range.
    """
    if count < 0 or sweeps < 0:
        raise ValueError(
            f"count and sweeps must be at least 0, got {count} and {sweeps}"
        )
    around = lattice.neighbours(rows, columns, boundary)
    chances = heat_bath_probabilities(beta, bonds)
    spins = np.empty((count, rows * columns), np.int8)
    starts = range(0, count, _BLOCK)
    streams = [
        np.random.Generator(np.random.SFC64(s)) for s in seeds.spawn(len(starts))
    ]

    def fill(start, stream):
        _run_chains(spins[start : start + _BLOCK], around, chances, sweeps, stream)

    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        for done, _ in enumerate(pool.map(fill, starts, streams), start=1):
            if done % max(1, len(starts) // 10) == 0:
                log.info("%d of %d samples", min(done * _BLOCK, count), count)
    return spins.reshape(count, rows, columns)


def energy(spins, boundary):
    """Energy of spin configurations, minus the sum over bonds of s s'.

    Parameters
    ----------
    spins : ndarray of int, shape (..., rows, columns)
        Spins, -1 or +1.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.

    Returns
    -------
    ndarray of int64, shape (...)
        In units of the coupling of one full bond.
    """
    spins = np.asarray(spins, np.int64)
    if boundary == "periodic":
        right, below = np.roll(spins, -1, axis=-1), np.roll(spins, -1, axis=-2)
        return -np.sum(spins * (right + below), axis=(-2, -1))
    across = np.sum(spins[..., :, 1:] * spins[..., :, :-1], axis=(-2, -1))
    down = np.sum(spins[..., 1:, :] * spins[..., :-1, :], axis=(-2, -1))
    return -(across + down)


@numba.njit(nogil=True, cache=True)
def _run_chains(spins, around, chances, sweeps, stream):
    sites = around.shape[0]
    state = np.zeros(sites + 1, np.int8)  # the last one stands for "no neighbour"
    for chain in range(spins.shape[0]):
        for site in range(sites):
            state[site] = 1 if stream.random() < 0.5 else -1
        for _ in range(sweeps):
            for site in range(sites):
                field = 4
                for side in range(4):
                    field += state[around[site, side]]
                state[site] = 1 if stream.random() < chances[field] else -1
        spins[chain] = state[:sites]
