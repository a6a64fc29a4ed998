"""Block spins, and how well hidden neurons predict them (section 8)."""

import numpy as np


def block_spins(spins):
    """Average spins over the 2 x 2 blocks that tile a lattice (Kadanoff).

    Parameters
    ----------
    spins : ndarray of float, shape (n, rows, columns)
        An odd last row or column is left out.

    Returns
    -------
    ndarray of float64, shape (n, blocks)
    """
    n, rows, columns = spins.shape
    down, across = rows // 2, columns // 2
    tiled = spins[:, : 2 * down, : 2 * across].reshape(n, down, 2, across, 2)
    return tiled.mean(axis=(2, 4), dtype=float).reshape(n, -1)


def explained(hidden, blocks, held_out, held_out_blocks):
    """Return R squared of block spins regressed linearly on hidden neurons.

    Parameters
    ----------
    hidden, blocks : ndarray of float, shapes (n, hidden) and (n, blocks)
        Samples to which the regression, with a constant, is fitted by least squares.
    held_out, held_out_blocks : ndarray of float, shapes (m, hidden) and (m, blocks)
        Samples on which it is tested.

    Returns
    -------
    float
        Share of the variance, summed over blocks, around their means in the fitted
        samples; nan if there is none.
    """
    means = hidden.mean(axis=0), blocks.mean(axis=0)
    slopes, *_ = np.linalg.lstsq(hidden - means[0], blocks - means[1])
    centred = held_out_blocks - means[1]
    total = np.sum(centred**2)
    residual = centred - (held_out - means[0]) @ slopes
    return float(1 - np.sum(residual**2) / total) if total > 0 else np.nan
