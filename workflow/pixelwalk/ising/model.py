"""The Ising model on a lattice or any graph: energies and probabilities.

The energy is ``E = -sum over bonds of s s' - field * sum over sites of s``, and a
configuration's probability is proportional to ``exp(-coupling * E)``. The coupling
depends on a convention for bonds. ``standard``: it is the inverse temperature beta, and
P(s = +1 | neighbours) = 1 / (1 + exp(-2 beta h)), where h is the sum of the neighbours
and the field. ``half``: it is beta / 2, and the probability is 1 / (1 + exp(-beta h)).
"""

import functools
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from pixelwalk.ising import lattice

# Most numbers of 8 bytes in memory at a time.
_NUMBERS = 2**22

#: Coupling divided by beta, by convention.
BONDS = {"standard": 1.0, "half": 0.5}


@dataclass(frozen=True)
class Model:
    """An Ising model.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice.
    coupling : float
        Inverse temperature times the energy of a bond; negative: antiferromagnetic.
    boundary : {"periodic", "free", "helical"}
        Boundary condition of the lattice, as in `lattice.adjacency`.
    field : float
        External field, in units of a bond.
    lattice : {"rectangular", "triangular"}
        Kind of lattice, as in `lattice.adjacency`.
    edges : tuple of tuple of int, optional
        Bonds of any other graph of rows * columns sites, each once; boundary and
        lattice are then ignored.

    Raises
    ------
    ValueError
        If the coupling or the field is not finite, or an edge is repeated or does not
        join two different sites.
    """

    rows: int
    columns: int
    coupling: float
    boundary: str
    field: float = 0.0
    lattice: str = "rectangular"
    edges: tuple | None = None

    def __post_init__(self):
        """Raise ValueError for numbers that are not finite, and for invalid edges."""
        if not np.isfinite([self.coupling, self.field]).all():
            raise ValueError(
                "beta and field must be finite numbers, got a coupling of "
                f"{self.coupling} and a field of {self.field}"
            )

        if self.edges is not None:
            ends = np.sort(np.array(self.edges).reshape(-1, 2), axis=1)
            outside = np.any((ends < 0) | (ends >= self.sites), axis=1)
            invalid = outside | (ends[:, 0] == ends[:, 1])
            invalid[np.setdiff1d(np.arange(len(ends)), _firsts(ends))] = True
            if invalid.any():
                raise ValueError(
                    f"expected edges between two of the sites 0 to {self.sites - 1}, "
                    f"each once, got {self.edges[int(invalid.argmax())]}"
                )

    @classmethod
    def of(cls, settings, edges=None):
        """Return the model of an ensemble with the settings of a configuration.

        If its lattice is a file, `edges` are those that the file lists.
        """
        return cls(
            settings["rows"],
            settings["columns"],
            coupling(settings["beta"], settings["bonds"]),
            settings["boundary"],
            settings["field"],
            settings["lattice"],
            edges,
        )

    @property
    def plain(self):
        """Whether the lattice is rectangular, with a free or periodic boundary."""
        named = self.boundary in lattice.BOUNDARIES and self.edges is None
        return named and self.lattice == "rectangular"

    @property
    def sites(self):
        """Number of sites."""
        return self.rows * self.columns

    def up_probabilities(self, neighbours):
        """Return the probability of spin +1, given the sums of neighbouring spins."""
        # Clipped, so that no product is nan.
        strength = np.clip(2 * self.coupling, -1e200, 1e200)
        return expit(strength * np.clip(neighbours + self.field, -1e100, 1e100))

    def neighbours(self):
        """Return the neighbours of each site of a plain lattice; see `lattice`."""
        return lattice.neighbours(self.rows, self.columns, self.boundary)

    @functools.cached_property
    def adjacency(self):
        """Adjacency matrix, as `lattice.adjacency` returns it."""
        if self.edges is not None:
            return lattice.adjacency_of(self.edges, self.sites)
        return lattice.adjacency(self.rows, self.columns, self.boundary, self.lattice)

    def energy(self, spins):
        """Return energies of spins (n, rows, columns), -1 or +1: (n,), in bonds."""
        if self.plain:
            return energy(spins, self.boundary, self.field)
        energies, step = np.empty(len(spins)), max(1, _NUMBERS // self.sites)
        for start in range(0, len(spins), step):
            part = spins[start : start + step]
            flat = part.reshape(len(part), self.sites).T.astype(float)
            sums = np.sum(flat * (self.adjacency @ flat), axis=0) / 2
            energies[start : start + step] = -sums - self.field * flat.sum(axis=0)
        return energies


def _firsts(rows):
    """Return the index of the first occurrence of each distinct row."""
    return np.unique(rows, axis=0, return_index=True)[1]


def coupling(beta, bonds):
    """Return the coupling at an inverse temperature.

    Parameters
    ----------
    beta : float
        Inverse temperature; negative: antiferromagnetic.
    bonds : {"standard", "half"}
        Convention for bonds, as in the docstring of this module.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If bonds is neither.
    """
    if bonds not in BONDS:
        raise ValueError(f"bonds must be one of {tuple(BONDS)}, got {bonds!r}")
    return beta * BONDS[bonds]


def spins(packed):
    """Return the spins of packed configurations: int8, (n, rows, columns), -1 or +1."""
    return 2 * packed.unpack().view(np.int8) - np.int8(1)


def energy(spins, boundary, field=0.0):
    """Return the energy of spin configurations on a rectangular lattice.

    Parameters
    ----------
    spins : ndarray of int, shape (..., rows, columns)
        Spins, -1 or +1.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.
    field : float
        External field, in units of a bond.

    Returns
    -------
    ndarray of float64, shape (...)
        In units of a bond; every bond counts once.
    """
    spins = np.asarray(spins)
    if boundary == "periodic":
        right = spins * np.roll(spins, -1, axis=-1)
        below = spins * np.roll(spins, -1, axis=-2)
    else:
        right = spins[..., :, 1:] * spins[..., :, :-1]
        below = spins[..., 1:, :] * spins[..., :-1, :]
    bonds = sum(part.sum(axis=(-2, -1), dtype=np.int64) for part in (right, below))
    return -bonds - field * spins.sum(axis=(-2, -1), dtype=np.int64)
