"""The Ising model on a lattice or any graph: what a configuration weighs.

The energy is ``E = -sum over bonds of s s' - field * sum over sites of s``, and a
configuration's probability is proportional to ``exp(-coupling * E)``. How a bond counts
is a convention: ``standard`` takes the inverse temperature beta as the coupling, so
that P(s = +1 | neighbours) = 1 / (1 + exp(-2 beta h)), with h the sum of the neighbours
and the field. ``half`` counts everything half, 1 / (1 + exp(-beta h)): its coupling is
beta / 2.
"""

import functools
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from pixelwalk.ising import lattice

# Numbers of 8 bytes that are held at a time.
_NUMBERS = 2**22

#: What a bond adds to the energy, in each convention.
BONDS = {"standard": 1.0, "half": 0.5}


@dataclass(frozen=True)
class Model:
    """An Ising model.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice.
    coupling : float
        Inverse temperature times the energy of a bond; below 0, neighbours repel.
    boundary : {"periodic", "free", "helical"}
        How the edges of the lattice are joined, as in `lattice.adjacency`.
    field : float
        External field, in units of a bond.
    lattice : {"rectangular", "triangular"}
        Who is whose neighbour.
    edges : tuple of tuple of int, optional
        The bonds of any other graph of rows * columns sites, each once; then boundary
        and lattice count for nothing.

    Raises
    ------
    ValueError
        If the coupling or the field is not finite, or an edge is not one between two
        of the sites, or there twice.
    """

    rows: int
    columns: int
    coupling: float
    boundary: str
    field: float = 0.0
    lattice: str = "rectangular"
    edges: tuple | None = None

    def __post_init__(self):
        """Refuse numbers that are not finite, and edges that are none."""
        if not np.isfinite([self.coupling, self.field]).all():
            raise ValueError(
                "beta and field must be finite numbers, got a coupling of "
                f"{self.coupling} and a field of {self.field}"
            )

        if self.edges is not None:
            ends = np.sort(np.array(self.edges).reshape(-1, 2), axis=1)
            outside = np.any((ends < 0) | (ends >= self.sites), axis=1)
            wrong = outside | (ends[:, 0] == ends[:, 1])
            wrong[np.setdiff1d(np.arange(len(ends)), _firsts(ends))] = True
            if wrong.any():
                raise ValueError(
                    f"expected edges between two of the sites 0 to {self.sites - 1}, "
                    f"each once, got {self.edges[int(wrong.argmax())]}"
                )

    @classmethod
    def of(cls, settings, edges=None):
        """Model of an ensemble, from its settings as the configuration has them.

        Where these name a file as the lattice, the edges are those that it holds.
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
        """Whether this is the rectangular lattice, free or periodic."""
        named = self.boundary in lattice.BOUNDARIES and self.edges is None
        return named and self.lattice == "rectangular"

    @property
    def sites(self):
        """Number of sites."""
        return self.rows * self.columns

    def up_probabilities(self, neighbours):
        """Probability of spin +1, given the sum of the neighbouring spins."""
        # Bounded, so that 0 * field and the product stay numbers.
        strength = np.clip(2 * self.coupling, -1e200, 1e200)
        return expit(strength * np.clip(neighbours + self.field, -1e100, 1e100))

    def neighbours(self):
        """Neighbours of every site of a plain lattice, from `lattice.neighbours`."""
        return lattice.neighbours(self.rows, self.columns, self.boundary)

    @functools.cached_property
    def adjacency(self):
        """Adjacency matrix, as `lattice.adjacency` gives it."""
        if self.edges is not None:
            return lattice.adjacency_of(self.edges, self.sites)
        return lattice.adjacency(self.rows, self.columns, self.boundary, self.lattice)

    def energy(self, spins):
        """Energy of spins, -1 or +1, in units of a bond: (n, rows, columns) to (n,)."""
        if self.plain:
            return energy(spins, self.boundary, self.field)
        energies, some = np.empty(len(spins)), max(1, _NUMBERS // self.sites)
        for start in range(0, len(spins), some):
            part = spins[start : start + some]
            flat = part.reshape(len(part), self.sites).T.astype(float)
            sums = np.sum(flat * (self.adjacency @ flat), axis=0) / 2
            energies[start : start + some] = -sums - self.field * flat.sum(axis=0)
        return energies


def _firsts(rows):
    """Where each different row comes first."""
    return np.unique(rows, axis=0, return_index=True)[1]


def coupling(beta, bonds):
    """Coupling of the standard convention at an inverse temperature.

    Parameters
    ----------
    beta : float
        Inverse temperature; below 0, neighbours repel.
    bonds : {"standard", "half"}
        How a bond counts.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If bonds is none of the two.
    """
    if bonds not in BONDS:
        raise ValueError(f"bonds must be one of {tuple(BONDS)}, got {bonds!r}")
    return beta * BONDS[bonds]


def spins(packed):
    """Spins of packed configurations: int8, shape (n, rows, columns), -1 or +1."""
    return 2 * packed.unpack().view(np.int8) - np.int8(1)


def energy(spins, boundary, field=0.0):
    """Energy of spin configurations on a rectangular lattice.

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
