"""How local receptive fields are on their lattice (section 8, figure 2).

Two statistics of the squared weights of a neuron, normalised to p with sum 1:

- the spread, ``sqrt(sum_ij p_i p_j d_ij^2 / 2)``, on a free lattice the root mean
  square distance from the centroid. It is small only if the weight lies in one place,
  as that of a convolution's filter does.
- the clustering, Moran's I (Moran 1950): the correlation of p between neighbouring
  sites. It is large wherever strong weights lie beside strong ones, in one place or in
  many.

Pixels at the border of a free lattice have fewer neighbours to tell what they are, and
get more weight from all neurons. That is no locality of a neuron; so the weights are
divided by their root mean square over neurons before they are held against chance.
"""

import numpy as np
import scipy

from pixelwalk import ledger
from pixelwalk.ising import lattice

# Numbers in the permuted fields whose statistics are computed at once, about 8 MB.
_NUMBERS = 10**6


def spreads(fields, boundary):
    """Spread of each receptive field.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron. A neuron without any counts as uniform.
    boundary : {"periodic", "free"}
        How distance is measured.

    Returns
    -------
    ndarray of float64, shape (hidden,)
        In lattice spacings; 0 for a single pixel.
    """
    squared = lattice.squared_distances(*fields.shape[1:], boundary)
    return _spreads(_shares(fields), squared)


def clustering(fields, boundary):
    """Clustering of each receptive field, Moran's I of the squared weights.

    Parameters
    ----------
    fields, boundary
        As for `spreads`.

    Returns
    -------
    ndarray of float64, shape (hidden,)
        About 0 (exactly ``-1 / (N - 1)`` on average) for pixels in random order; 0 for
        a uniform field.
    """
    return _clustering(_shares(fields), _edges(fields, boundary))


def without_profile(fields):
    """Divide out what all neurons have in common: how much weight a pixel gets.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron.

    Returns
    -------
    ndarray of float64, shape (hidden, rows, columns)
        Each pixel has a root mean square of 1 over neurons; 0 where none looks at it.
    """
    fields = np.asarray(fields, float)
    profile = np.sqrt(np.mean(fields**2, axis=0))
    return np.divide(fields, profile, out=np.zeros_like(fields), where=profile > 0)


def locality(fields, boundary, *, permutations, stream):
    """Hold the mean of both statistics against pixels in random order.

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
        `spreads` and `clustering`, shape (hidden,); `null_spread` and
        `null_clustering`, their means under permutation, shape (permutations,);
        `p_spread`, of a mean spread as small as the true one, and `p_clustering`, of a
        mean clustering as large (Phipson and Smyth 2010: the true order counts as one).
    """
    shares = _shares(without_profile(fields))
    squared = lattice.squared_distances(*fields.shape[1:], boundary)
    edges = _edges(fields, boundary)
    ends, scores = np.nonzero(edges), _standard_scores(shares)
    products = scores.T @ scores / len(scores)  # all that clustering asks of a pair

    def mean_spread(orders):
        permuted = np.moveaxis(shares[:, orders], 0, -2)  # orders, neurons, pixels
        return _spreads(permuted, squared).mean(axis=-1)

    def mean_clustering(orders):
        near = products[tuple(orders[..., end] for end in ends)]
        return near.sum(axis=-1) / max(1, near.shape[-1])

    def test(mean, alternative):
        return scipy.stats.permutation_test(
            (np.arange(shares.shape[1]),),
            # Rounded, as the order of summation must not decide what is as large.
            lambda orders, axis: np.round(mean(orders), 12),
            permutation_type="pairings",
            vectorized=True,
            batch=max(1, _NUMBERS // shares.size),
            n_resamples=permutations,
            alternative=alternative,
            rng=stream,
        )

    compact, patchy = test(mean_spread, "less"), test(mean_clustering, "greater")
    return {
        "spreads": _spreads(shares, squared),
        "null_spread": compact.null_distribution,
        "p_spread": compact.pvalue,
        "clustering": _clustering(shares, edges),
        "null_clustering": patchy.null_distribution,
        "p_clustering": patchy.pvalue,
    }


def judge(networks):
    """Judge whether the weights tend to concentrate on local areas.

    Parameters
    ----------
    networks : dict of str to object
        Results of `locality` as attributes, by the network's name.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    level = 0.01
    measured = {
        name: {
            "spread": ledger.mean_and_error(found.spreads),
            "spread, permuted": _null(found.null_spread),
            "spread, p": float(found.p_spread),
            "clustering": ledger.mean_and_error(found.clustering),
            "clustering, permuted": _null(found.null_clustering),
            "clustering, p": float(found.p_clustering),
        }
        for name, found in networks.items()
    }
    patchy = sum(found.p_clustering < level for found in networks.values())
    compact = sum(found.p_spread < level for found in networks.values())
    narrower = [
        1 - np.mean(found.spreads) / np.mean(found.null_spread)
        for found in networks.values()
    ]
    return ledger.claim(
        "ae-local-weights",
        "8, figure 2",
        "The weights of the hidden neurons tend to concentrate on local areas of the "
        "image.",
        None,
        measured,
        "supported if for every network, against permuted pixels and with p < "
        f"{level}, strong weights lie beside strong ones (clustering) and those of a "
        "neuron lie closer together (spread); else refuted",
        ledger.supported(patchy == compact == len(networks)),
        f"Strong weights lie beside strong ones in {patchy} of {len(networks)} "
        f"networks, and closer together in {compact}. But a field is only "
        f"{min(narrower):.1%} to {max(narrower):.1%} narrower than permuted pixels: a "
        "weak tendency, far from a filter that is 0 outside of a patch. Clustering is "
        "Moran's I, spread the root mean square distance from the centroid in lattice "
        "spacings, both of the squared weights with the border's extra weight divided "
        "out. Standard errors are over neurons. Both statistics and the division were "
        "settled on other samples than these, drawn by the heat bath, on which every "
        "network then passed; on the undivided weights, fields had come out wider than "
        "permuted pixels. That the fields behave like a convolution's "
        "filters, as the paper adds, is not judged here.",
    )


def _null(values):
    return {"value": float(np.mean(values)), "interval": ledger.interval(values)}


def _shares(fields):
    flat = np.square(fields.reshape(len(fields), -1).astype(float))
    total = flat.sum(axis=1, keepdims=True)
    return np.divide(
        flat, total, out=np.full_like(flat, 1 / flat.shape[1]), where=total > 0
    )


def _edges(fields, boundary):
    return lattice.adjacency(*fields.shape[1:], boundary).toarray()


def _spreads(shares, squared):
    return np.sqrt(np.sum((shares @ squared) * shares, axis=-1) / 2)


def _clustering(shares, edges):
    scores = _standard_scores(shares)
    return np.sum((scores @ edges) * scores, axis=-1) / max(1, edges.sum())


def _standard_scores(shares):
    centred = shares - 1 / shares.shape[-1]
    deviation = centred.std(axis=-1, keepdims=True)
    # A uniform field has no variance but for rounding.
    varies = deviation > 1e-10
    return np.divide(centred, deviation, out=np.zeros_like(centred), where=varies)
