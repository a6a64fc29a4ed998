"""Cluster updates (Swendsen and Wang 1987), for large lattices near the critical point.

The Fortuin-Kasteleyn representation puts an open or closed bond b between neighbours s
and s', beside the spins, with the joint weight

    product over bonds of  (1 - p) [b closed] + p [b open] [s = s'],
    p = 1 - exp(-2 coupling).

The sum over b gives the Ising weight back (Fortuin and Kasteleyn 1972; Edwards and
Sokal 1988). A field is one more spin, which never turns, and a neighbour of every site
with p = 1 - exp(-2 coupling * abs(field)).

An update draws the bonds and the spins in turn, each given the other. Given the spins,
a bond between equal spins is open with chance p, and one between unequal spins is
closed. Given the bonds, all spins of a cluster, the sites that open bonds join, are
equal: they are the field's if it is one of them, else a fair coin's.

Bonds and coins are drawn for 64 chains at once; the clusters are found for one chain
after the other, by the scan of Hoshen and Kopelman (1976) on a rectangular lattice, and
by joining the ends of one open bond after the other on any other graph.
"""

import numba
import numpy as np
from scipy import sparse

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.ising import draws

# Updates in one call of the kernel, about a second's work: then Ctrl-C is heard.
_UPDATES = 10**8

_ZERO, _ONE, _ONES = np.uint64(0), np.uint64(1), np.uint64(2**64 - 1)


