"""Find minimisers of the loss from random starts, and those of the paper's formula."""

from pixelwalk.matrices import circulant, nearest, shifts

import numpy as np

#: Random weights from which minimisers are found.
STARTS = 3

#: Most images that are searched for one that lacks a frequency.
SEARCHED = 500


def from_starts(source, target, stream):
    """Find the minimiser nearest to each of some random weights, and compare them.

    Gradient descent from these weights W_0 tends to that minimiser, the map
    ``W_0 + (Y - W_0 Z) Z^+``. If all are equal there is but one: the random weights
    have a part along every direction in which minimisers may differ.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
    stream : numpy.random.Generator

    Returns
    -------
    spread, distance : float
        Largest difference from the minimiser of least norm, relative to its norm (or
        absolute if that is 0), and largest distance from the nearest circulant matrix.
    """
    inputs, targets = map(circulant.dense, (source, target))
    least = shifts.least_squares(inputs, targets)
    norm, numbers = np.linalg.norm(least) or 1, []
    for _ in range(STARTS):
        start = stream.standard_normal(least.shape) / np.sqrt(len(least))
        found = start + shifts.least_squares(inputs, targets - start @ inputs)
        numbers.append(
            (
                np.linalg.norm(found - least) / norm,
                nearest.from_circulant(found, source.shape),
            )
        )
    spread, distance = np.max(numbers, axis=0)
    return float(spread), float(distance)


def counterexample(images, target, stream):
    """Search images for one whose shifts have more than one best map.

    Parameters
    ----------
    images : sequence of ndarray of float, shape ``shape``
    target : ndarray of float, shape ``shape``
    stream : numpy.random.Generator

    Returns
    -------
    dict
        `searched`, `lacking`: number of the images, and of those that lack a
        frequency. `lacking_spread`, `lacking_distance`: as `from_starts`, for the first
        of these; nan if there is none.
    """
    lacking = [image for image in images if not shifts.seen(image).all()]
    spread, distance = np.nan, np.nan
    if lacking:
        spread, distance = from_starts(lacking[0], target, stream)
    return {
        "searched": len(images),
        "lacking": len(lacking),
        "lacking_spread": spread,
        "lacking_distance": distance,
    }


def formula(source, target, stream):
    """Compare ``Y (Z^T Z)^-1 Z^T`` with the least-squares map of least norm.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
    stream : numpy.random.Generator
        Chooses the shifts: half of them, and all.

    Returns
    -------
    dict of ndarray, shape (2,)
        `formula_shifts`: number of shifts. `formula_condition`: largest singular value
        of Z over the smallest, infinite if that is zero. `formula_errors`: relative
        difference of the two maps; nan if Z^T Z has no inverse.
    """
    order = stream.permutation(source.size)
    inputs, targets = map(circulant.dense, (source, target))
    counts = np.array([max(1, source.size // 2), source.size])
    rows = [_formula(inputs[:, order[:n]], targets[:, order[:n]]) for n in counts]
    condition, errors = np.transpose(rows)
    return {
        "formula_shifts": counts,
        "formula_condition": condition,
        "formula_errors": errors,
    }


def _formula(inputs, targets):
    values = np.linalg.svd(inputs, compute_uv=False)
    if values[-1] <= shifts.CUTOFF * values[0]:
        return np.inf, np.nan
    gram = inputs.T @ inputs
    # W Z = Y (Z^T Z)^-1 (Z^T Z): the transpose of the first two factors is solved for.
    mapped = np.linalg.solve(gram, targets.T).T @ inputs.T
    best = shifts.least_squares(inputs, targets)
    error = np.linalg.norm(mapped - best) / (np.linalg.norm(best) or 1)
    return values[0] / values[-1], error
