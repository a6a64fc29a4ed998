"""The paper's claims, each judged from finished numbers by a criterion in code.

Every function takes what the studies measured and gives an entry of the ledger,
without `evidence`: `id`, `section`, `statement`, `paper`, `measured`, `criterion`,
`verdict`, `note`.
"""

import numpy as np
from scipy import stats

from pixelwalk.claims import fractions, reconstruction, steps

#: What a verdict can be. The last is for claims whose data could not be had.
VERDICTS = ("reproduced", "not reproduced", "supported", "refuted", "not measured")

#: Where the paper's numbers stand: the loss in section 8, the fractions in figure 5.
PAPER_LOSS = 0.385
PAPER_PERCENT = (30.01, 4.74, 0.46)

_BONDS = ("half", "standard")


def ae_loss(losses):
    """Judge the validation loss of the autoencoder.

    Parameters
    ----------
    losses : dict of str to sequence of float
        Final validation losses of the networks, for `half` and `standard`.
    """
    tolerance = 0.01
    means = {bonds: float(np.mean(losses[bonds])) for bonds in _BONDS}
    nearest = min(_BONDS, key=lambda bonds: abs(means[bonds] - PAPER_LOSS))
    return _entry(
        "ae-loss",
        "8",
        "The autoencoder's validation loss settles at about 0.385 after 200 epochs on "
        "10 x 10 Ising samples at inverse temperature 0.4.",
        PAPER_LOSS,
        {bonds: _mean_and_error(losses[bonds]) for bonds in _BONDS},
        f"reproduced if the mean validation loss lies within {tolerance} of the paper's "
        "under at least one way of counting bonds",
        _reproduced(abs(means[nearest] - PAPER_LOSS) <= tolerance),
        f"Nearest with bonds counted '{nearest}'. Uncertainties are standard errors "
        "over networks that differ in their seed.",
    )


def ae_reconstruction(networks, boundaries):
    """Judge whether the network gives back the rough shape of an image.

    Parameters
    ----------
    networks : dict of str to (originals, reconstructions)
        Arrays as `reconstruction.recovered` takes them, by the network's name.
    boundaries : dict of str to str
        Boundary of each network's lattice.
    """
    errors = 3
    measured, better = {}, True
    for name, (originals, reconstructions) in networks.items():
        share = reconstruction.recovered(originals, reconstructions, boundaries[name])
        measured[name] = {guess: _mean_and_error(s) for guess, s in share.items()}
        for guess in ("constant", "neighbours"):
            gain = _mean_and_error(share["network"] - share[guess])
            better &= gain["value"] > errors * gain["standard_error"]
            measured[name][f"network less {guess}"] = gain
    return _entry(
        "ae-reconstruction",
        "8, figure 1",
        "The autoencoder reconstructs the rough shape of an image it has not seen.",
        None,
        measured,
        "supported if every network recovers a larger share of the held-out pixels than "
        "the best constant and than the majority of the neighbours, each by more than "
        f"{errors} standard errors; else refuted",
        _supported(better),
        "Shares of pixels, with standard errors over held-out images.",
    )


def ae_local_weights(networks):
    """Judge whether the weights concentrate on local areas.

    Parameters
    ----------
    networks : dict of str to object
        Results of `locality.locality` (attributes `spreads`, `null`, `p_value`), by
        the network's name.
    """
    level = 0.01
    measured = {}
    for name, found in networks.items():
        measured[name] = {
            "spread": _mean_and_error(found.spreads),
            "spread under permutation": {
                "value": float(np.mean(found.null)),
                "interval": _interval(found.null),
            },
            "p_value": float(found.p_value),
        }
    return _entry(
        "ae-local-weights",
        "8, figure 2",
        "The weights of the hidden neurons concentrate on local areas of the image.",
        None,
        measured,
        "supported if for every network the mean spread of the receptive fields is "
        f"smaller than under permutation of the pixels with p < {level}; else refuted",
        _supported(all(found.p_value < level for found in networks.values())),
        "Spread in lattice spacings: the root mean square distance from the centroid, "
        "weighted by the squared weights; its standard error is over neurons. The null "
        "keeps the weights and moves the pixels.",
    )


def ising_adjacency(recoveries):
    """Judge whether averaging Ising samples recovers the lattice.

    Parameters
    ----------
    recoveries : dict of str to object
        Results of `recovery.recovery` (attributes `sizes`, `precision`, `error`,
        `off_lattice`), for `half` and `standard`.
    """
    least = 0.99
    final = {bonds: float(recoveries[bonds].precision[-1]) for bonds in _BONDS}
    off = {bonds: float(recoveries[bonds].off_lattice[-1]) for bonds in _BONDS}
    measured = {
        bonds: {
            f"{size} samples": {"value": value, "standard_error": _finite(error)}
            for size, value, error in zip(
                found.sizes.tolist(),
                found.precision.tolist(),
                found.error.tolist(),
                strict=True,
            )
        }
        | {"weight off the lattice": off[bonds]}
        for bonds, found in recoveries.items()
    }
    return _entry(
        "ising-adjacency",
        "11, figure 3",
        "The matrix of pair weights averaged over Ising samples tends to the adjacency "
        "matrix of the lattice.",
        None,
        measured,
        "supported if the area under the precision-recall curve for the lattice's edges "
        f"is at least {least} at the largest number of samples, under at least one way "
        "of counting bonds; else refuted",
        _supported(max(final.values()) >= least),
        "In rank only: the edges become the heaviest pairs, but the other weights do "
        f"not vanish; {_percent(off['half'])} (half) and {_percent(off['standard'])} "
        "(standard) of the weight join sites that are no neighbours.",
    )


