"""How well an autoencoder gives back images that it never saw (section 8, figure 1)."""

from pixelwalk.ising import lattice

import numpy as np


def correct_shares(originals, reconstructions, boundary):
    """Compute the share of correct pixels, for the network and for two simple guesses.

    Parameters
    ----------
    originals : ndarray of float, shape (n, rows, columns)
        Pixels, 0 or 1.
    reconstructions : ndarray of float, shape (n, rows, columns)
        Probabilities that a pixel is 1.
    boundary : {"periodic", "free"}
        Boundary of the lattice, which decides which pixels are neighbours.

    Returns
    -------
    dict of ndarray of float64, shape (n,)
        Share of each image that is correct: `network`; `constant`, the most frequent
        value of each pixel over these very images (no constant can do better);
        `neighbours`, the value of most of a pixel's neighbours, a tie counting half.
    """
    count, rows, columns = originals.shape
    on = originals.reshape(count, -1) > 0.5
    spins = np.where(on, 1.0, -1.0)
    field = spins @ lattice.adjacency(rows, columns, boundary)
    return {
        "network": correct_share(on, reconstructions.reshape(count, -1)),
        "constant": correct_share(on, on.mean(axis=0)),
        "neighbours": np.mean((1 + np.sign(field) * spins) / 2, axis=1),
    }


def correct_share(originals, chances):
    """Return the share of pixels whose chance of 1 lies on the right side of 1/2.

    Parameters
    ----------
    originals : ndarray, shape (n, pixels)
        Pixels, 0 or 1.
    chances : ndarray of float, shape (n, pixels) or (pixels,)

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    return np.mean((chances > 0.5) == (originals > 0.5), axis=1)
