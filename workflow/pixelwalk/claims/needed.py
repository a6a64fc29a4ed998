"""How many shifts of an image must be seen before the map is a convolution."""

import numpy as np
from scipy import stats

from pixelwalk import ledger
from pixelwalk.matrices import circulant, nearest, shifts

#: Distance from the nearest circulant matrix up to which a map counts as one.
NEAR = 0.1

# Shares of all n shifts that are tried, besides 1, and n less these.
_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_LEFT_OUT = (5, 2, 1, 0)


def counts(size):
    """Numbers of shifts that are tried: ascending, from 1 to all of them."""
    tried = [1, *(share * size for share in _SHARES), *(size - n for n in _LEFT_OUT)]
    return np.unique(np.clip(np.round(tried).astype(int), 1, size))


def curves(source, target, levels, repeats, stream):
    """Learn from random choices of shifts, with noise, and measure the map.

    The map is the least-squares one, of least norm. Every pixel of every shifted image
    has noise of its own, of the input and of the target. Choices grow: a larger one
    holds the smaller ones of the same repeat.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
    levels : sequence of float
        Standard deviations of the noise, in root mean squares of each image.
    repeats : int
        Random choices, and draws of the noise.
    stream : numpy.random.Generator

    Returns
    -------
    dict of ndarray
        `shifts`, shape (m,), and `noise`, shape (levels,): ascending, with 0 in it.
        `distances`, shape (levels, m): from the nearest circulant matrix, mean over the
        repeats. `unseen`: error of the map on the shifts that were not seen, without
        noise, relative to the targets; nan where all were seen, or the targets are
        blank. `distance_errors`, `unseen_errors`: their standard errors.
    """
    inputs, targets = circulant.dense(source), circulant.dense(target)
    levels = np.unique([0.0, *levels])
    tried = counts(source.size)
    found = np.empty((2, repeats, len(levels), len(tried)))
    for repeat in range(repeats):
        order = stream.permutation(source.size)
        noise = [_noise(image, stream) for image in (inputs, targets)]
        for i, level in enumerate(levels):
            noisy = inputs + level * noise[0], targets + level * noise[1]
            for j, count in enumerate(tried):
                learned = shifts.least_squares(*(n[:, order[:count]] for n in noisy))
                rest = inputs[:, order[count:]], targets[:, order[count:]]
                found[:, repeat, i, j] = (
                    nearest.from_circulant(learned, source.shape),
                    _error(learned, *rest),
                )
    means, errors = found.mean(axis=1), stats.sem(found, axis=1)
    return {
        "shifts": tried,
        "noise": levels,
        "distances": means[0],
        "distance_errors": errors[0],
        "unseen": means[1],
        "unseen_errors": errors[1],
    }


def _noise(images, stream):
    """Noise as large as the images, root mean square."""
    return np.sqrt(np.mean(images**2)) * stream.standard_normal(images.shape)


def _error(learned, inputs, targets):
    size = np.linalg.norm(targets)
    return np.linalg.norm(learned @ inputs - targets) / size if size else np.nan


def first_near(found, level):
    """Share of all shifts from which on the map is nearly circulant; nan if never.

    Parameters
    ----------
    found : object
        Results of `curves` as attributes.
    level : int
        Position of the noise level.

    Returns
    -------
    float
    """
    near = found.distances[level] <= NEAR
    far = np.flatnonzero(~near)
    first = far[-1] + 1 if len(far) else 0
    if first == len(near):
        return np.nan
    return float(found.shifts[first] / found.shifts[-1])


def judge(optima):
    """Judge whether the optimum is a convolution only once all shifts are seen.

    Parameters
    ----------
    optima : list of object
        Results of `curves` as attributes, with `attributes["settings"]["name"]`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    measured, holds = {}, []
    for found in optima:
        name = found.attributes["settings"]["name"]
        clean = found.distances[0]
        rows = measured[name] = {"all shifts": int(found.shifts[-1])}
        for level, noise in enumerate(found.noise):
            rows[f"share of shifts from which on within 10 %, noise {noise:g}"] = (
                first_near(found, level)
            )
            rows[f"distance with all shifts, noise {noise:g}"] = _value(
                found, level, -1
            )
        if len(clean) > 1:
            rows["distance with all but one"] = _value(found, 0, -2)
            rows["error on the shift left out"] = {
                "value": float(found.unseen[0, -2]),
                "standard_error": float(found.unseen_errors[0, -2]),
            }
        noisy = found.distances[found.noise >= NEAR, -1]
        holds.append(
            clean[-1] <= 1e-8 and np.all(clean[:-1] > NEAR) and np.all(noisy > NEAR)
        )
    return ledger.claim(
        "shifts-needed",
        "10",
        "The least-squares map is a convolution only once all n shifts are seen: with "
        "any fewer it is no closer than 10 % to the nearest one, and noise of 10 % or "
        "more on the pixels keeps it that far even with all of them.",
        None,
        measured,
        "supported if in every entry the distance from the nearest circulant matrix, "
        "mean over random choices, is at most 1e-8 with all n shifts and no noise, "
        "and above 0.1 with each smaller number that was tried, up to n - 1, and with "
        "all n at each noise level of 0.1 or more; else refuted",
        ledger.supported(all(holds)),
        "Ours. Maps of least norm, from random choices of shifts. With fewer the map "
        "is that of all shifts behind a projection onto the images seen, which is no "
        "convolution. Noise, a standard deviation in root mean squares of the image, "
        "is amplified where the input's spectrum is small.",
    )


def _value(found, level, count):
    return {
        "value": float(found.distances[level, count]),
        "standard_error": float(found.distance_errors[level, count]),
    }
