"""Judge the claims of section 10 on linear networks."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.linear import deep_claims, kinds, law_claims, map_claims, minimisers

import numpy as np

# Relative difference up to which quantities count as equal that are equal in exact
# arithmetic.
_EXACT = 1e-8

# The formula of the paper may differ from the map by so many roundings; and where their
# effect is larger than the second number it cannot be compared.
_ROUNDINGS, _SOLVABLE = 100.0, 0.01


def judge_linear(optima, trainings):
    """Judge all claims of the study.

    Parameters
    ----------
    optima : list of kinds.Optimum
    trainings : list of kinds.Training
        Of the same entries of the configuration, with `attributes["settings"]`.

    Returns
    -------
    list of Claim
        In the order of the paper.
    """
    return [
        judge_optimum(optima, trainings),
        judge_formula(optima),
        deep_claims.judge_product(trainings),
        deep_claims.judge_layers(trainings),
        judge_factors(optima),
        law_claims.judge_shifts(optima),
        map_claims.judge_stochastic(optima, trainings),
    ]


def _name(content):
    """Name of the entry of the configuration that a file belongs to."""
    return content.attributes["settings"]["name"]


def judge_optimum(optima, trainings):
    """Judge whether the least-squares map is unique and circulant."""
    measured, holds = {}, []
    for best, trained in zip(optima, trainings, strict=True):
        along = float(trained.distances[0].max())
        measured[_name(best)] = _of_minimisers(best) | _of_optimum(best, trained, along)
        exact = (best.dense_distance, along, best.agreement, trained.deviation.max())
        holds += [bool(max(exact) <= _EXACT), _unique(best), best.lacking == 0]
    lacking = sum(int(best.lacking) for best in optima)
    searched = sum(int(best.searched) for best in optima)
    kept = max(float(trained.limit[-1]) for trained in trainings)
    return ledger.claim(
        "linear-optimum-circulant",
        "10",
        "Trained on all shifts of an image, to give the same shifts of another, the "
        "dense linear layer of least loss is unique, and circulant: a convolution.",
        None,
        measured,
        f"supported if in every entry the {minimisers.STARTS} minimisers that are "
        f"nearest to random weights differ from that of least norm by at most "
        f"{_EXACT:g} of its norm and none of the first images of the entry (up to "
        f"{minimisers.SEARCHED}), nor its input less its mean, lacks a Fourier "
        "coefficient as input; if the map by dense least squares, and that of gradient "
        f"descent from zero after every step, lie within {_EXACT:g} of the nearest "
        "circulant matrix (block-circulant for shifts in the plane); and if the map by "
        f"FFT lies within {_EXACT:g} of the dense one, and every trained one within "
        f"{_EXACT:g} of its closed form, all relative; refuted if not, or undecided if "
        "minimisers differ by more for an input without a zero coefficient, which is "
        "rounding",
        ledger.supported(ledger.every(holds)),
        f"{lacking} of {searched} inputs that were searched lack a frequency: they "
        "have infinitely many minimisers, of which that of least norm is circulant. "
        "Trained from random weights on a band-limited input, maps stay up to "
        f"{kept:.2g} from circulant.",
        nature="theorem",
        evidence=[*optima, *trainings],
        figures=["figure7"],
    )


def _unique(best):
    """Decide whether all minimisers of an entry are the same."""
    if best.seen < np.size(best.spectrum):
        return False
    return True if best.spread <= _EXACT else None


def _of_minimisers(best):
    return {
        "minimisers differ by at most": float(best.spread),
        "their distance from circulant, largest": float(best.spread_distance),
        "images searched": int(best.searched),
        "of which lack a frequency": int(best.lacking),
        "minimisers for the first of these differ by at most": float(
            best.lacking_spread
        ),
        "their distance from circulant": float(best.lacking_distance),
    }


def _of_optimum(best, trained, along):
    """Give the numbers of one entry."""
    _, random, band = range(len(trained.runs))
    return {
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


def judge_formula(optima):
    """Judge whether the paper's formula gives the least-squares map."""
    measured, holds = {}, []
    for best in optima:
        rows = measured[_name(best)] = {}
        columns = (best.formula_shifts, best.formula_condition, best.formula_errors)
        for count, condition, error in zip(*columns, strict=True):
            # Rounding in Z^T Z alone changes its solutions by this much.
            rounding = _ROUNDINGS * np.finfo(float).eps * condition**2
            rows[f"{int(count)} shifts"] = {
                "differs from the map of least norm by": float(error),
                "condition number of Z": float(condition),
                "rounding, at most": float(rounding),
            }
            if rounding <= _SOLVABLE:
                holds.append(bool(error <= rounding))
    claim = ledger.claim(
        "least-squares-formula",
        "10",
        "The W that minimises ||Y - W Z||, in the Frobenius norm, is "
        "Y (Z^T Z)^-1 Z^T. (Judged where this is defined: for images that are linearly "
        "independent.)",
        None,
        measured,
        "supported if for half of the shifts of every entry, and for all, the formula "
        "differs from the map of least norm (by singular values) relatively by no more "
        f"than rounding, {_ROUNDINGS:g} times the spacing of numbers times the squared "
        "condition number of Z; else refuted. Where that rounding is above "
        f"{_SOLVABLE:g}, and where Z^T Z has no inverse, nothing is judged",
        ledger.supported(all(holds)),
        "Of fewer images than pixels there are other minimisers; this is the one of "
        "least norm. Of more images than pixels Z^T Z has no inverse, and the "
        "minimiser is Y Z^T (Z Z^T)^-1 if that one has.",
        nature="theorem",
        evidence=optima,
    )
    if holds:
        return claim
    reason = "In no entry does Z^T Z have an inverse that can be computed."
    return ledger.not_measured(claim, reason)


def judge_factors(optima):
    """Judge whether the map is a product of real circulant matrices."""
    measured, holds = {}, []
    for best in optima:
        rows = measured[_name(best)] = {}
        for i, count in enumerate(best.layers):
            rows[f"{count} factors"] = {
                "product differs from the map by": float(best.factor_errors[i]),
                "distance of a factor from circulant, largest": float(
                    best.factor_distances[i]
                ),
                "imaginary part of the factors": float(best.imaginary[i]),
                "imaginary part of plain roots": float(best.root_imaginary[i]),
            }
        largest = (best.factor_errors, best.factor_distances, best.imaginary)
        holds.append(np.max(largest) <= _EXACT)
    return ledger.claim(
        "circulant-factorisation",
        "10",
        "The best linear map is a product of as many circulant matrices as the network "
        "has layers.",
        None,
        measured,
        "supported if in every entry and for every number of factors their product is "
        "the map, every factor is circulant, and none has an imaginary part, each to "
        f"{_EXACT:g}, relative; else refuted",
        ledger.supported(all(holds)),
        "Each factor takes a root of the size of every Fourier coefficient, and the "
        "first the whole phase. Plain roots are not real where a frequency that is its "
        "own opposite has a negative coefficient.",
        nature="theorem",
        evidence=optima,
    )


if __name__ == "__main__":
    with stages.logged(snakemake):
        optima = [storage.read(p, kinds.Optimum) for p in snakemake.input.optima]
        trainings = [storage.read(p, kinds.Training) for p in snakemake.input.trainings]
        claims = judge_linear(optima, trainings)
        ledger.save(snakemake.output.claims, "linear", claims)
