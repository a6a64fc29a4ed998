"""Locality of filters: concentration of the squared weight in space."""

import numpy as np

#: Fraction of the squared weight that the counted taps must reach.
MOST = 0.9


def distances(shape):
    """Return the cyclic distance of every site of a grid from the first, in sites."""
    along = [np.minimum(np.arange(n), n - np.arange(n)) for n in shape]
    return np.sqrt(sum(d**2.0 for d in np.meshgrid(*along, indexing="ij")))


def around(squares, inside):
    """Return the sum of squared weights around each site: a cyclic convolution by FFT.

    Parameters
    ----------
    squares : ndarray of float, shape (filters, ``shape``)
    inside : ndarray, shape ``shape``
        Factor of a squared weight by its offset from the site; symmetric.

    Returns
    -------
    ndarray of float64, shape (filters, n)
    """
    axes = tuple(range(1, squares.ndim))
    spectra = np.fft.fftn(squares, axes=axes) * np.fft.fftn(inside)
    return np.fft.ifftn(spectra, axes=axes).real.reshape(len(squares), -1)


def locality(weights, stream, permutations=99):
    """Measure the locality of a filter, for the best choice of its centre.

    Parameters
    ----------
    weights : ndarray of float, shape ``shape``
        Filter, on a grid with cyclic distances.
    stream : numpy.random.Generator
        Generator of random permutations of the weights, the null model.
    permutations : int
        Number of permutations.

    Returns
    -------
    dict
        `radii`, shape (r,): 0, 1, ... sites. `within`, shape (r,): largest fraction of
        the squared weight within that distance of any one site; `within_permuted`: its
        mean over permutations; `within_uniform`: for equal weights. `taps`: smallest
        number of weights with 90 % of the squared weight. `radius`: smallest root mean
        square distance of the squared weight from any one site; `permuted_radius` and
        `uniform_radius`: as above. For a filter of zeros all but those for equal
        weights are nan.
    """
    far = distances(weights.shape)
    radii = np.arange(int(np.ceil(far.max())) + 1)
    squares = np.square(weights)
    total = squares.sum()
    squares = squares / total if total else np.full(weights.shape, np.nan)
    held = np.cumsum(np.sort(squares, axis=None)[::-1])
    mixed = [stream.permutation(squares.ravel()) for _ in range(permutations)]
    many = np.array([squares.ravel(), *mixed]).reshape(-1, *weights.shape)
    within = np.array([around(many, far <= r).max(axis=1) for r in radii])
    spread = np.sqrt(np.maximum(around(many, far**2).min(axis=1), 0))
    return {
        "radii": radii,
        "within": within[:, 0],
        "within_permuted": within[:, 1:].mean(axis=1),
        "within_uniform": np.array([np.mean(far <= radius) for radius in radii]),
        "taps": 1.0 + np.searchsorted(held, MOST * (1 - 1e-12)) if total else np.nan,
        "radius": spread[0],
        "permuted_radius": spread[1:].mean(),
        "uniform_radius": np.sqrt(np.mean(far**2)),
    }
