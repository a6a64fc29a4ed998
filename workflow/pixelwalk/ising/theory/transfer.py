"""The Ising model on a long, narrow lattice, row by row (Kramers and Wannier 1941).

The weights of all states of one row of up to 12 sites are transferred from row to row.
The weights of the bonds between rows are a product over the sites, so that the 4,096 x
4,096 matrix need not be stored. All weights are stored as logarithms and all terms are
positive, so that strong couplings, frustration and fields lose no precision.

The energy is E = -sum over bonds of s s' - field * sum of s, in units of the coupling
of one bond; a state weighs exp(-coupling * E).
"""

import itertools

import numpy as np
from scipy import special

from pixelwalk.ising.theory import checks
from pixelwalk.ising.theory.strip import Strip

WIDEST = 12

# Rows of the matrix computed at once; it limits the memory.
_BATCH = 16


def log_partition_function(rows, columns, coupling, boundary, field=0.0):
    """Return the logarithm of the sum over all states of exp(-coupling * E).

    Parameters
    ----------
    rows, columns : int
        Size of the lattice; the smaller side at most 12.
    coupling : float
        Inverse temperature times the strength of a full bond; of either sign.
    boundary : {"periodic", "free"}
        Whether opposite edges are joined.
    field : float
        External field, in units of the coupling.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the smaller side is above 12, a side does not fit the boundary, or a number
        is not finite.
    """
    strip, length, _ = _strip(rows, columns, coupling, boundary, field)
    if boundary == "periodic":
        seams = length
        logs = _log_trace(strip, length, field)
    else:
        seams = length - 1
        logs = strip.row
        for _ in range(seams):
            logs = strip.down(logs) + strip.row
    scale = length * strip.row_scale + seams * strip.bond_scale
    return float(special.logsumexp(logs) + scale)


def energy(rows, columns, coupling, boundary, field=0.0):
    """Return the mean energy of a configuration, in units of the coupling.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    float
    """
    strip, length, width = _strip(rows, columns, coupling, boundary, field)
    if boundary == "periodic":
        table, mean = _periodic_table(strip, length, field, reach=1)
        bonds = length * width * (table[0, 1] + table[1, 0])
        spins = length * width * mean
    else:
        before, means = _free_rows(strip, length)
        bonds, spins = 0.0, means.sum()
        for first, second, block in _free_blocks(strip, before, means, reach=1):
            copies = 1 if first + second == length - 1 else 2
            bonds += copies * np.trace(block, offset=1 if first == second else 0)
    return -float(bonds + field * spins)


