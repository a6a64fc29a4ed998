"""How well an autoencoder gives back images that it never saw (section 8, figure 1)."""

import numpy as np

from pixelwalk import ledger
from pixelwalk.ising import lattice


def recovered(originals, reconstructions, boundary):
    """Share of the pixels that come back, beside two guesses that need no network.

    Parameters
    ----------
    originals : ndarray of float, shape (n, rows, columns)
        Pixels, 0 or 1.
    reconstructions : ndarray of float, shape (n, rows, columns)
        Probabilities that a pixel is 1.
    boundary : {"periodic", "free"}
        Which pixels are neighbours.

    Returns
    -------
    dict of ndarray of float64, shape (n,)
        Share of each image that is right: `network`; `constant`, the most frequent
        value of each pixel over these very images (no constant can do better);
        `neighbours`, the value of most of a pixel's neighbours, a tie counting half.
    """
    count, rows, columns = originals.shape
    on = originals.reshape(count, -1) > 0.5
    spins = np.where(on, 1.0, -1.0)
    field = spins @ lattice.adjacency(rows, columns, boundary)
    right = {
        "network": (reconstructions.reshape(count, -1) > 0.5) == on,
        "constant": (on.mean(axis=0) > 0.5) == on,
        "neighbours": (1 + np.sign(field) * spins) / 2,
    }
    return {guess: share.mean(axis=1) for guess, share in right.items()}


def judge(networks, boundaries):
    """Judge whether the network gives back the rough shape of an image.

    Parameters
    ----------
    networks : dict of str to (originals, reconstructions)
        Arrays as `recovered` takes them, by the network's name.
    boundaries : dict of str to str
        Boundary of each network's lattice.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    errors = 3
    measured, better = {}, True
    for name, (originals, reconstructions) in networks.items():
        share = recovered(originals, reconstructions, boundaries[name])
        measured[name] = {guess: ledger.mean_and_error(s) for guess, s in share.items()}
        for guess in ("constant", "neighbours"):
            gain = ledger.mean_and_error(share["network"] - share[guess])
            error = gain["standard_error"]  # None for a single image
            better &= error is not None and gain["value"] > errors * error
            measured[name][f"network less {guess}"] = gain
    return ledger.claim(
        "ae-reconstruction",
        "8, figure 1",
        "The autoencoder reconstructs the rough shape of an image it has not seen.",
        None,
        measured,
        "supported if every network recovers a larger share of the held-out pixels "
        "than the best constant and than the majority of the neighbours, each by more "
        f"than {errors} standard errors; else refuted",
        ledger.supported(better),
        "Shares of pixels, with standard errors over held-out images.",
    )
