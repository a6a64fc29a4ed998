"""Cluster updates (Swendsen and Wang 1987), for large lattices near the critical point.

The Fortuin-Kasteleyn representation puts an open or closed bond b between neighbours s
and s', beside the spins, with the joint weight

    product over bonds of  (1 - p) [b closed] + p [b open] [s = s'],
    p = 1 - exp(-2 coupling),

times ``exp(coupling * field * s)`` for each site. The sum over b gives the Ising weight
back (Fortuin and Kasteleyn 1972; Edwards and Sokal 1988). An update draws each of the
two given the other. Given the spins, a bond between equal spins is open with chance p,
and one between unequal spins is closed. Given the bonds, all spins of a cluster, the
sites that open bonds join, are equal, and +1 with chance ``1 / (1 + exp(-2 coupling *
field * n))``, n the number of its sites.
"""

import numba
import numpy as np
from scipy.special import expit

from pixelwalk import bits

# Updates of a site in one call of the kernel, about a second's work.
_UPDATES = 3 * 10**7


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
        self._stream = np.random.Generator(np.random.SFC64(seed))
        self._up = self._stream.random((self.WIDTH, model.sites)) < 0.5
        self._shape = (model.rows, model.columns)
        # Every bond once: of each site, the one below and the one to the right.
        self._ahead = np.ascontiguousarray(model.neighbours()[:, [1, 3]])
        self._open = -np.expm1(-2 * model.coupling)
        sizes = np.arange(model.sites + 1.0)
        strength = 2 * model.coupling * model.field
        self._up_chances = expit(np.clip(strength, -1e200, 1e200) * sizes)

    def burn_in(self, sweeps):
        """Leave the random start; returns the sweeps made."""
        self.advance(sweeps)
        return sweeps

    def advance(self, sweeps):
        """Make a number of updates of all spins."""
        most = max(1, _UPDATES // self._up.size)
        for done in range(0, sweeps, most):
            count = min(most, sweeps - done)
            _update(
                self._up, self._ahead, self._open, self._up_chances, count, self._stream
            )

    def words(self):
        """Spins of the chains, a bit each: uint64, shape (sites, 1)."""
        packed = bits.pack(self._up.reshape(self.WIDTH, *self._shape))
        return packed.words.reshape(-1, 1)


@numba.njit(inline="always")
def _root(parents, site):
    while parents[site] != site:
        parents[site] = parents[parents[site]]
        site = parents[site]
    return site


@numba.njit(nogil=True, cache=True)
def _update(up, ahead, open_chance, up_chances, sweeps, stream):
    sites = up.shape[1]
    parents = np.empty(sites, np.int32)
    sizes = np.empty(sites, np.int32)
    spins = np.empty(sites, np.bool_)
    for chain in range(len(up)):
        state = up[chain]
        for _ in range(sweeps):
            for site in range(sites):
                parents[site] = site
                sizes[site] = 0
            for site in range(sites):
                for side in range(2):
                    other = ahead[site, side]
                    if other == sites or state[site] != state[other]:
                        continue
                    if stream.random() < open_chance:
                        first, second = _root(parents, site), _root(parents, other)
                        # The lower number is the root: it comes before its cluster.
                        parents[max(first, second)] = min(first, second)
            for site in range(sites):
                parents[site] = _root(parents, site)
                sizes[parents[site]] += 1
            for site in range(sites):
                root = parents[site]
                if root == site:
                    spins[site] = stream.random() < up_chances[sizes[site]]
                state[site] = spins[root]
