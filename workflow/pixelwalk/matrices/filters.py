"""How local a filter is: how much of its squared weight lies close together."""

import numpy as np

#: Share of the squared weight that the largest taps together must hold.
MOST = 0.9


def distances(shape):
    """Cyclic distance of every site of a grid from the first, in sites."""
    along = [np.minimum(np.arange(n), n - np.arange(n)) for n in shape]
    return np.sqrt(sum(d**2.0 for d in np.meshgrid(*along, indexing="ij")))


def around(squares, inside):
    """Sum of squared weights that lie around each site, by FFT.

    Parameters
    ----------
    squares : ndarray of float, shape ``shape``
    inside : ndarray, shape ``shape``
        What a weight so far from the site counts; the same in opposite directions.

    Returns
    -------
    ndarray of float64, shape ``shape``
    """
    return np.fft.ifftn(np.fft.fftn(squares) * np.fft.fftn(inside)).real


def locality(weights):
    """Measure how local a filter is, whatever site it is centred on.

    Parameters
    ----------
    weights : ndarray of float, shape ``shape``
        The filter, on a grid with cyclic distances.

    Returns
    -------
    dict
        `radii`, shape (r,): 0, 1, ... sites. `within`, shape (r,): largest share of the
        squared weight within that distance of any one site. `within_uniform`: the same
        for a filter of equal weights. `taps`: fewest weights with 90 % of the squared
        weight together. `radius`: root mean square distance of the squared weight from
        the site around which it is smallest; `uniform_radius`: that of equal weights.
        All nan for a filter of zeros but the uniform's.
    """
    far = distances(weights.shape)
    radii = np.arange(int(np.ceil(far.max())) + 1)
    squares = np.square(weights)
    total = squares.sum()
    if total:
        squares = squares / total
        held = np.cumsum(np.sort(squares, axis=None)[::-1])
        taps = 1.0 + np.searchsorted(held, MOST * (1 - 1e-12))
        within = [around(squares, far <= radius).max() for radius in radii]
        radius = np.sqrt(max(around(squares, far**2).min(), 0))
    else:
        taps, within, radius = np.nan, np.full(len(radii), np.nan), np.nan
    return {
        "radii": radii,
        "within": np.array(within),
        "within_uniform": np.array([np.mean(far <= radius) for radius in radii]),
        "taps": taps,
        "radius": radius,
        "uniform_radius": np.sqrt(np.mean(far**2)),
    }
