"""Spins that another program sampled."""

import logging

import numpy as np

from pixelwalk import bits, sources, storage
from pixelwalk.ising.diagnostics import per_site
from pixelwalk.ising.model import Model

log = logging.getLogger(__name__)

# Energies are in units of a bond, so that the temperature does not count.
_UNKNOWN = {"beta": 0.0}


def read_spins(path, settings, edges=None):
    """Read configurations from a file.

    Parameters
    ----------
    path : path-like
        A `.npy` file, an `.npz` file or an HDF5 file (`.h5`) with an array `spins` (in
        an `.npz` file a single one of any name): shape (n, rows, columns) or (n,
        sites), -1 and +1 or 0 and 1.
    settings : mapping
        Of the ensemble: `rows`, `columns`, `lattice`, `boundary`, `field`, `training`
        and `test`.
    edges : tuple of tuple of int, optional
        Of a lattice that is a list of them.

    Returns
    -------
    pixelwalk.bits.Packed, shape (training + test, rows, columns)
        The first ones.

    Raises
    ------
    ValueError
        If the array has another shape, holds other values or fewer configurations.
    OSError
        If the file cannot be opened.
    """
    names = ("spins",)
    spins = storage.read_arrays(path, sources.kind_of(str(path)), names)["spins"]
    rows, columns = settings["rows"], settings["columns"]
    if spins.shape[1:] not in ((rows, columns), (rows * columns,)):
        raise ValueError(
            f"{path}: expected spins of shape (n, {rows}, {columns}) or (n, "
            f"{rows * columns}), got {spins.shape}; rows and columns are those of the "
            "configuration"
        )
    wanted = settings["training"] + settings["test"]
    if len(spins) < wanted:
        raise ValueError(
            f"{path}: expected at least {wanted} configurations, as training and test "
            f"add up to, got {len(spins)}"
        )
    chosen = spins[:wanted]
    packed = bits.pack(_up(chosen, path).reshape(wanted, rows, columns))
    energy, magnetisation = per_site(packed, Model.of({**_UNKNOWN, **settings}, edges))
    log.info("the first %d of %d configurations", wanted, len(spins))
    log.info("energy per site %.5f, on average", energy.mean())
    log.info("magnetisation per site %.5f in size, on average", magnetisation.mean())
    return packed


def _up(spins, path):
    """Whether each spin is +1."""
    if spins.dtype.kind not in "biuf":
        raise ValueError(
            f"{path}: expected -1 and +1, or 0 and 1, got values of type {spins.dtype}"
        )
    up = spins == 1
    if np.all(up | (spins == -1)) or np.all(up | (spins == 0)):
        return up
    came = f"values from {spins.min()} to {spins.max()}"
    if {-1, 0, 1} >= set(np.unique(spins)):
        came = "all of -1, 0 and 1"
    raise ValueError(f"{path}: expected -1 and +1, or 0 and 1, got {came}")
