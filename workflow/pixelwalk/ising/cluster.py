"""Cluster updates (Swendsen and Wang 1987), for large lattices near the critical point.

The Fortuin-Kasteleyn representation adds an open or closed bond b between neighbouring
spins s and s'. The joint weight of spins and bonds is

    product over bonds of  (1 - p) [b closed] + p [b open] [s = s'],
    p = 1 - exp(-2 coupling).

The sum over all b is the Ising weight (Fortuin and Kasteleyn 1972; Edwards and
Sokal 1988). A field is one more spin, which never flips, and a neighbour of every site
with p = 1 - exp(-2 coupling * abs(field)).

An update draws the bonds given the spins, then the spins given the bonds. Given the
spins, a bond between equal spins is open with probability p, and one between unequal
spins is closed. Given the bonds, all spins of a cluster (sites that open bonds connect)
are equal: to the field's spin if the cluster contains it, else to a random spin.

Bonds and random spins are drawn for 64 chains at once. Clusters are found chain by
chain: by the scan of Hoshen and Kopelman (1976) on a rectangular lattice, and by
joining the ends of each open bond (union-find) on any other graph.
"""

import numba
import numpy as np
from scipy import sparse

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.ising import draws

# Updates in one call of the kernel, about a second: Ctrl-C acts only between calls.
_UPDATES = 10**8

_ZERO, _ONE, _ONES = np.uint64(0), np.uint64(1), np.uint64(2**64 - 1)


class SwendsenWang:
    """A block of 64 Markov chains that start at random.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        Model to sample; its coupling must be at least 0.
    seed : numpy.random.SeedSequence
        Seed of the random stream.

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
            self._update, self._bonds = _update, _preceding(model)
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
        """Make a number of updates of all spins; return it."""
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
        """Return the spins of the chains, one bit each: uint64, shape (sites, 1)."""
        return self._spins[: self._sites, np.newaxis]


def _preceding(model):
    """Return the neighbours above and to the left of each site: shape (2, sites)."""
    return np.ascontiguousarray(model.neighbours()[:, [0, 2]].T)


def _ends(model):
    """Return both sites of each bond of any graph: int64, shape (2, bonds)."""
    once = sparse.triu(model.adjacency, format="coo")
    return np.stack([once.row, once.col]).astype(np.int64)


def _open_digits(strength):
    """Return the digits of the probability that a bond between equal spins is open."""
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
def _join(parents, first, second):
    """Join two clusters; return their common root, their lowest site."""
    first, second = _root(parents, first), _root(parents, second)
    root = min(first, second)
    parents[max(first, second)] = root
    return root


@numba.njit
def _draw_bonds(bonds, digits, spins, others, stream):
    """Draw the bonds between each site and one other site, or none, in place."""
    draws.biased_words(stream, digits, bonds)
    for site, other in enumerate(others):
        equal = ~(spins[site] ^ spins[other]) if other < len(others) else _ZERO
        bonds[site] &= equal


@numba.njit
def _find_clusters(parents, above, left, preceding, columns, chain):
    """Set the parent of each site in its cluster: a lower site, or itself if root."""
    for start in range(0, len(parents), columns):
        before = start
        for site in range(start, start + columns):
            up = start > 0 and _bit(above, site, chain)
            back = site > start and _bit(left, site, chain)
            first = parents[site - columns] if up else site
            second = before if back else site
            if up and back and first != second:
                before = _join(parents, first, second)
            else:
                before = min(first, second)
            parents[site] = before
    # Bonds across the boundary of a periodic lattice; on a free one, they are closed.
    for site in range(columns):
        if _bit(above, site, chain):
            _join(parents, site, preceding[0, site])
    for site in range(0, len(parents), columns):
        if _bit(left, site, chain):
            _join(parents, site, preceding[1, site])


@numba.njit
def _set_spins(spins, parents, coins, held, field, chain):
    """Set the spins of each cluster: the field's if it is bound to it, else random."""
    mask = _ONE << np.uint64(chain)
    for site in range(len(parents) - 1, -1, -1):  # from the leaves to the root
        held[parents[site]] |= held[site] & mask
    for site, parent in enumerate(parents):
        coin = (coins[site] & ~held[site]) | (field & held[site])
        spins[site] |= (coin if parent == site else spins[parent]) & mask


@numba.njit
def _draw_fields(spins, coins, held, digits, field, stream):
    """Draw the bonds to the field, and random spins; clear the old spins."""
    draws.biased_words(stream, digits, held)
    held &= ~(spins ^ field)
    draws.random_words(stream, coins)
    spins[:] = 0


@kernel
def _update(spins, preceding, columns, open_digits, held_digits, field, stream, sweeps):
    above, left = np.empty_like(spins), np.empty_like(spins)
    coins, held = np.empty_like(spins), np.empty_like(spins)
    parents = np.empty(preceding.shape[1], np.int64)
    for _ in range(sweeps):
        _draw_bonds(above, open_digits, spins, preceding[0], stream)
        _draw_bonds(left, open_digits, spins, preceding[1], stream)
        _draw_fields(spins, coins, held, held_digits, field, stream)
        for chain in range(64):
            _find_clusters(parents, above, left, preceding, columns, chain)
            _set_spins(spins, parents, coins, held, field, chain)


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
                    _join(parents, ends[0, bond], ends[1, bond])
            _set_spins(spins, parents, coins, held, field, chain)