def correlations(rows, columns, coupling, boundary, field=0.0):
    """Return the means of s_i s_j of all pairs of sites, numbered as in `lattice`.

    Parameters and errors are those of `log_partition_function`.

    Returns
    -------
    ndarray of float64, shape (rows * columns, rows * columns)
        Means of products; the products of the means are not subtracted.
    """
    strip, length, width = _strip(rows, columns, coupling, boundary, field)
    if boundary == "periodic":
        table, _ = _periodic_table(strip, length, field, reach=length // 2)
        down = np.abs(np.subtract.outer(np.arange(length), np.arange(length)))
        down = np.minimum(down, length - down)
        across = np.subtract.outer(np.arange(width), np.arange(width)) % width
        pairs = table[down[:, None, :, None], across[None, :, None, :]]
    else:
        pairs = np.empty((length, width, length, width))
        before, means = _free_rows(strip, length)
        for first, second, block in _free_blocks(strip, before, means, reach=length):
            pairs[first, :, second] = pairs[~first, :, ~second] = block
            pairs[second, :, first] = pairs[~second, :, ~first] = block.T
    if rows < columns:
        pairs = pairs.transpose(1, 0, 3, 2)
    return pairs.reshape(rows * columns, rows * columns)


def _strip(rows, columns, coupling, boundary, field):
    """Return the strip with rows along the smaller side, and its length and width."""
    checks.finite(coupling, field)
    checks.sides(rows, columns, boundary)
    length, width = max(rows, columns), min(rows, columns)
    if width > WIDEST:
        raise ValueError(
            f"the smaller side may be at most {WIDEST} for a transfer matrix, got "
            f"{rows} x {columns}; theory.kaufman handles any periodic lattice"
        )
    return Strip(width, coupling, boundary, field), length, width


def _free_rows(strip, length):
    """Return the weights of the part above each row, and the mean spins of each row.

    By symmetry, the part above row r has the same weights as the part below row ~r.
    """
    before = [np.zeros_like(strip.row)]
    for _ in range(length - 1):
        before.append(strip.down(before[-1] + strip.row))
    logs = before + strip.row + before[::-1]
    return before, special.softmax(logs, axis=1) @ strip.states


def _free_blocks(strip, before, means, reach):
    """Yield pairs of rows at most `reach` apart, and the mean products of their spins.

    Of two mirror-symmetric pairs, only the upper one is yielded.
    """
    length = len(before)
    # Condition on spin s' = +1: P(s' = 1) E[s | s' = 1] = (E[s s'] + E[s]) / 2.
    held_up = np.where(strip.states.T > 0, 0, -np.inf)
    for first in range((length + 1) // 2):
        logs = before[first] + strip.row + held_up
        for second in range(first, min(first + reach + 1, length - first)):
            given_up = special.softmax(logs + before[~second], axis=1) @ strip.states
            yield first, second, (1 + means[first])[:, None] * given_up - means[second]
            logs = strip.down(logs) + strip.row


def _periodic_table(strip, length, field, reach):
    """Return mean products of spins by distance in rows (up to `reach`) and columns.

    Also return the mean of a spin. Given a row, the mean spins of another follow from
    powers of the symmetric transfer matrix in both directions around the lattice.
    """
    starts, counts = _classes(strip.states, flipped=field == 0)
    means, returns = [], []
    for some in np.split(starts, range(_BATCH, len(starts), _BATCH)):
        powers = enumerate(_powers(strip, some), start=1)
        near, given = {}, [strip.states[some]]
        for power, logs in itertools.islice(powers, length):
            if power <= reach:
                near[power] = logs
            if 1 <= length - power <= reach:
                around = near.pop(length - power) + logs
                given.insert(1, special.softmax(around, axis=1) @ strip.states)
        means.append(np.stack(given, axis=1))
        returns.append(logs[np.arange(len(some)), some])
    means = np.concatenate(means)
    logs = np.concatenate(returns) + np.log(counts)
    weighted = special.softmax(logs)[:, None] * strip.states[starts]
    width = strip.states.shape[1]
    shifts = [np.roll(means, -shift, axis=2) for shift in range(width)]
    table = np.einsum("ki,skdi->ds", weighted, shifts) / width
    mirrored = np.roll(table[:, ::-1], 1, axis=1)
    return (table + mirrored) / 2, weighted.sum() / width


def _log_trace(strip, length, field):
    """Return logarithms of terms that sum to the trace of the matrix to `length`."""
    starts, counts = _classes(strip.states, flipped=field == 0)
    traces = []
    for some in np.split(starts, range(_BATCH, len(starts), _BATCH)):
        powers = _powers(strip, some)
        middle = list(itertools.islice(powers, length // 2 - 1, (length + 1) // 2))
        traces.append(special.logsumexp(middle[0] + middle[-1], axis=1))
    return np.concatenate(traces) + np.log(counts)


def _powers(strip, starts):
    """Yield logarithms of some rows of the powers 1, 2, ... of the symmetric matrix."""
    half = strip.row / 2
    logs = half[starts, None] + strip.down_from(starts) + half
    while True:
        yield logs
        logs = strip.down(logs + half) + half


def _classes(states, flipped):
    """Return one state of each equivalence class, and the sizes of the classes.

    States of a ring are equivalent if a rotation, a reflection, or (without a field) a
    flip of all spins maps one to the other.
    """
    width = states.shape[1]
    down = states < 0
    images = [down, down[:, ::-1]]
    if flipped:
        images += [~image for image in images]
    digits = 2 ** np.arange(width)
    numbers = [
        np.roll(image, shift, axis=1) @ digits
        for image in images
        for shift in range(width)
    ]
    return np.unique(np.min(numbers, axis=0), return_counts=True)
