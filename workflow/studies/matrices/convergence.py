"""Judge whether Toeplitz matrices converge as they grow (section 9)."""

from pixelwalk import ledger

import numpy as np

# A product that is nearer than this may be a Toeplitz matrix but for rounding.
_APART = 1e-6

# Expected exponents: the Frobenius norm of corners of fixed size over that of the
# matrix, and a bounded sum over n. The criterion asks for this share of them, which
# leaves room for corrections at small n, but none for distances that level off.
_ROOT, _MEAN, _SHARE = -0.5, -1, 0.8

_AT_INFINITY = "at infinite n"
_UNDECIDED = (
    "or undecided if their interval includes a threshold, which goes, for each filter, "
    "from the power between the last two n to that extrapolated from the last three"
)


def judge_toeplitz_product(matrices):
    """Judge whether products of Toeplitz matrices tend to Toeplitz matrices."""
    fitted = {
        f"exponent of the distance from {what}": _power(matrices, name)
        for what, name in (
            ("T_n(f g)", "product_limit"),
            ("the nearest Toeplitz matrix", "product_nearest"),
        )
    }
    sizes = matrices.sizes
    measured = fitted | {
        **_ends("distance from T_n(f g)", sizes, matrices.product_limit),
        **_ends("the same in the operator norm", sizes, matrices.product_operator),
        "least distance from the nearest Toeplitz matrix": float(
            matrices.product_nearest.min()
        ),
        "largest distance, both lower triangular": float(
            matrices.product_triangular.max()
        ),
        **_special("T_n(f g)", matrices, matrices.special_exponents[0]),
    }
    never = bool(np.all(matrices.product_nearest > _APART))
    falls = [ledger.below(fit["interval"], _ROOT * _SHARE) for fit in _limits(fitted)]
    return ledger.claim(
        "toeplitz-product",
        "9",
        "The product of n x n Toeplitz matrices is not Toeplitz, but per dimension (in "
        "the weak norm) it converges to a Toeplitz matrix as n grows, if they are "
        "properly defined.",
        None,
        measured,
        f"supported if for random filters the relative distance (Frobenius) of the "
        f"product from the nearest Toeplitz matrix exceeds {_APART:g} at every n, and "
        "its power of n, and that of the distance from T_n(f g), at infinite n, lie "
        f"below {_ROOT * _SHARE:g} ({_ROOT} is expected) for the central 95 % of "
        f"filters; else refuted, {_UNDECIDED}",
        ledger.supported(ledger.every([never, *falls])),
        "The paper does not name a norm; the criterion takes the weak one. In the "
        f"operator norm {_stays(sizes, matrices.product_operator)}.",
        nature="theorem",
        evidence=[matrices],
        figures=["figure6"],
    )


def judge_toeplitz_limit(matrices):
    """Judge whether Toeplitz matrices tend to circulant matrices."""
    fitted = {
        f"exponent of the {what}": _power(matrices, name)
        for what, name in (
            ("distance from C_n(f)", "circulant_limit"),
            ("distance from the nearest circulant matrix", "circulant_nearest"),
            ("difference of eigenvalues and symbol", "eigenvalues_apart"),
        )
    }
    expected = zip(_limits(fitted), (_ROOT, _ROOT, _MEAN), strict=True)
    falls = [ledger.below(fit["interval"], power * _SHARE) for fit, power in expected]
    sizes = matrices.sizes
    measured = fitted | {
        **_ends("distance from C_n(f)", sizes, matrices.circulant_limit),
        **_ends("the same in the operator norm", sizes, matrices.circulant_operator),
        **_ends(
            "difference of eigenvalues and symbol", sizes, matrices.eigenvalues_apart
        ),
        **_special("C_n(f)", matrices, matrices.special_exponents[1]),
    }
    return ledger.claim(
        "toeplitz-to-circulant",
        "9",
        "Properly defined Toeplitz matrices converge to circulant matrices per "
        "dimension (in the weak norm) as n grows.",
        None,
        measured,
        "supported if for the central 95 % of random filters the relative distance "
        "(Frobenius) of T_n(f) from C_n(f), which has the eigenvalues f(2 pi j / n), "
        "and from the nearest circulant matrix fall with a power of n, at infinite n, "
        "below "
        f"{_ROOT * _SHARE:g} ({_ROOT} is expected), and the mean difference of the "
        "ordered eigenvalues of Hermitian ones from those of their symbols, in order, "
        f"with one below {_MEAN * _SHARE:g} ({_MEAN} is expected); else refuted, "
        f"{_UNDECIDED}",
        ledger.supported(ledger.every(falls)),
        "The paper does not name a norm; the criterion takes the weak one. In the "
        f"operator norm {_stays(sizes, matrices.circulant_operator)}.",
        nature="theorem",
        evidence=[matrices],
        figures=["figure6"],
    )


def _power(matrices, name):
    """Exponents of one distance over the draws, over all sizes and at infinite n.

    The interval of the latter covers the central 95 % of filters, each with its bias in
    n: from the exponent between the last two sizes to the extrapolated one.
    """
    place = matrices.fitted.index(name)
    limit, local = matrices.limit_exponents[place], matrices.local_exponents[place]
    low = ledger.interval(np.minimum(limit, local))[0]
    high = ledger.interval(np.maximum(limit, local))[1]
    return {
        "over all n": ledger.mean_and_error(matrices.exponents[place]),
        "between the last two n": ledger.mean_and_error(local),
        _AT_INFINITY: ledger.mean_and_error(limit) | {"interval": [low, high]},
    }


def _limits(fitted):
    return [fit[_AT_INFINITY] for fit in fitted.values()]


def _ends(what, sizes, distances):
    """Mean at the smallest and the largest size."""
    return {
        f"{what}, n = {sizes[place]}": ledger.mean_and_error(distances[:, place])
        for place in (0, -1)
    }


def _stays(sizes, distances):
    """Say what the mean distance is at the smallest and the largest size."""
    first, last = distances[:, [0, -1]].mean(axis=0)
    return (
        f"the distance is {first:.3g} of the largest value of the symbol at "
        f"n = {sizes[0]}, and {last:.3g} at n = {sizes[-1]}"
    )


def _special(what, matrices, powers):
    return {
        f"exponent of the distance from {what}, {name} symbol": float(power)
        for name, power in zip(matrices.special, powers, strict=True)
    }
