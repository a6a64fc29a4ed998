"""Loss and distance of images for one walk, and how far a step of it can move them."""

from pixelwalk.graph import walk
from pixelwalk.graph.steps import total_variation

import numpy as np
from scipy.spatial import distance

#: Share of the images that are called nearest, and those of lowest loss.
SHARE = 0.05

# Losses and distances that differ by less, in the largest, have the same rank.
_DECIMALS = 12


def as_distributions(images):
    """Scale images to sum to 1; an empty image becomes uniform.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)

    Returns
    -------
    ndarray of float64, shape (n, N)
    """
    flat = images.reshape(len(images), -1).astype(float)
    flat[flat.sum(axis=1) == 0] = 1
    return flat / flat.sum(axis=1, keepdims=True)


def norms(distributions, target, transitions, teleport):
    """Return ||y - x|| and ||y - T x|| of images x.

    Parameters
    ----------
    distributions : ndarray of float64, shape (n, N)
        Images x, each of sum 1.
    target : ndarray of float64, shape (N,)
        Distribution y.
    transitions : ndarray of float64, shape (N, N)
        From `walk.transition_matrix`.
    teleport : float
        Probability of a jump.

    Returns
    -------
    euclidean, variation : tuple of ndarray of float64, shape (n,)
        Distances and losses, in the Euclidean norm and in total variation.
    """
    both = distributions, walk.step(distributions, transitions, teleport)
    euclidean = tuple(np.linalg.norm(x - target, axis=1) for x in both)
    return euclidean, tuple(total_variation(x, target) for x in both)


def agreement(distances, losses, counts):
    """Compare the images that are near y with those of low loss.

    Parameters
    ----------
    distances, losses : ndarray of float, shape (n,)
    counts : ndarray of int, shape (samples, n)
        How often each image is in each (bootstrap) sample; each row sums to n.

    Returns
    -------
    overlaps : ndarray of float64, shape (samples,)
        Share of the `SHARE` of images of lowest loss that are among as many nearest.
    ranks : ndarray of float64, shape (samples,)
        Spearman's rank correlation of loss and distance; 0 if one of them is constant.
    """
    chosen, ranks = zip(
        *(_ranked(values, counts) for values in (distances, losses)), strict=True
    )
    most = SHARE * counts.shape[1]
    overlaps = np.minimum(*chosen).sum(axis=1) / most
    first, second = (rank - _mean(rank, counts) for rank in ranks)
    powers = _mean(first**2, counts) * _mean(second**2, counts)
    products = _mean(first * second, counts)
    scale = np.sqrt(np.where(powers > 0, powers, 1))
    return overlaps, (products / scale)[:, 0]


def farthest(chain):
    """Return how far a step moves x at most, in distances from the fixed point.

    A step is linear, so it moves x by (T - 1)(x - y). Of all vectors that sum to 0, the
    differences of two pixels are extreme: the largest ratio is that of a pair.

    Parameters
    ----------
    chain : ndarray of float64, shape (N, N)
        Transition matrix T on columns, from `chains.chain`.

    Returns
    -------
    ratio : float
        Largest ||T x - x|| over ||x - y||, both in total variation.
    pair : tuple of int
        The two pixels of the direction x - y.
    """
    change = (chain - np.eye(len(chain))).T
    moved = distance.pdist(change, "cityblock") / 2
    place = int(np.argmax(moved))
    first, second = (int(pixels[place]) for pixels in np.triu_indices(len(chain), k=1))
    return float(moved[place]), (first, second)


def moved(chain, target, pair):
    """Return the movement of the x of a pair of pixels, over its distance from y.

    Parameters
    ----------
    chain : ndarray of float64, shape (N, N)
        As above.
    target : ndarray of float64, shape (N,)
        Stationary distribution y.
    pair : tuple of int
        Pixels; x has half of the second's share of y moved to the first.

    Returns
    -------
    float
    """
    x = target.copy()
    x[list(pair)] += np.array([1, -1]) * target[pair[1]] / 2
    return float(total_variation(chain @ x, x) / total_variation(x, target))


def _ranked(values, counts):
    """Count the images among the lowest, and rank all, in each sample."""
    values = (values / (np.abs(values).max() or 1)).round(_DECIMALS)
    _, groups = np.unique(values, return_inverse=True)
    starts = np.concatenate([[0], np.cumsum(np.bincount(groups))])
    order = np.argsort(groups, kind="stable")
    ordered = counts[:, order]
    sums = np.concatenate(
        [np.zeros((len(counts), 1)), np.cumsum(ordered, axis=1)], axis=1
    )
    before, after = sums[:, starts[:-1]], sums[:, starts[1:]]
    middle = ((before + after + 1) / 2)[:, groups]
    most = SHARE * counts.shape[1]
    # Of images that tie at the limit, each is among the lowest with the same chance.
    size = np.maximum(after - before, 1)
    among = (np.clip(most - before, 0, after - before) / size)[:, groups] * counts
    return among, middle


def _mean(values, counts):
    """Mean over the images of each sample: shape (samples, 1)."""
    total = np.einsum("ij,ij->i", values, counts) / counts.sum(axis=1)
    return total[:, None]
