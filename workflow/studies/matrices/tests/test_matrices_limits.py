"""Toeplitz matrices as they grow: theorems for what is measured, and their rates."""

from pixelwalk.matrices import nearest
from studies.matrices import limits

import numpy as np
import pytest
import scipy

SIZES = [16, 32, 64, 128]


def dense(symbol, size):
    """T_n of a symbol, by its definition."""
    reach = len(symbol) // 2
    padded = np.zeros(2 * size + 1 + 2 * reach)
    padded[size : size + len(symbol)] = symbol
    middle = size + reach
    return scipy.linalg.toeplitz(
        padded[middle : middle - size : -1], padded[middle : middle + size]
    )


def drawn(draws=4, taps=5, seed=1):
    return np.random.default_rng(seed).normal(size=(2, draws, taps))


@pytest.fixture(scope="module")
def found():
    return limits.limits(*drawn(), SIZES)


def test_distances_are_those_of_dense_matrices(found):
    for draw, (f, g) in enumerate(zip(*drawn(), strict=True)):
        for place, size in enumerate(SIZES):
            t, other = dense(f, size), dense(g, size)
            product, limit = t @ other, dense(np.convolve(f, g), size)
            near = nearest.toeplitz(product, (size,))
            circle = nearest.circulant(t, (size,))
            grid = np.exp(2j * np.pi * np.arange(size) / size)
            values = sum(c * grid ** (k - 2) for k, c in enumerate(f))
            fourier = scipy.linalg.dft(size) / np.sqrt(size)
            gray = (fourier * values) @ fourier.conj().T  # eigenvalues f(2 pi j / n)
            expected = {
                "product_nearest": nearest.distance(product, near),
                "product_limit": nearest.distance(limit, product),
                "circulant_nearest": nearest.distance(t, circle),
                "circulant_limit": nearest.distance(t, gray.real.T),
            }
            assert np.abs(gray.imag).max() < 1e-12
            for name, value in expected.items():
                assert found[name][draw, place] == pytest.approx(value, rel=1e-9), name
            assert expected["product_nearest"] <= expected["product_limit"] * 1.1


def test_operator_norms_are_those_of_dense_matrices_and_do_not_fall(found):
    angles = np.exp(2j * np.pi * np.arange(4096) / 4096)
    for draw, (f, g) in enumerate(zip(*drawn(), strict=True)):
        peak = [np.abs(np.polyval(c[::-1], angles)) for c in (f, g)]
        product = dense(f, 32) @ dense(g, 32) - dense(np.convolve(f, g), 32)
        expected = np.linalg.norm(product, 2) / np.max(peak[0] * peak[1])
        assert found["product_operator"][draw, 1] == pytest.approx(expected, rel=1e-9)
    for name in ("product_operator", "circulant_operator"):
        last = found[name][:, -1]
        assert last == pytest.approx(found[name][:, 1], rel=1e-9)
        assert (last > 1e-3).all()


def test_products_differ_by_two_corners_of_fixed_size(found):
    # Widom: the squared Frobenius norm of the difference is the same at every n.
    for draw, (f, g) in enumerate(zip(*drawn(), strict=True)):
        limit = [np.linalg.norm(dense(np.convolve(f, g), size)) for size in SIZES]
        corners = found["product_limit"][draw] * limit
        assert corners == pytest.approx(np.full(len(SIZES), corners[0]), rel=1e-9)


def test_triangular_factors_have_a_toeplitz_product(found):
    assert found["product_triangular"].max() < 1e-14


