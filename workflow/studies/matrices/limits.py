r"""Measure Toeplitz matrices as they grow.

A symbol ``f(x) = sum of c_k exp(i k x)`` stands for the Toeplitz matrices ``T_n(f)`` of
all sizes n, with c_k on the k-th diagonal. Distances are relative and in the Frobenius
norm; those in the weak norm, which is the Frobenius norm over the root of n, are the
same. See R. Gray, Toeplitz and Circulant Matrices: A Review (2006).
"""

from pixelwalk.matrices import circulant, convolution, nearest

import numpy as np
import scipy

#: Symbols that are no random filters: smooth, and with a jump.
SPECIAL = ("decaying", "jump")

_MEASURED = (
    *("product_nearest", "product_limit", "product_operator", "product_triangular"),
    *("circulant_nearest", "circulant_limit", "circulant_operator"),
    "eigenvalues_apart",
)

#: Distances whose power of n is fitted.
FITTED = (
    *("product_limit", "product_nearest", "circulant_limit", "circulant_nearest"),
    "eigenvalues_apart",
)

# Ratios of the decaying coefficients, and the order from which on they are rounding.
_RATIOS, _REACH = (0.7, 0.5), 105

# Entries below this share of the largest one count as rounding.
_ROUNDING = 1e-12


def limits(first, second, sizes):
    r"""Measure products of banded Toeplitz matrices, and circulant ones near them.

    Parameters
    ----------
    first, second : ndarray of float, shape (draws, 2 b + 1)
        Coefficients -b to b of symbols f and g; the i-th f meets the i-th g.
    sizes : sequence of int
        n, ascending.

    Returns
    -------
    dict
        Each, but for the last four, an ndarray of shape (draws, sizes).
        `product_nearest`, `product_limit`: distance of ``T_n(f) T_n(g)`` from the
        nearest Toeplitz matrix, and from ``T_n(f g)``; `product_operator`: the latter
        in the operator norm, over the largest \|f g\|; `product_triangular`: the same
        as `product_limit` for what f and g have below and on the diagonal.
        `circulant_nearest`, `circulant_limit`: distance of ``T_n(f)`` from the nearest
        circulant matrix, and from the one with the eigenvalues ``f(2 pi j / n)``;
        `circulant_operator`: the latter in the operator norm, over the largest \|f\|.
        `eigenvalues_apart`: mean difference of the eigenvalues of ``T_n(h)`` from
        ``h(2 pi j / n)``, both in order, over the root mean square of h, for
        ``h = f g + (f g)*``. `fitted`: names of distances; `exponents`, shape
        (fitted, draws): their powers of n. `local_exponents` and
        `limit_exponents`, of the same shape: as `extrapolated` gives them.
    """
    distances = {name: np.empty((len(first), len(sizes))) for name in _MEASURED}
    for draw, (f, g) in enumerate(zip(first, second, strict=True)):
        for place, size in enumerate(sizes):
            values = *_products(f, g, size), *_circulants(f, size)
            values = *values, _eigenvalues_apart(_hermitian(f, g), size)
            for name, value in zip(_MEASURED, values, strict=True):
                distances[name][draw, place] = value
    powers = np.array([exponents(sizes, distances[name]) for name in FITTED])
    local, limit = np.moveaxis(
        [extrapolated(sizes, distances[name]) for name in FITTED], 1, 0
    )
    return distances | {
        "fitted": FITTED,
        "exponents": powers,
        "local_exponents": local,
        "limit_exponents": limit,
    }


def special(sizes):
    """Measure the same for two symbols that are no filters.

    One decays, ``c_k = 0.7^|k|`` (times another, of ratio 0.5); the other jumps: the
    ideal low-pass filter, 1 up to a quarter of the sampling frequency and else 0, whose
    coefficients fall like 1 / k and are not summable.

    Parameters
    ----------
    sizes : sequence of int
        n, ascending.

    Returns
    -------
    dict
        `special`: their names. `special_product`, `special_circulant`, shape
        (2, sizes): as `product_limit` and `circulant_limit`. `special_exponents`, shape
        (2, 2): powers of n, of the one and the other.
    """
    f, g = (ratio ** np.abs(np.arange(-_REACH, _REACH + 1)) for ratio in _RATIOS)
    smooth = [(_products(f, g, n)[1], _circulants(f, n)[1]) for n in sizes]
    jump = [_jump(size) for size in sizes]
    distances = np.moveaxis([smooth, jump], -1, 0)
    return {
        "special": SPECIAL,
        "special_product": distances[0],
        "special_circulant": distances[1],
        "special_exponents": exponents(sizes, distances),
    }


