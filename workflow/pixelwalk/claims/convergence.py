"""Whether Toeplitz matrices converge as they grow (section 9)."""

import numpy as np

from pixelwalk import ledger

# A product that is nearer than this may be a Toeplitz matrix but for rounding.
_APART = 1e-6

# Exponents that are expected: the Frobenius norm of corners of fixed size over that of
# the matrix, and a bounded sum over n. At least this share of them is asked for: room
# for corrections at small n, but none for distances that level off.
_ROOT, _MEAN, _SHARE = -0.5, -1, 0.8


def judge_product(found):
    """Judge whether products of Toeplitz matrices tend to Toeplitz matrices.

    Parameters
    ----------
    found : object
        Results of `limits.limits` and `limits.special`, with `sizes`, shape (sizes,).

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    fitted = {
        f"exponent of the distance from {what}": _power(found, name)
        for what, name in (
            ("T_n(f g)", "product_limit"),
            ("the nearest Toeplitz matrix", "product_nearest"),
        )
    }
    measured = fitted | {
        **_ends("distance from T_n(f g)", found.sizes, found.product_limit),
        **_ends("the same in the operator norm", found.sizes, found.product_operator),
        "least distance from the nearest Toeplitz matrix": float(
            found.product_nearest.min()
        ),
        "largest distance, both lower triangular": float(
            found.product_triangular.max()
        ),
        **_special("T_n(f g)", found, found.special_exponents[0]),
    }
    never = bool(np.all(found.product_nearest > _APART))
    falls = all(fit["interval"][1] < _ROOT * _SHARE for fit in fitted.values())
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
        "its power of n, and that of the distance from T_n(f g), lie below "
        f"{_ROOT * _SHARE:g} for the central 95 % of filters ({_ROOT} is expected); "
        "else refuted",
        ledger.supported(never and falls),
        "Per dimension only: the product differs from T_n(f g) in two corners of fixed "
        "size, so the distance falls like the root of 1 / n, while in the operator "
        f"norm it does not converge: {_stays(found.sizes, found.product_operator)}. "
        "The paper does not name a norm. If both factors are lower triangular (or both "
        "upper), the product is Toeplitz at any n. Properly defined means coefficients "
        "that fall fast enough: with those of a filter with a jump, 1 / k, the corners "
        "grow and the distance falls more slowly.",
    )


def judge_circulant(found):
    """Judge whether Toeplitz matrices tend to circulant matrices.

    Parameters
    ----------
    found : object
        Results of `limits.limits` and `limits.special`, with `sizes`, shape (sizes,).

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    fitted = {
        f"exponent of the {what}": _power(found, name)
        for what, name in (
            ("distance from C_n(f)", "circulant_limit"),
            ("distance from the nearest circulant matrix", "circulant_nearest"),
            ("difference of eigenvalues and symbol", "eigenvalues_apart"),
        )
    }
    expected = zip(fitted.values(), (_ROOT, _ROOT, _MEAN), strict=True)
    falls = all(fit["interval"][1] < power * _SHARE for fit, power in expected)
    measured = fitted | {
        **_ends("distance from C_n(f)", found.sizes, found.circulant_limit),
        **_ends("the same in the operator norm", found.sizes, found.circulant_operator),
        **_ends(
            "difference of eigenvalues and symbol", found.sizes, found.eigenvalues_apart
        ),
        **_special("C_n(f)", found, found.special_exponents[1]),
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
        "and from the nearest circulant matrix fall with a power of n below "
        f"{_ROOT * _SHARE:g} ({_ROOT} is expected), and the mean difference of the "
        "ordered eigenvalues of Hermitian ones from those of their symbols, in order, "
        f"with one below {_MEAN * _SHARE:g} ({_MEAN} is expected); else refuted",
        ledger.supported(falls),
        "Per dimension only: the two differ in two corners, which a circular filter "
        "joins, and in the operator norm they do not converge: "
        f"{_stays(found.sizes, found.circulant_operator)}. The paper does not name a "
        "norm. The eigenvalues "
        "are distributed as the values of the symbol in the limit (Szego); for a "
        "filter the sum of their differences is bounded at any n, so the mean falls "
        "like 1 / n.",
    )


def _power(found, name):
    """Exponents of one distance, over the draws."""
    values = found.exponents[found.fitted.index(name)]
    return ledger.mean_and_error(values) | {"interval": ledger.interval(values)}


def _ends(what, sizes, distances):
    """Mean at the smallest and the largest size."""
    return {
        f"{what}, n = {sizes[place]}": ledger.mean_and_error(distances[:, place])
        for place in (0, -1)
    }


def _stays(sizes, distances):
    """Say what the distance is on average at the smallest and the largest size."""
    first, last = distances[:, [0, -1]].mean(axis=0)
    return (
        f"there the distance is {first:.3g} of the largest value of the symbol at "
        f"n = {sizes[0]}, and {last:.3g} at n = {sizes[-1]}"
    )


def _special(what, found, powers):
    return {
        f"exponent of the distance from {what}, {name} symbol": float(power)
        for name, power in zip(found.special, powers, strict=True)
    }
