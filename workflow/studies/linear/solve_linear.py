"""Solve for the linear map from all shifts of an image to those of another."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import circulant, filters, nearest, shifts, sources
from studies.linear import kinds, law, minimisers, partial_shifts, stochastic

import numpy as np


def measure(source, target, images, sizes, settings, stream, *, others=()):
    """Measure the least-squares map from all shifts of an image to those of another.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
        On a line or an image.
    images : sequence of ndarray of float, shape ``shape``
        To search for one that lacks a frequency, and to draw pairs from.
    sizes : list of ndarray of float, shape (pairs, 2, ...)
        Pairs of images by the number of pixels, as `law.pairs` gives them.
    settings : mapping
        `layers`, `noise` and `repeats`, as config.yaml has them.
    stream : numpy.random.Generator
        For starts, choices of shifts, noise, and permutations of the filter.
    others : sequence of ndarray of float, shape ``shape``
        More images to search for one that lacks a frequency.

    Returns
    -------
    kinds.Optimum
    """
    best = shifts.optimum(source, target)
    inputs, targets = circulant.dense(source), circulant.dense(target)
    dense = shifts.least_squares(inputs, targets)
    size = np.abs(circulant.eigenvalues(source))
    seen = shifts.seen(source)
    spread, spread_distance = minimisers.from_starts(source, target, stream)
    return kinds.Optimum(
        input=source,
        target=target,
        spectrum=size / (size.max() or 1),
        seen=int(np.count_nonzero(seen)),
        condition=condition(size, seen),
        filter=best,
        dense=dense,
        dense_distance=nearest.from_circulant(dense, source.shape),
        agreement=_relative(circulant.dense(best) - dense, dense),
        residual=_relative(dense @ inputs - targets, targets),
        spread=spread,
        spread_distance=spread_distance,
        **minimisers.counterexample([*images, *others], target, stream),
        **minimisers.formula(source, target, stream),
        **stochastic.likeness(images, stream),
        **factorise(best, settings["layers"]),
        **partial_shifts.curves(
            source, target, settings["noise"], settings["repeats"], stream
        ),
        **filters.locality(best, stream),
        **law.law(sizes, stream),
    )


def condition(size, seen):
    """Divide the largest Fourier coefficient by the smallest that is not zero."""
    return float(size.max() / size[seen].min()) if seen.any() else np.nan


def factorise(best, layers):
    """Split a filter into 2, 3, ... real factors, and measure them as matrices.

    Parameters
    ----------
    best : ndarray of float, shape ``shape``
        The filter.
    layers : sequence of int
        Numbers of factors.

    Returns
    -------
    dict of ndarray
        `layers`, shape (depths,). `factors`, shape (depths, 2, ``shape``): the first
        factor, and any other. `factor_distances`, shape (depths,): largest distance of
        a factor, as matrix, from the nearest circulant one. `factor_errors`: of the
        product of these matrices from the filter's, relative. `imaginary`: how much of
        the factors is imaginary before that part is dropped, and `root_imaginary`: how
        much is where all factors are plain roots, relative.
    """
    whole = circulant.dense(best)
    factors, columns = [], []
    for count in layers:
        parts, imaginary = shifts.factors(best, count)
        matrices = [circulant.dense(part) for part in parts]
        product = np.linalg.multi_dot(matrices)
        factors.append(parts[:2])
        root = shifts.plain_root(best, count)
        columns.append(
            (
                max(nearest.from_circulant(m, best.shape) for m in matrices[:2]),
                _relative(product - whole, whole),
                imaginary,
                _relative(root.imag, root),
            )
        )
    names = ("factor_distances", "factor_errors", "imaginary", "root_imaginary")
    measured = dict(zip(names, np.array(columns).T, strict=True))
    return measured | {"layers": np.array(layers), "factors": np.array(factors)}


def _relative(difference, whole):
    """Norm of a difference, relative to another norm; absolute if that is 0."""
    return float(np.linalg.norm(difference) / (np.linalg.norm(whole) or 1))


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        pixels, source = storage.read_pixels(snakemake.input.images)
        stream = seeds.generator(seed, "linear", snakemake.wildcards.name, "shifts")
        places = range(min(len(pixels), minimisers.SEARCHED))
        image, target = sources.pair(pixels, settings)
        optimum = measure(
            image,
            target,
            [sources.image(pixels, place, settings) for place in places],
            law.pairs(pixels, settings, stream),
            settings,
            stream,
            others=[image - image.mean()],
        )
        storage.write(
            snakemake.output.optimum,
            optimum,
            settings=settings,
            source=source,
            seed=seed,
            libraries=["scipy"],
        )
