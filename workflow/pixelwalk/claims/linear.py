"""When the best dense linear network is a convolution (section 10)."""

import numpy as np

from pixelwalk import ledger
from pixelwalk.claims import needed

#: To this, relative, what is equal in exact arithmetic must agree.
EXACT = 1e-8

# Of deep networks: the loss above the least one, relative to that of weights of zero,
# up to which one has converged; the distance that then counts as circulant; and how far
# a layer must stay, of the distance at which random matrices lie.
_CONVERGED, _NEAR, _FAR = 1e-6, 0.01, 0.9


def judge(optima, trainings):
    """Judge the claims on linear networks.

    Parameters
    ----------
    optima, trainings : list of object
        Datasets of kinds `linear-optimum` and `linear-training`, of the same entries of
        the configuration, with `attributes["settings"]`.

    Returns
    -------
    list of dict
        Entries of the ledger, without `evidence`.
    """
    return [
        judge_optimum(optima, trainings),
        judge_deep(trainings),
        judge_factors(optima),
        needed.judge(optima),
    ]


def _name(found):
    return found.attributes["settings"]["name"]


def judge_optimum(optima, trainings):
    """Judge whether the least-squares map is circulant, however it is found."""
    measured, holds = {}, []
    for best, trained in zip(optima, trainings, strict=True):
        zero, random, band = range(len(trained.runs))
        along = float(trained.distances[zero].max())
        measured[_name(best)] = {
            "distance from circulant, dense least squares": best.dense_distance,
            "distance from circulant, gradient descent from zero, largest": along,
            "FFT and dense least squares differ by": best.agreement,
            "condition number, zeros aside": best.condition,
            "frequencies": int(np.size(best.spectrum)),
            "of which the input has": best.seen,
            "error of the map, of the targets": best.residual,
            "distance after training from random weights": float(
                trained.distances[random, -1]
            ),
            "steps of training": int(trained.marks[-1]),
            "steps for a distance of 1 %": float(trained.needed[random]),
            "distance after infinitely many steps": float(trained.limit[random]),
            "the same, band-limited input": float(trained.limit[band]),
            "of the start, forgotten at the missing frequencies": trained.forgotten,
            "training differs from the closed form by": float(trained.deviation.max()),
            "taps with 90 % of the filter's squared weight": float(best.taps),
            "root mean square radius of the filter": float(best.radius),
            "the same, its weights permuted": float(best.permuted_radius),
            "the same, equal weights": float(best.uniform_radius),
        }
        exact = (best.dense_distance, along, best.agreement, trained.deviation.max())
        holds.append(max(exact) <= EXACT)
    zeros = [_name(best) for best in optima if best.seen < np.size(best.spectrum)]
    singular = (
        f"The inputs of {', '.join(zeros)} lack a frequency themselves, so their "
        "matrices of all shifts, circulant, are singular. "
        if zeros
        else ""
    )
    kept = max(float(trained.limit[-1]) for trained in trainings)
    return ledger.claim(
        "linear-optimum-circulant",
        "10",
        "Trained on all shifts of an image, to give the same shifts of another, the "
        "best dense linear layer is circulant: a convolution.",
        None,
        measured,
        "supported if in every entry the map by dense least squares, and that of "
        "gradient descent from zero after every step, lie within 1e-8 of the nearest "
        "circulant matrix (block-circulant for shifts in the plane), the map by FFT "
        "within 1e-8 of the dense one, and every trained one within 1e-8 of its closed "
        "form, all relative; else refuted",
        ledger.supported(all(holds)),
        "The map of least norm is circulant for any input. It is unique, as the paper "
        "says, only if the input's spectrum has no zero: along a missing frequency "
        "gradient descent keeps what it started with, for ever; from random weights "
        f"on a band-limited input a distance of up to {kept:.2g} stays. {singular}"
        "Where the spectrum is small, it is forgotten in about 1 / |z_k|^2 steps. And "
        "circulant is not local: the filter is as large as the image.",
    )


