"""The linear map between all shifts of two images, its factors and its filter."""

import numpy as np

from pixelwalk.claims import needed
from pixelwalk.matrices import circulant, filters, nearest, shifts


def measure(source, target, settings, stream):
    """Measure the least-squares map from all shifts of an image to those of another.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
        On a line or an image.
    settings : mapping
        `layers`, `noise` and `repeats`, as config.yaml has them.
    stream : numpy.random.Generator
        For choices of shifts, noise, and permutations of the filter.

    Returns
    -------
    dict
        The datasets of kind `linear-optimum`.
    """
    best = shifts.optimum(source, target)
    inputs, targets = circulant.dense(source), circulant.dense(target)
    dense = shifts.least_squares(inputs, targets)
    size = np.abs(circulant.eigenvalues(source))
    seen = shifts.seen(source)
    return {
        "input": source,
        "target": target,
        "spectrum": size / (size.max() or 1),
        "seen": int(np.count_nonzero(seen)),
        "condition": condition(size, seen),
        "filter": best,
        "dense": dense,
        "dense_distance": nearest.from_circulant(dense, source.shape),
        "agreement": _relative(circulant.dense(best) - dense, dense),
        "residual": _relative(dense @ inputs - targets, targets),
        **factorise(best, settings["layers"]),
        **needed.curves(source, target, settings["noise"], settings["repeats"], stream),
        **filters.locality(best, stream),
    }


def condition(size, seen):
    """Largest over smallest Fourier coefficient of those that are not zero."""
    return float(size.max() / size[seen].min()) if seen.any() else np.nan


def factorise(best, layers):
    """Split a filter into 2, 3, ... real factors, and check them as matrices.

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
    found = {"layers": np.array(layers), "factors": []}
    columns = []
    for count in layers:
        parts, imaginary = shifts.factors(best, count)
        matrices = [circulant.dense(part) for part in parts]
        product = np.linalg.multi_dot(matrices)
        found["factors"].append(parts[:2])
        root = shifts.plain_root(best, count)
        columns.append(
            (
                max(
                    nearest.from_circulant(matrix, best.shape)
                    for matrix in matrices[:2]
                ),
                _relative(product - whole, whole),
                imaginary,
                _relative(root.imag, root),
            )
        )
    names = ("factor_distances", "factor_errors", "imaginary", "root_imaginary")
    found["factors"] = np.array(found["factors"])
    return found | dict(zip(names, np.array(columns).T, strict=True))


def _relative(difference, whole):
    """Norm of a difference, relative to that of what it is from; absolute from 0."""
    return float(np.linalg.norm(difference) / (np.linalg.norm(whole) or 1))
