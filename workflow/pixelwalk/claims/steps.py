"""How far one step of the walk moves an image (section 11)."""

import numpy as np

from pixelwalk import walk

#: Total variation from the stationary distribution at which steps are measured.
DISTANCES = (0.001, 0.01, 0.1, 0.5)


def total_variation(first, second):
    """Half the L1 distance of distributions along the last axis: 0 same, 1 disjoint."""
    return np.abs(first - second).sum(axis=-1) / 2


def steps(distribution, weights, teleport, images, *, draws, stream):
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
    draws : int
        Random distributions per distance, mixed into the stationary one.
    stream : numpy.random.Generator
        Where they come from: uniform over all distributions (flat Dirichlet).

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
    real /= real.sum(axis=1, keepdims=True)
    return {
        "nearness": np.array(DISTANCES),
        "moved": np.array([moved(x) for x in near]),
        "image_nearness": total_variation(real, distribution),
        "image_moved": moved(real),
    }
