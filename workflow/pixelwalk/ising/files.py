"""Reading of spin configurations that another program sampled."""

import logging

import numpy as np

from pixelwalk import sources, storage
from pixelwalk.compute import bits
from pixelwalk.ising.diagnostics import per_site
from pixelwalk.ising.model import Model

log = logging.getLogger(__name__)

# Energies are in units of a bond and do not depend on the temperature.
_UNKNOWN = {"beta": 0.0}


def read_spins(path, settings, edges=None):
    """Read spin configurations from a file.

    Parameters
    ----------
    path : path-like
        A `.npy` file, an `.npz` file or an HDF5 file (`.h5`) with an array `spins` (in
        an `.npz` file a single one of any name): shape (n, rows, columns) or (n,
        sites), -1 and +1 or 0 and 1.
    settings : mapping
        Those of the ensemble: `rows`, `columns`, `lattice`, `boundary`, `field`,
        `training` and `test`.
    edges : tuple of tuple of int, optional
        Edges of a lattice that is a list of edges.

    Returns
    -------
    pixelwalk.compute.bits.Packed, shape (training + test, rows, columns)
        The first configurations of the file.

    Raises
    ------
    ValueError
        If the array has another shape, other values or too few configurations.
    OSError
        If the file cannot be read.
    """
    kind = sources.kind_of(str(path))
    with storage.open_arrays(path, kind, ("spins",)) as arrays:
        spins = arrays["spins"]
        rows, columns = settings["rows"], settings["columns"]
        if spins.shape[1:] not in ((rows, columns), (rows * columns,)):
            raise ValueError(
                f"{path}: expected spins of shape (n, {rows}, {columns}) or (n, "
                f"{rows * columns}), got {spins.shape}; rows and columns are those of "
                "the configuration"
            )
        count, available = settings["training"] + settings["test"], spins.shape[0]
        if available < count:
            raise ValueError(
                f"{path}: expected at least {count} configurations, as training and "
                f"test add up to, got {available}"
            )
        up = _up(spins, count, path)
    if up.all() or not up.any():
        log.warning("all spins are alike: there is nothing to learn from them")
    packed = bits.pack(up.reshape(count, rows, columns))
    energy, magnetisation = per_site(packed, Model.of({**_UNKNOWN, **settings}, edges))
    log.info("the first %d of %d configurations", count, available)
    log.info("energy per site %.5f, on average", energy.mean())
    log.info("magnetisation per site %.5f in size, on average", magnetisation.mean())
    return packed


def _up(spins, count, path):
    """Read whether each spin of the first configurations is +1: shape (count, ...)."""
    if spins.dtype.kind not in "biuf":
        raise ValueError(
            f"{path}: expected -1 and +1, or 0 and 1, got values of type {spins.dtype}"
        )
    up = np.empty((count, *spins.shape[1:]), bool)
    values, low, high = set(), np.inf, -np.inf
    needed = np.arange(spins.shape[0]) < count
    for first, block in spins.blocks(needed):
        part = block[: count - first]
        up[first : first + len(part)] = part == 1
        low, high = np.minimum(low, part.min()), np.maximum(high, part.max())
        others = part[part != 1]
        values |= {-1} if (others == -1).any() else set()
        values |= {0} if (others == 0).any() else set()
        if not ((others == -1) | (others == 0)).all():
            values.add("other")
    if len(values) <= 1 and "other" not in values:
        return up
    other = f"values from {low:g} to {high:g}"
    came = other if "other" in values else "all of -1, 0 and 1"
    raise ValueError(f"{path}: expected -1 and +1, or 0 and 1, got {came}")
