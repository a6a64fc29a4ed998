"""Judge the claims on linear networks of several layers (section 10)."""

from pixelwalk import ledger
from studies.linear.deepen import CONVERGED

import numpy as np

# Distance up to which a product counts as circulant; and the least distance of a layer,
# as a share of that of random matrices.
_NEAR, _FAR = 0.01, 0.9

_ADAM = (
    "Trained with Adam, then by a second-order method with exact line search on the "
    "same input with Fourier coefficients of equal size."
)


def judge_product(trainings):
    """Judge whether the product of the layers becomes circulant.

    Parameters
    ----------
    trainings : list of kinds.Training

    Returns
    -------
    Claim
    """
    measured, null, decisions = {}, {}, []
    for trained in trainings:
        rows, control = {}, {}
        for i, depth in enumerate(trained.depths):
            rows[f"{depth} layers"] = _of_depth(trained, i)
            control[f"{depth} layers"] = {
                "distance of the product": float(trained.shuffled[i]),
                "gradient, of that at the start": float(trained.shuffled_gradient[i]),
            }
            reached, other = trained.product_seen_end[i], trained.shuffled[i]
            for converged, holds in (
                (trained.gradient_end[i] <= CONVERGED, reached <= _NEAR),
                (trained.shuffled_gradient[i] <= CONVERGED, reached < other),
            ):
                decisions.append(bool(holds) if converged else None)
        measured[_name(trained)], null[_name(trained)] = rows, control
    return ledger.claim(
        "deep-linear-product-circulant",
        "10",
        "Of a deep linear network trained on all shifts, the product of the layers "
        "becomes circulant: the optimum is a convolution.",
        None,
        measured,
        "supported if in every network, at the end, the product's distance from the "
        f"nearest circulant matrix is at most {_NEAR:.0%}, on images made of the "
        "frequencies that the input has, and smaller than for the same network trained "
        "with the shifts of the target in random order; else refuted. Undecided if the "
        "gradient of such a network, over all layers, has not fallen to "
        f"{CONVERGED:g} of its norm at the start",
        ledger.supported(ledger.every(decisions)),
        f"{_ADAM} {_converged(trainings)}",
        null=null,
        evidence=trainings,
        figures=["figure8"],
    )


def judge_layers(trainings):
    """Judge whether no single layer becomes circulant; see `judge_product`."""
    measured, null, decisions = {}, {}, []
    for trained in trainings:
        # What is left of n x n random numbers by the projection onto n dimensions.
        random = float(np.sqrt(1 - 1 / len(trained.start)))
        rows, control = {"distance of random matrices": random}, {}
        for i, depth in enumerate(trained.depths):
            along, end = float(trained.factors[i].min()), float(trained.factors_end[i])
            still = float(trained.from_identity[i])
            rows[f"{depth} layers"] = {
                "distance of the nearest layer, with Adam": along,
                "at the end": end,
            }
            control[f"{depth} layers, from identities: largest distance"] = still
            nearest = min(along, end)
            far = nearest >= _FAR * random and nearest > still
            converged = trained.gradient_end[i] <= CONVERGED
            decisions.append(far and (True if converged else None))
        measured[_name(trained)], null[_name(trained)] = rows, control
    return ledger.claim(
        "deep-linear-layers-not-circulant",
        "10",
        "Of a deep linear network trained on all shifts from random weights, no single "
        "layer becomes circulant.",
        None,
        measured,
        f"supported if in every network no layer ever comes nearer than {_FAR:.0%} of "
        "the distance of a random matrix, sqrt(1 - 1 / n), nor as near as the layers "
        "of networks that start from identities stay; else refuted. Undecided if the "
        "gradient of a network, over all layers, has not fallen to "
        f"{CONVERGED:g} of its norm at the start",
        ledger.supported(ledger.every(decisions)),
        f"{_ADAM} From identities, the distances are those of the first steps of "
        "gradient descent.",
        source="ours",
        null=null,
        evidence=trainings,
        figures=["figure8"],
    )


def _name(content):
    return content.attributes["settings"]["name"]


def _of_depth(trained, i):
    """Give the numbers of the product of one network."""
    return {
        "distance of the product, at the start": float(trained.product[i, 0]),
        "at the end": float(trained.product_end[i]),
        "at the end, on the input's frequencies": float(trained.product_seen_end[i]),
        "the same, after Adam": float(trained.product_seen[i, -1]),
        "loss above the least, after Adam": float(trained.excess[i, -1]),
        "gradient, of that at the start": float(trained.gradient_end[i]),
        "steps of second order": int(trained.second_order_steps[i]),
    }


def _converged(trainings):
    """Say how many networks have converged."""
    gradients = np.concatenate([trained.gradient_end for trained in trainings])
    count = int(np.sum(gradients <= CONVERGED))
    return f"{count} of {len(gradients)} networks have converged."
