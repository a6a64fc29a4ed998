"""How local receptive fields are on their lattice (section 8, figure 2)."""

import numpy as np
from scipy import stats

from pixelwalk import lattice
from pixelwalk.claims import ledger


def spreads(fields, boundary):
    """Spread of each receptive field: how far its weight lies from its centre.

    With p the squared weights of a neuron, normalised to 1, the spread is
    ``sqrt(sum_ij p_i p_j d_ij^2 / 2)``. On a free lattice this is the root mean square
    distance from the centroid; it is 0 for one pixel.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron. A neuron without any counts as uniform.
    boundary : {"periodic", "free"}
        How distance is measured.

    Returns
    -------
    ndarray of float64, shape (hidden,)
        In lattice spacings.
    """
    _, rows, columns = fields.shape
    squared = lattice.squared_distances(rows, columns, boundary)
    return _spreads(_shares(fields), squared)


def locality(fields, boundary, *, permutations, stream):
    """Hold the mean spread of receptive fields against pixels in random order.

    The null hypothesis is that the place of a pixel on the lattice means nothing to
    the network: then any permutation of the pixels, the same for all neurons, is as
    likely as the true order.

    Parameters
    ----------
    fields, boundary
        As for `spreads`.
    permutations : int
        How many random orders.
    stream : numpy.random.Generator
        Where they come from.

    Returns
    -------
    dict
        `spreads`, shape (hidden,); `null`, mean spreads under permutation, shape
        (permutations,); `p_value`, of a mean spread as small as the true one
        (Phipson and Smyth 2010: the true order counts as one of them).
    """
    _, rows, columns = fields.shape
    squared = lattice.squared_distances(rows, columns, boundary)
    shares = _shares(fields)

    def mean_spread(order):
        return _spreads(shares[:, order], squared).mean()

    # A spread that differs only by the order of summation is as small as the true one.
    test = stats.permutation_test(
        (np.arange(rows * columns),),
        lambda order: np.round(mean_spread(order), 12),
        permutation_type="pairings",
        n_resamples=permutations,
        alternative="less",
        rng=stream,
    )
    return {
        "spreads": _spreads(shares, squared),
        "null": test.null_distribution,
        "p_value": test.pvalue,
    }


def judge(networks):
    """Judge whether the weights concentrate on local areas.

    Parameters
    ----------
    networks : dict of str to object
        Results of `locality.locality` (attributes `spreads`, `null`, `p_value`), by
        the network's name.
    """
    level = 0.01
    measured = {}
    for name, found in networks.items():
        measured[name] = {
            "spread": ledger.mean_and_error(found.spreads),
            "spread under permutation": {
                "value": float(np.mean(found.null)),
                "interval": ledger.interval(found.null),
            },
            "p_value": float(found.p_value),
        }
    return ledger.entry(
        "ae-local-weights",
        "8, figure 2",
        "The weights of the hidden neurons concentrate on local areas of the image.",
        None,
        measured,
        "supported if for every network the mean spread of the receptive fields is "
        f"smaller than under permutation of the pixels with p < {level}; else refuted",
        ledger.supported(all(found.p_value < level for found in networks.values())),
        "Spread in lattice spacings: the root mean square distance from the centroid, "
        "weighted by the squared weights; its standard error is over neurons. The null "
        "keeps the weights and moves the pixels.",
    )


def _shares(fields):
    flat = np.square(fields.reshape(len(fields), -1).astype(float))
    total = flat.sum(axis=1, keepdims=True)
    return np.divide(
        flat, total, out=np.full_like(flat, 1 / flat.shape[1]), where=total > 0
    )


def _spreads(shares, squared):
    return np.sqrt(np.sum((shares @ squared) * shares, axis=1) / 2)