def spectrum(f, g, sizes):
    """Compute eigenvalues of a Hermitian Toeplitz matrix, and values of its symbol.

    Parameters
    ----------
    f, g : ndarray of float, shape (2 b + 1,)
        Coefficients; the symbol is ``h = f g + (f g)*``.
    sizes : sequence of int

    Returns
    -------
    dict of ndarray
        `eigenvalues`, shape (n,), of the smallest size; `values`, shape (n,), of the
        symbol at as many points as the largest; both in order.
    """
    hermitian = _hermitian(f, g)
    return {
        "eigenvalues": _eigenvalues(hermitian, sizes[0]),
        "values": _values(hermitian, sizes[-1]),
    }


def exponents(sizes, distances):
    """Fit powers of n to distances: slopes of their logarithms, by least squares.

    Parameters
    ----------
    sizes : sequence of int, shape (sizes,)
    distances : ndarray of float, shape (..., sizes)

    Returns
    -------
    ndarray of float, shape (...)
        Not finite where a distance is zero.
    """
    logs = np.log(sizes) - np.mean(np.log(sizes))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(distances) @ logs / (logs @ logs)


def extrapolated(sizes, distances):
    """Extrapolate powers of n to infinite n.

    Between successive sizes a distance ``c n^p (1 + a / n)`` has the power
    ``p + a x``, with x the change of 1 / n over that of log n; the line through those
    of the last three sizes gives p.

    Parameters
    ----------
    sizes, distances
        As in `exponents`; three sizes or more.

    Returns
    -------
    local, limit : ndarray of float, shape (...)
        Power between the last two sizes, and p. Not finite where a distance is zero.
    """
    sizes = np.asarray(sizes, float)
    steps = np.diff(np.log(sizes))
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.diff(np.log(distances), axis=-1) / steps
    before, last = (np.diff(1 / sizes) / steps)[-2:]
    slope = (powers[..., -1] - powers[..., -2]) / (last - before)
    return powers[..., -1], powers[..., -1] - slope * last


def _toeplitz(symbol, size, padding="same"):
    return convolution.matrix(symbol, (size,), padding)


def _products(f, g, size):
    product, limit = _product(f, g, size)
    lower = np.arange(len(f)) <= len(f) // 2
    peak = np.max(np.abs(_at(f, 4096) * _at(g, 4096)))
    return (
        nearest.line_distance(product),
        _apart(product, limit),
        _operator_norm(product - limit) / peak,
        _apart(*_product(f * lower, g * lower, size)),
    )


def _product(f, g, size):
    product = _toeplitz(f, size) @ _toeplitz(g, size)
    return product, _toeplitz(np.convolve(f, g), size)


def _circulants(f, size):
    matrix, near = _toeplitz(f, size), _toeplitz(f, size, "circular")
    return (
        nearest.line_distance(matrix, cyclic=True),
        _apart(near, matrix),
        _operator_norm(matrix - near) / np.max(np.abs(_at(f, 4096))),
    )


def _jump(size):
    k = np.arange(size)
    matrix = scipy.linalg.toeplitz(np.sinc(k / 2) / 2)
    ends = np.abs(np.minimum(k, size - k) * 4 - size)  # 0 at the jump, where it is 1/2
    passed = np.where(ends == 0, 0.5, np.minimum(k, size - k) * 4 < size)
    near = circulant.dense(scipy.fft.ifft(passed).real)
    # The square of this symbol is the symbol itself.
    return nearest.distance(matrix, matrix @ matrix), nearest.distance(matrix, near)


def _apart(matrix, limit):
    norm = scipy.sparse.linalg.norm
    scale = norm(limit)
    return norm(matrix - limit) / scale if scale else 0.0


def _operator_norm(matrix):
    """Norm of a sparse matrix of which all but a few rows and columns are rounding."""
    entries = matrix.tocoo()
    kept = np.abs(entries.data) > _ROUNDING * np.max(np.abs(entries.data), initial=0)
    rows, columns = (np.unique(places[kept]) for places in entries.coords)
    if not len(rows):
        return 0.0
    return np.linalg.norm(matrix.tocsr()[rows][:, columns].toarray(), 2)


def _hermitian(f, g):
    """Coefficients of ``f g + (f g)*``."""
    product = np.convolve(f, g)
    return product + product[::-1]


def _at(symbol, count):
    """Values of a symbol at so many points of the circle."""
    reach = len(symbol) // 2
    points = 2 * np.pi * np.arange(count) / count
    return np.exp(1j * np.outer(points, np.arange(-reach, reach + 1))) @ symbol


def _values(hermitian, count):
    return np.sort(_at(hermitian, count).real)


def _eigenvalues(hermitian, size):
    below = hermitian[len(hermitian) // 2 :][:size]
    bands = np.repeat(below[:, None], size, axis=1)
    return scipy.linalg.eigvals_banded(bands, lower=True)


def _eigenvalues_apart(hermitian, size):
    apart = np.abs(_eigenvalues(hermitian, size) - _values(hermitian, size))
    return np.mean(apart) / np.linalg.norm(hermitian)