def test_eigenvalues_are_those_of_the_dense_matrix(found):
    f, g = drawn()[:, 0]
    product = np.convolve(f, g)
    hermitian = product + product[::-1]
    measured = limits.spectrum(f, g, SIZES)
    expected = np.linalg.eigvalsh(dense(hermitian, 16))
    assert measured["eigenvalues"] == pytest.approx(expected, abs=1e-10)
    points = 2 * np.pi * np.arange(128) / 128
    middle = len(hermitian) // 2
    values = hermitian[middle] + sum(
        2 * hermitian[middle + k] * np.cos(k * points) for k in range(1, middle + 1)
    )
    assert measured["values"] == pytest.approx(np.sort(values), abs=1e-10)
    # No eigenvalue lies outside the range of the symbol.
    assert measured["eigenvalues"].min() > values.min() - 0.1
    apart = np.abs(expected - np.sort(values[::8])).mean() / np.linalg.norm(hermitian)
    assert found["eigenvalues_apart"][0, 0] == pytest.approx(apart, rel=1e-9)


def test_the_sum_of_differences_of_eigenvalues_stays_bounded(found):
    # Lidskii: at most the trace norm of the corners, which is the same at every n.
    sums = found["eigenvalues_apart"] * SIZES
    assert (sums[:, -1] < 1.3 * sums[:, 1]).all()


def test_exponents_are_exact_for_powers():
    sizes = np.array([16, 32, 100, 512])
    distances = np.array([3 * sizes**-0.5, sizes**-1.0, np.full(4, 7.0)])
    assert limits.exponents(sizes, distances) == pytest.approx([-0.5, -1, 0])
    assert not np.isfinite(limits.exponents(sizes, np.zeros(4)))


def test_a_correction_in_1_over_n_is_extrapolated():
    sizes = np.array([8, 64, 128, 200])
    distances = np.array([3 * sizes**-0.5 * (1 + 2 / sizes), 5.0 * sizes**-1.0])
    local, limit = limits.extrapolated(sizes, distances)
    expected = np.log(distances[:, -1] / distances[:, -2]) / np.log(200 / 128)
    assert local == pytest.approx(expected)
    assert limit == pytest.approx([-0.5, -1], abs=2e-4)
    assert abs(local[0] + 0.5) > 0.01
    assert not np.isfinite(limits.extrapolated(sizes, np.zeros(4))).any()


def test_filters_have_the_exponents_of_the_theorems_at_infinite_n(found):
    limit = dict(zip(found["fitted"], found["limit_exponents"], strict=True))
    for name in limits.FITTED[:4]:
        assert limit[name] == pytest.approx(np.full(4, -0.5), abs=0.01), name


def test_random_filters_have_the_exponents_of_the_theorems(found):
    by_name = dict(zip(found["fitted"], found["exponents"], strict=True))
    assert set(by_name) == set(limits.FITTED)
    for name, powers in by_name.items():
        expected = -1 if name == "eigenvalues_apart" else -0.5
        assert powers == pytest.approx(np.full(4, expected), abs=0.1), name


def test_a_jump_falls_more_slowly_than_a_decaying_symbol():
    found = limits.special([64, 128, 256, 512])
    assert found["special"] == ("decaying", "jump")
    smooth, jump = found["special_exponents"].T
    assert smooth == pytest.approx([-0.5, -0.5], abs=0.02)
    assert (jump > -0.48).all() and (jump < -0.3).all()
    # The corners grow like log(n) / (6 pi^2), squared, where T_n(f) grows like n / 2
    # (Landau and Widom 1980): by the same for every doubling.
    growth = np.diff(found["special_product"][1] ** 2 * [64, 128, 256, 512])
    assert growth[-1] == pytest.approx(2 * np.log(2) / (6 * np.pi**2), rel=0.05)
    assert growth == pytest.approx(np.full(3, growth[-1]), rel=0.05)


def test_the_jump_by_hand():
    matrix = scipy.linalg.toeplitz(0.5 * np.sinc(np.arange(8) / 2))
    found = limits.special([8])
    expected = nearest.distance(matrix, matrix @ matrix)
    assert found["special_product"][1, 0] == pytest.approx(expected)
    fourier = scipy.linalg.dft(8) / np.sqrt(8)
    near = (fourier * [1, 1, 0.5, 0, 0, 0, 0.5, 1]) @ fourier.conj().T
    expected = nearest.distance(matrix, near.real)
    assert found["special_circulant"][1, 0] == pytest.approx(expected)
