"""Measure the sparsity pattern of the weights of all pairs, averaged over images."""

from pixelwalk import pairs, storage
from pixelwalk.compute import bits, seeds
from pixelwalk.ising import lattice, theory
from pixelwalk.ising.model import Model
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph
from studies.programme.kinds import Averages
from studies.programme.patterns import LARGE

import numpy as np

#: Levels, as shares of the largest weight of two pixels, at which weights are counted.
LEVELS = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5)

#: Disjoint batches of the images, for the uncertainty.
BATCHES = 5

#: What is averaged over: the images, and the same with every pixel shuffled among them.
DATA = ("images", "independent pixels")

# Weights of two spins, from their exact correlation c: scale and offset.
_OF_CORRELATION = {
    "correlation": (1, 0),
    "product": (1, 0),
    "same-state": (0.5, 0.5),
    "opposite-state": (-0.5, 0.5),
    "coactivation": (0.25, 0.25),
}


def measure_averages(pixels, weight, squared, limit, stream):
    """Measure which averaged weights are large, beside those of independent pixels.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Images.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    squared : ndarray of float, shape (N, N)
        Squared distance between every two pixels.
    limit : ndarray of float, shape (N, N), or None
        Exact weights of infinitely many images, from `exact_limit`.
    stream : numpy.random.Generator
        Shuffles pixels.

    Returns
    -------
    Averages
    """
    flags = pixels.unpack() > 0 if isinstance(pixels, bits.Packed) else pixels
    rows = []
    for values in (flags, stream.permuted(flags, axis=0)):
        batches = np.array_split(values, min(BATCHES, len(values)))
        own = _weights(values, weight)
        shares = [_shares(_weights(batch, weight)) for batch in batches]
        row = {"shares": _shares(own), "batch_shares": np.array(shares)}
        rows.append(row | _shape(own, squared))
    exact = np.full(len(LEVELS), np.nan) if limit is None else _shares(limit)
    return Averages(
        data=list(DATA),
        images=len(flags),
        levels=np.array(LEVELS),
        exact_shares=exact,
        exact_degree=np.nan if limit is None else _shape(limit, squared)["degrees"][0],
        exact_distance=np.nan if limit is None else _distance(flags, weight, limit),
        **{name: np.array([row[name] for row in rows]) for name in rows[0]},
    )


def exact_limit(settings, weight):
    """Return the averaged weights of infinitely many samples, if they are known.

    Parameters
    ----------
    settings : dict
        Of the ensemble or the image set.
    weight : dict
        Settings of the averaged pairs.

    Returns
    -------
    ndarray of float64, shape (N, N), or None
        For samples of a rectangular lattice without a field, of which the exact
        correlations are known.
    """
    if "beta" not in settings or weight["kind"] not in _OF_CORRELATION:
        return None
    model = Model.of(settings)
    known = model.lattice == "rectangular" and model.edges is None
    if not known or model.field or model.boundary not in ("free", "periodic"):
        return None
    correlations = theory.exact_correlations(
        model.rows, model.columns, model.coupling, boundary=model.boundary
    )
    if correlations is None:
        return None
    scale, offset = _OF_CORRELATION[weight["kind"]]
    weights = scale * correlations + offset
    return weights**2 if weight.get("square") else weights


def _weights(values, weight):
    pixels = bits.pack(values) if values.dtype == bool else values
    return pairs.pair_weights(pixels, threads=1, **weight)


def _sizes(weights):
    """Sizes of the weights of two different pixels, as shares of the largest."""
    sizes = np.abs(weights - np.diag(np.diag(weights)))
    return sizes / (sizes.max() or 1)


def _shares(weights):
    """Share of the off-diagonal entries of at least each level."""
    apart = ~np.eye(len(weights), dtype=bool)
    ordered = np.sort(_sizes(weights)[apart])
    below = np.searchsorted(ordered, np.array(LEVELS) * (1 - 1e-12), side="left")
    return 1 - below / len(ordered)


def _shape(weights, squared):
    """Degree and reach of the entries that are large: mean and largest of each."""
    large = _sizes(weights) >= LARGE * (1 - 1e-12)
    degrees, far = large.sum(axis=1), np.sqrt(squared[large])
    return {
        "degrees": np.array([degrees.mean(), degrees.max()]),
        "reaches": np.array([far.mean(), far.max()] if far.size else [np.nan] * 2),
    }


def _distance(values, weight, limit):
    """Distance of the averaged weights from their limit, of different pixels."""
    apart = ~np.eye(len(limit), dtype=bool)
    away = (_weights(values, weight) - limit)[apart]
    return float(np.linalg.norm(away) / (np.linalg.norm(limit[apart]) or 1))


if __name__ == "__main__":
    with stages.logged(snakemake):
        weight, seed = snakemake.params.weight, snakemake.params.seed
        graph = storage.read(snakemake.input.graph, Graph)
        label = storage.origin(graph.attributes)["settings"].get("label", "any")
        images, source = storage.read_pixels(snakemake.input.images, label=label)
        boundary = source["settings"].get("boundary", "free")
        measured = measure_averages(
            images,
            weight,
            lattice.squared_distances(*images.shape[1:], boundary),
            exact_limit(source["settings"], weight),
            seeds.generator(seed, "averages", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.averages,
            measured,
            settings={"weight": weight, "images": source["settings"]},
            source=graph.attributes,
            seed=seed,
            libraries=["numba"],
        )
