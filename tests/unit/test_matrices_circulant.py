"""Circulant matrices by their first column, against dense ones and scipy.linalg."""

import numpy as np
import pytest
import scipy

from pixelwalk.matrices import circulant, nearest

SHAPES = [(1,), (2,), (9,), (10,), (1, 4), (4, 3), (3, 2, 2)]
shapes = pytest.mark.parametrize("shape", SHAPES, ids=str)
CLOSE = {"rel": 1e-10, "abs": 1e-12}


def drawn(shape, seed=1):
    return np.random.default_rng(seed).normal(size=shape)


def singular(shape):
    """A column whose mean, the coefficient at frequency zero, is none."""
    column = drawn(shape)
    return column - column.mean()


def test_the_dense_matrix_on_a_line_is_that_of_scipy():
    column = drawn((7,))
    assert np.array_equal(circulant.dense(column), scipy.linalg.circulant(column))


def test_the_dense_matrix_of_an_image_has_circulant_blocks_in_a_circle():
    column = drawn((3, 4))
    matrix = circulant.dense(column).reshape(3, 4, 3, 4)
    for i in range(3):
        for j in range(3):
            block = scipy.linalg.circulant(column[(i - j) % 3])
            assert np.array_equal(matrix[i, :, j], block)


@shapes
def test_the_first_column_comes_first(shape):
    column = drawn(shape)
    matrix = circulant.dense(column)
    assert np.array_equal(matrix[:, 0], column.ravel())
    assert nearest.from_circulant(matrix, shape) < 1e-15


@shapes
def test_eigenvalues_belong_to_fourier_vectors(shape):
    column = drawn(shape)
    found = circulant.eigenvalues(column)
    for frequency in np.ndindex(shape):
        wave = np.zeros(shape)
        wave[frequency] = 1
        wave = scipy.fft.ifftn(wave).ravel()
        image = circulant.dense(column) @ wave
        assert image == pytest.approx(found[frequency] * wave, **CLOSE)


@shapes
def test_products_are_those_of_dense_matrices(shape):
    first, second = drawn(shape, 1), drawn(shape, 2)
    expected = circulant.dense(first) @ circulant.dense(second)
    found = circulant.dense(circulant.product(first, second))
    assert found == pytest.approx(expected, **CLOSE)


@shapes
def test_the_inverse_is_that_of_the_dense_matrix(shape):
    column = drawn(shape)
    expected = np.linalg.inv(circulant.dense(column))
    assert circulant.dense(circulant.inverse(column)) == pytest.approx(
        expected, **CLOSE
    )
    if len(shape) == 1:
        unit = np.eye(column.size)[0]
        solved = scipy.linalg.solve_circulant(column, unit)
        assert circulant.inverse(column) == pytest.approx(solved, **CLOSE)


@pytest.mark.parametrize("shape", SHAPES[1:], ids=str)
@pytest.mark.parametrize("make", [drawn, singular])
def test_the_pseudo_inverse_is_that_of_the_dense_matrix(shape, make):
    column = make(shape)
    expected = np.linalg.pinv(circulant.dense(column), rcond=1e-10)
    found = circulant.dense(circulant.pseudo_inverse(column))
    assert found == pytest.approx(expected, **CLOSE)


def test_the_pseudo_inverse_drops_what_lies_below_the_cut():
    small = circulant.inverse(np.array([0.5 + 5e-4, 0.5 - 5e-4]))  # 1 and 1000
    assert circulant.eigenvalues(small).real == pytest.approx([1, 1000])
    kept = circulant.eigenvalues(circulant.pseudo_inverse(small, cutoff=1e-4))
    assert kept.real == pytest.approx([1, 1e-3])
    cut = circulant.eigenvalues(circulant.pseudo_inverse(small, cutoff=0.01))
    assert cut.real == pytest.approx([0, 1e-3], abs=1e-15)


@pytest.mark.parametrize("shape", [(5,), (2, 3)], ids=str)
def test_nothing_is_the_pseudo_inverse_of_nothing(shape):
    assert not circulant.pseudo_inverse(np.zeros(shape)).any()
    assert circulant.zeros(np.zeros(shape)).all()


@pytest.mark.parametrize("shape", SHAPES[1:], ids=str)
def test_as_many_eigenvalues_are_zero_as_the_rank_lacks(shape):
    column = singular(shape)
    rank = np.linalg.matrix_rank(circulant.dense(column))
    assert circulant.zeros(column).sum() == column.size - rank == 1


@pytest.mark.parametrize(
    ("column", "which"),
    [
        (np.zeros(1), r"coefficient 0 is zero \(1 of 1 are\)"),
        (np.ones(2), r"coefficient 1 is zero \(1 of 2 are\)"),
        (np.array([[1.0, 1], [1, 1]]), r"coefficient 0, 1 is zero \(3 of 4 are\)"),
    ],
)
def test_what_has_no_inverse_is_refused_with_the_coefficient(column, which):
    with pytest.raises(ValueError, match=which):
        circulant.inverse(column)


def test_complex_matrices_stay_complex():
    column = drawn((4,)) + 1j * drawn((4,), 2)
    expected = np.linalg.inv(circulant.dense(column))
    assert circulant.dense(circulant.inverse(column)) == pytest.approx(
        expected, **CLOSE
    )
    assert not np.iscomplexobj(circulant.inverse(column.real))
