"""Measure how local the receptive fields of an autoencoder are (section 8, figure 2).

Two statistics are computed of the squared weights p of a neuron, normalised to sum 1:

- the spread, ``sqrt(sum_ij p_i p_j d_ij^2 / 2)``, on a free lattice the root mean
  square distance from the centroid. It is small only if the weight lies in one place,
  as in a filter of a convolution.
- the clustering, Moran's I (Moran 1950): the correlation of p between neighbouring
  sites. It is large wherever strong weights lie beside strong ones, in one place or in
  many.

Pixels at the border of a free lattice have fewer neighbours that predict them, and
all neurons give them more weight. This is not a property of single neurons, so the
weights are divided by their root mean square over neurons before they are compared with
those of permuted pixels.
"""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.ising import lattice
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import Reconstructions
from studies.autoencoder import kinds

import numpy as np
import scipy

# Numbers in the permuted fields whose statistics are computed at once, about 8 MB.
_NUMBERS = 10**6


def spreads(fields, boundary):
    """Compute the spread of each receptive field.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron. If all of a neuron are 0, it
        counts as uniform.
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
    """Compute the clustering of each receptive field, Moran's I of squared weights.

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
    """Divide the weights of each pixel by their root mean square over neurons.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron.

    Returns
    -------
    ndarray of float64, shape (hidden, rows, columns)
        Each pixel has a root mean square of 1 over neurons, or 0 if all its weights
        are 0.
    """
    fields = np.asarray(fields, float)
    profile = np.sqrt(np.mean(fields**2, axis=0))
    return np.divide(fields, profile, out=np.zeros_like(fields), where=profile > 0)


def measure_locality(fields, boundary, *, permutations, stream):
    """Compare the mean of both statistics with those of permuted pixels.

    The null hypothesis is that the place of a pixel on the lattice means nothing to
    the network: then any permutation of the pixels, the same for all neurons, is as
    likely as the true order. A p-value counts the true order as one of the
    permutations (Phipson and Smyth 2010).

    Parameters
    ----------
    fields, boundary
        As for `spreads`.
    permutations : int
        Number of random orders.
    stream : numpy.random.Generator
        Source of the random orders.

    Returns
    -------
    kinds.Locality
        Statistics of the fields without their common profile, and of their means under
        permutation.
    """
    shares = _shares(without_profile(fields))
    squared = lattice.squared_distances(*fields.shape[1:], boundary)
    edges = _edges(fields, boundary)
    ends, scores = np.nonzero(edges), _standard_scores(shares)
    products = scores.T @ scores / len(scores)  # clustering needs no more of a pair

    def mean_spread(orders):
        permuted = np.moveaxis(shares[:, orders], 0, -2)  # orders, neurons, pixels
        return _spreads(permuted, squared).mean(axis=-1)

    def mean_clustering(orders):
        near = products[tuple(orders[..., end] for end in ends)]
        return near.sum(axis=-1) / max(1, near.shape[-1])

    options = {
        "batch": max(1, _NUMBERS // shares.size),
        "n_resamples": permutations,
        "rng": stream,
    }
    pixels = shares.shape[1]
    compact = _permutation_test(mean_spread, pixels, alternative="less", **options)
    patchy = _permutation_test(
        mean_clustering, pixels, alternative="greater", **options
    )
    return kinds.Locality(
        spreads=_spreads(shares, squared),
        null_spread=compact.null_distribution,
        p_spread=compact.pvalue,
        clustering=_clustering(shares, edges),
        null_clustering=patchy.null_distribution,
        p_clustering=patchy.pvalue,
    )


def _permutation_test(mean, pixels, **options):
    """Test the statistic of the pixels' true order against those of random orders."""
    return scipy.stats.permutation_test(
        (np.arange(pixels),),
        # Rounded, since the order of summation must not decide which is larger.
        lambda orders, axis: np.round(mean(orders), 12),
        permutation_type="pairings",
        vectorized=True,
        **options,
    )


def _shares(fields):
    """Squared weights of each neuron, normalised to sum 1."""
    flat = np.square(fields.reshape(len(fields), -1).astype(float))
    total = flat.sum(axis=1, keepdims=True)
    return np.divide(
        flat, total, out=np.full_like(flat, 1 / flat.shape[1]), where=total > 0
    )


def _edges(fields, boundary):
    """Adjacency matrix of the lattice of the pixels."""
    return lattice.adjacency(*fields.shape[1:], boundary).toarray()


def _spreads(shares, squared):
    """Spread of each set of shares, given the squared distances of all pixels."""
    return np.sqrt(np.sum((shares @ squared) * shares, axis=-1) / 2)


def _clustering(shares, edges):
    """Moran's I of each set of shares."""
    scores = _standard_scores(shares)
    return np.sum((scores @ edges) * scores, axis=-1) / max(1, edges.sum())


def _standard_scores(shares):
    """Shares less their mean, in standard deviations; 0 where all are equal."""
    centred = shares - 1 / shares.shape[-1]
    deviation = centred.std(axis=-1, keepdims=True)
    # A uniform field has no variance but for rounding.
    varies = deviation > 1e-10
    return np.divide(centred, deviation, out=np.zeros_like(centred), where=varies)


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        network = storage.read(snakemake.input.reconstructions, Reconstructions)
        measured = measure_locality(
            network.fields,
            storage.origin(network.attributes)["settings"].get("boundary", "free"),
            permutations=settings["permutations"],
            stream=seeds.generator(seed, "locality", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.locality,
            measured,
            settings=settings,
            source=network.attributes,
            seed=seed,
            libraries=["scipy"],
        )
