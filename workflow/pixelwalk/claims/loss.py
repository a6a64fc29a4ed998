"""Where the validation loss of the autoencoder settles (section 8)."""

import numpy as np

from pixelwalk import ledger

#: The validation loss that section 8 prints.
PAPER = 0.385


def judge(losses):
    """Judge the validation loss of the autoencoder.

    Parameters
    ----------
    losses : dict of str to sequence of float
        Final validation losses of the networks, for `half` and `standard`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    tolerance = 0.01
    means = {bonds: float(np.mean(losses[bonds])) for bonds in ledger.BONDS}
    nearest = min(ledger.BONDS, key=lambda bonds: abs(means[bonds] - PAPER))
    return ledger.claim(
        "ae-loss",
        "8",
        "The autoencoder's validation loss settles at about 0.385 after 200 epochs on "
        "10 x 10 Ising samples at inverse temperature 0.4.",
        PAPER,
        {bonds: ledger.mean_and_error(losses[bonds]) for bonds in ledger.BONDS},
        f"reproduced if the mean validation loss lies within {tolerance} of the "
        "paper's under at least one way of counting bonds",
        ledger.reproduced(abs(means[nearest] - PAPER) <= tolerance),
        f"Nearest with bonds counted '{nearest}'. Uncertainties are standard errors "
        "over networks that differ in their seed, not over samples.",
    )
