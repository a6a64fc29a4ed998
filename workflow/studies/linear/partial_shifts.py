"""Learn linear maps from some of the shifts of an image, with noise on the pixels."""

from pixelwalk.matrices import circulant, nearest, shifts

import numpy as np
from scipy import stats

# Numbers of shifts that are tried, besides 1: shares of all n, and n less these.
_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_LEFT_OUT = (5, 2, 1, 0)


def counts(size):
    """List the numbers of shifts that are tried: ascending, from 1 to all of them."""
    tried = [1, *(share * size for share in _SHARES), *(size - n for n in _LEFT_OUT)]
    return np.unique(np.clip(np.round(tried).astype(int), 1, size))


def curves(source, target, levels, repeats, stream):
    """Learn from random choices of shifts, with noise, and measure the map.

    The map is the least-squares one, of least norm. Noise is independent for every
    pixel of every shifted image, of the input and of the target. Within a repeat, a
    larger choice of shifts contains the smaller ones.

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
    measured = np.empty((2, repeats, len(levels), len(tried)))
    for repeat in range(repeats):
        order = stream.permutation(source.size)
        noise = [_noise(image, stream) for image in (inputs, targets)]
        for i, level in enumerate(levels):
            noisy = inputs + level * noise[0], targets + level * noise[1]
            for j, count in enumerate(tried):
                learned = shifts.least_squares(*(n[:, order[:count]] for n in noisy))
                rest = inputs[:, order[count:]], targets[:, order[count:]]
                measured[:, repeat, i, j] = (
                    nearest.from_circulant(learned, source.shape),
                    _error(learned, *rest),
                )
    means, errors = measured.mean(axis=1), stats.sem(measured, axis=1)
    return {
        "shifts": tried,
        "noise": levels,
        "distances": means[0],
        "distance_errors": errors[0],
        "unseen": means[1],
        "unseen_errors": errors[1],
    }


def _noise(images, stream):
    """Draw noise with the root mean square of the images."""
    return np.sqrt(np.mean(images**2)) * stream.standard_normal(images.shape)


def _error(learned, inputs, targets):
    """Error of a map, relative to the targets; nan if these are blank or none."""
    size = np.linalg.norm(targets)
    return np.linalg.norm(learned @ inputs - targets) / size if size else np.nan