def judge_deep(trainings):
    """Judge whether the product of layers becomes circulant, and the layers do not."""
    measured, falls, ends, layers, short = {}, [], [], [], []
    for found in trainings:
        measured[_name(found)] = {
            f"{depth} layers": _of_depth(found, i)
            for i, depth in enumerate(found.depths)
        }
        # What is left of n x n random numbers by the projection onto n dimensions.
        far = _FAR * np.sqrt(1 - 1 / len(found.start))
        falls.extend(found.product_seen[:, -1] <= found.product_seen[:, 0] / 2)
        layers.extend(found.factors.min(axis=1) >= far)
        converged = found.excess[:, -1] <= _CONVERGED
        ends.extend(found.product_seen[converged, -1] <= _NEAR)
        if not converged.any():
            short.append(f"{_name(found)} (within {found.marks[-1]} steps)")
    stays = max(float(found.from_identity.max()) for found in trainings)
    entry = ledger.claim(
        "deep-linear-product-circulant",
        "10",
        "Of a deep linear network trained on all shifts, the product of the layers "
        "becomes circulant; the layers themselves do not.",
        None,
        measured,
        "supported if in every network the product's distance from the nearest "
        "circulant matrix falls at least to a half, in every one whose loss ends "
        "within 1e-6 (of the loss of weights of zero) of the least one it falls to 1 % "
        "or less, and no layer ever comes nearer than 90 % of the distance of a random "
        "matrix, sqrt(1 - 1 / n); else refuted. The product is taken on images made of "
        "the frequencies that the input has",
        ledger.supported(all(falls + ends + layers)),
        f"{len(ends)} of {len(falls)} networks come so near to the least loss"
        f"{_untested(short)}. The paper asks only for a product of circulant matrices; "
        "training from random weights finds another one of the same product. "
        "Identities are circulant, and from them gradient descent keeps every layer "
        f"so: in its first 30 steps no layer comes farther than {stays:.0e} from it.",
    )
    if not ends:
        steps = max(int(found.marks[-1]) for found in trainings)
        reason = f"No deep network came near the least loss within {steps} steps."
        return ledger.not_measured(entry, reason)
    return entry


def _of_depth(found, i):
    """Numbers of one network."""
    return {
        "distance of the product, at the start": float(found.product[i, 0]),
        "at the end": float(found.product[i, -1]),
        "at the end, on the input's frequencies": float(found.product_seen[i, -1]),
        "distance of the layer nearest to circulant": float(found.factors[i].min()),
        "loss above the least": float(found.excess[i, -1]),
        "distance of any layer, from identities, largest": float(
            found.from_identity[i]
        ),
    }


def _untested(names):
    """Name entries of which no network has converged."""
    if not names:
        return ""
    return (
        f"; of {', '.join(names)} none does, so that there the statement is not tested "
        "to its end"
    )


def judge_factors(optima):
    """Judge whether the map is a product of real circulant matrices."""
    measured, holds = {}, []
    for found in optima:
        rows = measured[_name(found)] = {}
        for i, count in enumerate(found.layers):
            rows[f"{count} factors"] = {
                "product differs from the map by": float(found.factor_errors[i]),
                "distance of a factor from circulant, largest": float(
                    found.factor_distances[i]
                ),
                "imaginary part of the factors": float(found.imaginary[i]),
                "imaginary part of plain roots": float(found.root_imaginary[i]),
            }
        largest = (found.factor_errors, found.factor_distances, found.imaginary)
        holds.append(np.max(largest) <= EXACT)
    return ledger.claim(
        "circulant-factorisation",
        "10",
        "The best linear map is a product of as many circulant matrices as the network "
        "has layers.",
        None,
        measured,
        "supported if in every entry and for every number of factors their product is "
        "the map, every factor is circulant, and none has an imaginary part, each to "
        "1e-8, relative; else refuted",
        ledger.supported(all(holds)),
        "Each factor takes a root of the size of every Fourier coefficient, and the "
        "first the whole phase. Plain roots will not do: where a frequency that is its "
        "own opposite has a negative coefficient, they are not real.",
    )