def stationary_mean(found):
    """Judge whether the stationary distribution looks like the mean image.

    Parameters
    ----------
    found : object
        With `first`, shape (3,), and `choices`, shape (choices, 3), of
        `likeness.likeness`.
    """
    least = 0.95
    names = ("stationary distribution", "row sums", "stationary given row sums")
    low, high = np.percentile(found.choices, [2.5, 97.5], axis=0)
    measured = {
        name: {"value": float(value), "interval": [float(a), float(b)]}
        for name, value, a, b in zip(names, found.first, low, high, strict=True)
    }
    share = (found.choices[:, 1] / found.choices[:, 0]) ** 2
    measured["share explained by the row sums"] = {
        "value": float((found.first[1] / found.first[0]) ** 2),
        "interval": _interval(share),
    }
    return _entry(
        "stationary-mean",
        "11, figure 4",
        "The stationary distribution of the walk looks like the mean of the images.",
        None,
        measured,
        "supported if the 95 % interval of the correlation with the mean image, over "
        f"random choices of images, lies above {least}; else refuted",
        _supported(low[0] > least),
        "For symmetric weights and no jumps the stationary distribution is the row sums "
        "exactly, so little is left for the walk to explain. The share is the ratio of "
        "the two squared correlations.",
    )


def edge_fractions(found):
    """Judge the shares of the pairs that stay under the cuts of figure 5.

    Parameters
    ----------
    found : object
        With `first`, shape (kinds, cuts), and `choices`, shape (choices, kinds, cuts),
        of `fractions.kept_percent`.
    """
    paper = np.array(PAPER_PERCENT)
    low, high = np.percentile(found.choices, [2.5, 97.5], axis=0)
    covers = np.all((low <= paper) & (paper <= high), axis=1)
    with np.errstate(divide="ignore"):  # a share of 0 is infinitely far off
        off = np.abs(np.log(found.first / paper)).max(axis=1)
    kinds = list(fractions.KINDS)
    measured = {
        kind: {
            cut: {"value": float(v), "interval": [float(a), float(b)]}
            for cut, v, a, b in zip(fractions.CUTS, *rows, strict=True)
        }
        for kind, *rows in zip(kinds, found.first, low, high, strict=True)
    }
    names = [kind for kind, all_three in zip(kinds, covers, strict=True) if all_three]
    nearest = int(np.argmin(off))
    return _entry(
        "edge-fractions",
        "11, figure 5",
        "Of the pairs of pixels, 30.01 % have any weight, 4.74 % at least 10 % of the "
        "largest and 0.46 % at least 35 %.",
        list(PAPER_PERCENT),
        measured,
        "reproduced if, for some kind of weight, the 95 % intervals over random choices "
        "of images cover all three numbers",
        _reproduced(bool(names)),
        f"Nearest for the first images: {kinds[nearest]}, off by at most a factor "
        f"{np.exp(off[nearest]):.2f}. Covering all three: {', '.join(names) or 'none'}. "
        f"In percent of all entries; {len(found.choices)} random choices.",
    )


def sparse_still_five(found, label):
    """Judge whether the sparse graphs still show their digit.

    Parameters
    ----------
    found : object
        With `cuts`, `active`, shape (cuts,), `probabilities`, shape (cuts, 10),
        `mean_probabilities`, `accuracy` and `tested`, of `reading`.
    label : int
        The digit that the images show.
    """
    error = np.sqrt(found.accuracy * (1 - found.accuracy) / found.tested)
    measured = {
        cut: {
            "active fraction": float(active),
            "read as": int(np.argmax(votes)),
            f"share of votes for {label}": float(votes[label]),
        }
        for cut, active, votes in zip(
            found.cuts, found.active, found.probabilities, strict=True
        )
    }
    measured["mean image"] = {"read as": int(np.argmax(found.mean_probabilities))}
    measured["test accuracy"] = {
        "value": float(found.accuracy),
        "standard_error": float(error),
    }
    return _entry(
        "sparse-still-five",
        "11, figure 5",
        "With one in 200 of the possible edges the stationary distribution still shows "
        "the digit.",
        None,
        measured,
        "supported if a classifier trained on single digits reads the digit in the "
        "stationary distribution of every cut; else refuted",
        _supported(bool(np.all(found.probabilities.argmax(axis=1) == label))),
        "Nearest neighbours among principal components; brightness divided out.",
    )


def step_invariance(found, label):
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
        for distance, moved in zip(steps.DISTANCES, found.moved, strict=True)
    }
    for name, chosen in (("this digit", same), ("other digits", ~same)):
        measured[f"images of {name}"] = _mean_and_error(found.image_moved[chosen])
    measured["rank correlation over images"] = rank
    return _entry(
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
        _supported(bool(np.all(largest <= 2 * found.nearness)) and rank > chance),
        "Distances in total variation, 0 to 1. Real images are single test images: "
        "they stand far from the stationary distribution.",
    )


def not_measured(entry, dataset):
    """Turn an entry into one that says that its data could not be had."""
    return entry | {
        "measured": {},
        "verdict": "not measured",
        "note": f"The claim is about MNIST, but this run used {dataset}.",
    }


def _entry(name, section, statement, paper, measured, criterion, verdict, note):
    return {
        "id": name,
        "section": section,
        "statement": statement,
        "paper": paper,
        "measured": measured,
        "criterion": criterion,
        "verdict": verdict,
        "note": note,
    }


def _reproduced(holds):
    return "reproduced" if holds else "not reproduced"


def _supported(holds):
    return "supported" if holds else "refuted"


def _mean_and_error(values):
    error = float(stats.sem(values)) if len(values) > 1 else None
    return {"value": float(np.mean(values)), "standard_error": error, "n": len(values)}


def _interval(values):
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def _finite(value):
    return value if np.isfinite(value) else None


def _percent(share):
    return f"{100 * share:.1f} %"
