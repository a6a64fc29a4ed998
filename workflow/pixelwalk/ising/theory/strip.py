"""The states of one row of a lattice, and transfer of their weights to the next row.

The weights of the bonds between two rows are a product over the sites of a row, so that
the matrix of up to 4,096 x 4,096 entries need not be stored.
"""

import functools

import numpy as np

from pixelwalk.ising.theory import enumeration

# Weights whose logarithms differ by at most this fit in floats together.
_SPAN = 600.0


class Strip:
    """All states of one row, and the logarithms of their weights.

    Parameters
    ----------
    width : int
        Sites in a row.
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.
    boundary : {"periodic", "free"}
        Whether the ends of a row are joined.
    field : float
        External field, in units of the coupling.

    Attributes
    ----------
    states : ndarray of float64, shape (2**width, width)
        Spins of the states, in the order of `enumeration.spin_states`.
    row : ndarray, shape (2**width,)
        Logarithms of the weights of a single row, minus `row_scale`; the largest is 0.
    row_scale : float
        Offset of `row`.
    bond_scale : float
        Offset of the logarithms of the weights of bonds to the next row.
    """

    def __init__(self, width, coupling, boundary, field):
        self.states = enumeration.spin_states(width)
        aligned = np.roll(self.states, -1, axis=1) * self.states
        bonds = aligned if boundary == "periodic" else aligned[:, :-1]
        row = coupling * (bonds.sum(axis=1) + field * self.states.sum(axis=1))
        self.row_scale = row.max()
        self.row = row - self.row_scale
        self.bond_scale = width * abs(coupling)
        self._coupling = coupling
        # Equal and opposite spins across one bond.
        equal, opposite = coupling * np.array([1, -1]) - abs(coupling)
        self._bond = np.array([[equal, opposite], [opposite, equal]])
        # In floats, one matrix product transfers half of the sites.
        self._left, self._right = (
            functools.reduce(np.kron, [np.exp(self._bond)] * sites, np.ones((1, 1)))
            for sites in (width - width // 2, width // 2)
        )
        self._fits = np.ptp(self.row) + 2 * self.bond_scale < _SPAN

    def down(self, logs):
        """Multiply by the weights of the bonds to the next row, and sum over this one.

        Parameters
        ----------
        logs : ndarray, shape (..., 2**width)
            Logarithms of weights of the states of a row, `row` included. Minus
            infinity is a weight of 0.

        Returns
        -------
        ndarray, shape (..., 2**width)
            Logarithms of weights of the states of the next row, without its `row`.
        """
        if not self._fits:
            return self._down_site_by_site(logs)
        top = logs.max(axis=-1, keepdims=True)
        shape = (*logs.shape[:-1], len(self._left), len(self._right))
        weights = self._left @ np.exp(logs - top).reshape(shape) @ self._right
        return np.log(weights).reshape(logs.shape) + top

    def down_from(self, starts):
        """Return the same for single states, each of weight 1.

        Parameters
        ----------
        starts : ndarray of int, shape (count,)
            Numbers of states.

        Returns
        -------
        ndarray, shape (count, 2**width)
        """
        overlaps = self.states[starts] @ self.states.T
        return self._coupling * overlaps - self.bond_scale

    def _down_site_by_site(self, logs):
        """Add weights that differ too much for floats as logarithms."""
        for site in range(self.states.shape[1]):
            pairs = logs.reshape(-1, 2, 2**site)
            up, down = pairs[:, 0], pairs[:, 1]
            sums = [np.logaddexp(up + a, down + b) for a, b in self._bond]
            logs = np.stack(sums, axis=1).reshape(logs.shape)
        return logs
