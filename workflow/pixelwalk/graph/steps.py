"""Movement of distributions in one step of the walk, over their distance from rest."""

import numpy as np

from pixelwalk.graph import walk

#: Total variation from the stationary distribution at which steps are measured.
DISTANCES = (0.001, 0.01, 0.1, 0.5)


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
