"""How far one step of the walk moves an image (section 11)."""

import numpy as np
import scipy

from pixelwalk import ledger
from pixelwalk.graph import walk

#: Total variation from the stationary distribution at which steps are measured.
DISTANCES = (0.001, 0.01, 0.1, 0.5)

#: A movement of the distance itself (and the rounding of it) is what may be called
#: near, and a rank correlation of this much a clear one.
MOST, LEAST = 1.01, 0.5


def total_variation(first, second):
    """Half the L1 distance of distributions along the last axis: 0 same, 1 disjoint."""
    return np.abs(first - second).sum(axis=-1) / 2


def steps(distribution, weights, teleport, images, *, stream, draws=100):
    """Measure the distance of x from its next step, near the answer and for images.

    A step contracts the distance to the stationary distribution by ``1 - teleport`` at
    least, so it moves x by less than twice that distance: that bound is a theorem. How
    far it does move x is measured, in random directions and towards every pixel.

    Parameters
    ----------
    distribution : ndarray of float, shape (N,)
        The stationary distribution.
    weights : scipy.sparse.csr_array, shape (N, N)
        The graph.
    teleport : float
        Chance of a jump.
    images : ndarray of uint8, shape (n, rows, columns)
        Real images; normalised to sum to 1.
    stream : numpy.random.Generator
        Where random distributions come from: uniform over all (flat Dirichlet).
    draws : int
        How many.

    Returns
    -------
    dict of ndarray
        `nearness`, shape (distances,): distances from the stationary distribution.
        `moved`, shape (distances, draws + N): distances from x to its next step.
        `image_nearness`, `image_moved`, shape (n,): both for the images. All as total
        variation.
    """
    # Dense: so many distributions at once take a tenth of the time.
    transitions = walk.transition_matrix(weights).toarray()

    def moved(x):
        return total_variation(x, walk.step(x, transitions, teleport))

    size = len(distribution)
    targets = np.concatenate([stream.dirichlet(np.ones(size), draws), np.eye(size)])
    directions = targets - distribution
    distance = total_variation(targets, distribution)[:, None]
    directions = np.divide(
        directions, distance, out=np.zeros_like(directions), where=distance > 0
    )
    real = images.reshape(len(images), -1).astype(float)
    real[real.sum(axis=1) == 0] = 1  # an empty image says nothing: uniform
    real /= real.sum(axis=1, keepdims=True)
    return {
        "nearness": np.array(DISTANCES),
        "moved": np.array([moved(distribution + d * directions) for d in DISTANCES]),
        "image_nearness": total_variation(real, distribution),
        "image_moved": moved(real),
    }


def judge(found, label):
    """Judge whether a step leaves what is near the stationary distribution in place.

    Parameters
    ----------
    found : object
        Results of `steps`, with `image_labels`, shape (n,).
    label : int
        The digit that the graph was learned from.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    ratio = found.moved.max(axis=1) / found.nearness
    same = found.image_labels == label
    ranks = map(scipy.stats.rankdata, (found.image_nearness, found.image_moved))
    rank, low, high = np.nan, np.nan, np.nan
    if len(same) > 3:  # fewer images have no interval
        correlation = scipy.stats.pearsonr(*ranks)  # of the ranks: Spearman's
        rank, (low, high) = correlation.statistic, correlation.confidence_interval()
    measured = {
        f"moved, for x at distance {distance}": {
            "value": float(np.mean(moved)),
            "largest": float(np.max(moved)),
        }
        for distance, moved in zip(DISTANCES, found.moved, strict=True)
    }
    for name, chosen in (("this digit", same), ("other digits", ~same)):
        nearness, moved = found.image_nearness[chosen], found.image_moved[chosen]
        measured[f"distance of images of {name}"] = ledger.mean_and_error(nearness)
        measured[f"moved, images of {name}"] = ledger.mean_and_error(moved)
    measured["rank correlation over images"] = {
        "value": float(rank),
        "interval": [float(low), float(high)],
    }
    return ledger.claim(
        "step-invariance",
        "11",
        "An image near the stationary distribution is hardly changed by a step of the "
        "walk, and the images that a step changes little are those near it.",
        None,
        measured,
        f"supported if no x moves by more than {MOST} times its distance from the "
        "stationary distribution, and over real images the 95 % interval of the rank "
        f"correlation of distance and movement lies above {LEAST}; else refuted",
        ledger.supported(bool(np.all(ratio <= MOST)) and low > LEAST),
        "Distances in total variation, 0 to 1. That a step moves x by less than twice "
        "its distance is a theorem; the largest movement seen is "
        f"{np.max(ratio):.2f} times the distance, so 'hardly' means no more than the "
        "distance itself. Real images are single test images: they stand far from the "
        "stationary distribution, and a step changes them much.",
    )
