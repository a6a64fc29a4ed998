"""How far one step of the walk moves an image (section 11)."""

import numpy as np
from scipy import stats

from pixelwalk import walk
from pixelwalk.claims import ledger

#: Total variation from the stationary distribution at which steps are measured.
DISTANCES = (0.001, 0.01, 0.1, 0.5)


def total_variation(first, second):
    """Half the L1 distance of distributions along the last axis: 0 same, 1 disjoint."""
    return np.abs(first - second).sum(axis=-1) / 2


def steps(distribution, weights, teleport, images, *, stream, draws=100):
    """Measure the distance of x from its next step, near the answer and for images.

    A step contracts the distance to the stationary distribution, so it cannot move x
    by more than twice that distance.

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
        Random distributions per distance, mixed into the stationary one.

    Returns
    -------
    dict of ndarray
        `nearness`, shape (distances,): distances from the stationary distribution.
        `moved`, shape (distances, draws): distances from x to its next step.
        `image_nearness`, `image_moved`, shape (n,): both for the images. All as total
        variation.
    """
    transitions = walk.transition_matrix(weights)

    def moved(x):
        return total_variation(x, walk.step(x, transitions, teleport))

    directions = stream.dirichlet(np.ones(len(distribution)), draws) - distribution
    directions /= total_variation(directions, 0)[:, None]
    # A direction may leave the simplex at large distances, which the bound allows.
    near = [distribution + distance * directions for distance in DISTANCES]
    real = images.reshape(len(images), -1).astype(float)
    real[real.sum(axis=1) == 0] = 1  # an empty image says nothing: uniform
    real /= real.sum(axis=1, keepdims=True)
    return {
        "nearness": np.array(DISTANCES),
        "moved": np.array([moved(x) for x in near]),
        "image_nearness": total_variation(real, distribution),
        "image_moved": moved(real),
    }


def judge(found, label):
    """Judge whether a step leaves what is near the stationary distribution in place.

    Parameters
    ----------
    found : object
        Results of `steps.steps`, with `image_labels`, shape (n,).
    label : int
        The digit that the graph was learned from.
    """
    largest = found.moved.max(axis=1)
    same = found.image_labels == label
    # Three standard errors of a rank correlation of nothing, about 1 / sqrt(n).
    chance = 3 / np.sqrt(len(same))
    rank = float(stats.spearmanr(found.image_nearness, found.image_moved).statistic)
    measured = {
        f"x at distance {distance}": {
            "value": float(np.mean(moved)),
            "largest": float(np.max(moved)),
        }
        for distance, moved in zip(DISTANCES, found.moved, strict=True)
    }
    for name, chosen in (("this digit", same), ("other digits", ~same)):
        measured[f"images of {name}"] = ledger.mean_and_error(found.image_moved[chosen])
    measured["rank correlation over images"] = rank
    return ledger.entry(
        "step-invariance",
        "11",
        "An image near the stationary distribution is hardly changed by a step of the "
        "walk, and the images that a step changes little are those near it.",
        None,
        measured,
        "supported if no x moves by more than twice its distance from the stationary "
        "distribution, and over real images that distance and the movement correlate "
        f"in rank by more than {chance:.2f} (three standard errors of no correlation); "
        "else refuted",
        ledger.supported(bool(np.all(largest <= 2 * found.nearness)) and rank > chance),
        "Distances in total variation, 0 to 1. Real images are single test images: "
        "they stand far from the stationary distribution.",
    )
