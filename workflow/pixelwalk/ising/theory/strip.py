"""The states of one row of a lattice, and how their weights pass on to the next row.

The bonds between two rows are a product over the sites of a row, so that the matrix of
up to 4,096 x 4,096 entries is never written down.
"""

import functools

import numpy as np

from pixelwalk.ising.theory import enumeration

# Logarithms of weights this far apart survive an exponential together.
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
        The spins, as `enumeration.spin_states` numbers the states.
    row : ndarray, shape (2**width,)
        Logarithms of the weights of a row by itself, the largest being 0 ...
    row_scale : float
        ... since this was taken off.
    bond_scale : float
        What is taken off the logarithms of the weights of the bonds to the next row.
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
        # In floats, half of the sites take one product of matrices.
        self._left, self._right = (
            functools.reduce(np.kron, [np.exp(self._bond)] * sites, np.ones((1, 1)))
            for sites in (width - width // 2, width // 2)
        )
        self._fits = np.ptp(self.row) + 2 * self.bond_scale < _SPAN

    def down(self, logs):
        """Pass weights on through the bonds to the next row, and sum over this one.

        Parameters
        ----------
        logs : ndarray, shape (..., 2**width)
            Logarithms of weights of the states of a row: what `down` gave, and `row`.
            Minus infinity is no weight.

        Returns
        -------
        ndarray, shape (..., 2**width)
            Logarithms of weights of the next row; its own `row` is not in them yet.
        """
        if not self._fits:
            return self._down_site_by_site(logs)
        top = logs.max(axis=-1, keepdims=True)
        shape = (*logs.shape[:-1], len(self._left), len(self._right))
        weights = self._left @ np.exp(logs - top).reshape(shape) @ self._right
        return np.log(weights).reshape(logs.shape) + top

    def down_from(self, starts):
        """Do the same from single states, each of weight 1.

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
        """Weights too far apart for floats are added as logarithms."""
        for site in range(self.states.shape[1]):
            pairs = logs.reshape(-1, 2, 2**site)
            up, down = pairs[:, 0], pairs[:, 1]
            sums = [np.logaddexp(up + a, down + b) for a, b in self._bond]
            logs = np.stack(sums, axis=1).reshape(logs.shape)
        return logs
