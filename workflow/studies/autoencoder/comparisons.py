"""What the claims on autoencoders share: which files they compare, and how."""

from pixelwalk import ledger, storage

import numpy as np

#: The paper does not say which of the two it used.
EITHER = "under at least one way of counting bonds"


def ways(files):
    """Yield the ways of counting bonds whose samples have any structure.

    Parameters
    ----------
    files : dict of str to Kind
        `half`, `standard` and `infinite`, or empty.

    Yields
    ------
    bonds : str
    file, infinite : Kind
        The file of this way, and that at infinite temperature. Samples that are at
        infinite temperature themselves are skipped.
    """
    for bonds in ledger.BONDS:
        if bonds in files and _beta(files[bonds]) != 0:
            yield bonds, files[bonds], files["infinite"]


def difference(first, second):
    """Estimate the mean difference of two numbers of each network."""
    return ledger.mean_and_error(np.subtract(first, second))


def estimates(numbers):
    """Estimate the mean of each of several numbers of networks, by their names."""
    return {name: ledger.mean_and_error(values) for name, values in numbers.items()}


def all_above_zero(found):
    """Decide whether all of several estimates, by their names, are above 0."""
    return ledger.every(ledger.above(ends(one), 0) for one in found.values())


def ends(estimate):
    """Return the interval of an estimate."""
    return estimate["interval"]


def judged(claim, files, reason=""):
    """Return a claim; not measured if there is a reason, or nothing to judge it by."""
    if not files:
        reason = "The configuration names no ensembles in paper.replicas."
    elif not list(ways(files)):
        reason = "Samples at infinite temperature have no structure."
    return ledger.not_measured(claim, reason) if reason else claim


def of_networks(files):
    """Return the sentence that says of which networks the numbers are."""
    parts = []
    for bonds, one, _ in ways(files):
        networks = one.attributes["settings"]["networks"]
        ensemble = storage.origin(one.attributes)["settings"]
        parts.append(
            f"{bonds}: {networks} networks, each on {ensemble['training'] // networks} "
            f"samples of its own at an inverse temperature of {ensemble['beta']:g}"
        )
    return f"{'; '.join(parts)}."


def _beta(content):
    return storage.origin(content.attributes)["settings"]["beta"]