class SwendsenWang:
    """A block of 64 Markov chains that start at random.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        What is sampled; its coupling at least 0.
    seed : numpy.random.SeedSequence
        Where the randomness comes from.

    Raises
    ------
    ValueError
        If the coupling is negative: the bonds would have negative weights.
    """

    #: Chains of a block; they share a random stream.
    WIDTH = 64

    def __init__(self, model, seed):
        if model.coupling < 0:
            raise ValueError(
                "method: swendsen-wang needs a beta of at least 0 (a ferromagnet), got "
                f"a coupling of {model.coupling:g}; use method: gibbs"
            )
        self._sites = model.sites
        if model.plain:
            self._update, self._bonds = _update, _behind(model)
        else:
            self._update, self._bonds = _update_graph, _ends(model)
        self._line = model.columns if model.plain else model.sites
        self._open = _open_digits(model.coupling)
        self._held = _open_digits(model.coupling * abs(model.field))
        self._field = _ONES if model.field > 0 else _ZERO
        self._stream = draws.stream(seed)
        self._spins = np.empty(-(-model.sites // wide.LANES) * wide.LANES, np.uint64)
        draws.random_words(self._stream, self._spins)

    def burn_in(self, sweeps):
        """Leave the random start; returns the sweeps made."""
        self.advance(sweeps)
        return sweeps

    def advance(self, sweeps):
        """Make a number of updates of all spins."""
        most = max(1, _UPDATES // (max(self._sites, self._bonds.size) * self.WIDTH))
        for done in range(0, sweeps, most):
            self._update(
                self._spins,
                self._bonds,
                self._line,
                self._open,
                self._held,
                self._field,
                self._stream,
                min(most, sweeps - done),
            )

    def words(self):
        """Spins of the chains, a bit each: uint64, shape (sites, 1)."""
        return self._spins[: self._sites, np.newaxis]


def _behind(model):
    """Every bond of a plain lattice once: of each site, those above and to the left."""
    return np.ascontiguousarray(model.neighbours()[:, [0, 2]].T)


def _ends(model):
    """Both sites of every bond of any graph: int64, shape (2, bonds)."""
    once = sparse.triu(model.adjacency, format="coo")
    return np.stack([once.row, once.col]).astype(np.int64)


def _open_digits(strength):
    """Digits of the chance that a bond between equal spins is open."""
    return draws.binary_digits(np.full(2, -np.expm1(-2 * strength)))


@numba.njit(inline="always")
def _bit(words, site, chain):
    return (words[site] >> np.uint64(chain)) & _ONE


@numba.njit(inline="always")
def _root(parents, site):
    while parents[site] != site:
        parents[site] = parents[parents[site]]
        site = parents[site]
    return site


@numba.njit(inline="always")
def _joined(parents, first, second):
    """Join two clusters; returns the root of both, their lowest site."""
    first, second = _root(parents, first), _root(parents, second)
    root = min(first, second)
    parents[max(first, second)] = root
    return root


@numba.njit
def _draw_bonds(bonds, digits, spins, others, stream):
    """Draw the bonds that join every site to another, or to none."""
    draws.biased_words(stream, digits, bonds)
    for site, other in enumerate(others):
        equal = ~(spins[site] ^ spins[other]) if other < len(others) else _ZERO
        bonds[site] &= equal


@numba.njit
def _find_clusters(parents, above, left, behind, columns, chain):
    """Give each site a parent in its cluster, of lower number unless it is the root."""
    for start in range(0, len(parents), columns):
        before = start
        for site in range(start, start + columns):
            up = start > 0 and _bit(above, site, chain)
            back = site > start and _bit(left, site, chain)
            first = parents[site - columns] if up else site
            second = before if back else site
            if up and back and first != second:
                before = _joined(parents, first, second)
            else:
                before = min(first, second)
            parents[site] = before
    # Bonds around a periodic lattice; of a free one, they are closed.
    for site in range(columns):
        if _bit(above, site, chain):
            _joined(parents, site, behind[0, site])
    for site in range(0, len(parents), columns):
        if _bit(left, site, chain):
            _joined(parents, site, behind[1, site])


@numba.njit
def _turn(spins, parents, coins, held, field, chain):
    """Give each cluster the field's spin if that holds it, else its root's coin."""
    mask = _ONE << np.uint64(chain)
    for site in range(len(parents) - 1, -1, -1):  # from the leaves to the root
        held[parents[site]] |= held[site] & mask
    for site, parent in enumerate(parents):
        coin = (coins[site] & ~held[site]) | (field & held[site])
        spins[site] |= (coin if parent == site else spins[parent]) & mask


@numba.njit
def _draw_fields(spins, coins, held, digits, field, stream):
    """Draw the bonds to the field, and coins; the spins that were are forgotten."""
    draws.biased_words(stream, digits, held)
    held &= ~(spins ^ field)
    draws.random_words(stream, coins)
    spins[:] = 0


@kernel
def _update(spins, behind, columns, open_digits, held_digits, field, stream, sweeps):
    above, left = np.empty_like(spins), np.empty_like(spins)
    coins, held = np.empty_like(spins), np.empty_like(spins)
    parents = np.empty(behind.shape[1], np.int64)
    for _ in range(sweeps):
        _draw_bonds(above, open_digits, spins, behind[0], stream)
        _draw_bonds(left, open_digits, spins, behind[1], stream)
        _draw_fields(spins, coins, held, held_digits, field, stream)
        for chain in range(64):
            _find_clusters(parents, above, left, behind, columns, chain)
            _turn(spins, parents, coins, held, field, chain)


@kernel
def _update_graph(spins, ends, sites, open_digits, held_digits, field, stream, sweeps):
    lanes = wide.LANES
    bonds = np.empty(-(-ends.shape[1] // lanes) * lanes, np.uint64)
    coins, held = np.empty_like(spins), np.empty_like(spins)
    parents = np.empty(sites, np.int64)
    for _ in range(sweeps):
        draws.biased_words(stream, open_digits, bonds)
        for bond in range(ends.shape[1]):
            bonds[bond] &= ~(spins[ends[0, bond]] ^ spins[ends[1, bond]])
        _draw_fields(spins, coins, held, held_digits, field, stream)
        for chain in range(64):
            parents[:] = np.arange(sites)
            for bond in range(ends.shape[1]):
                if _bit(bonds, bond, chain):
                    _joined(parents, ends[0, bond], ends[1, bond])
            _turn(spins, parents, coins, held, field, chain)
