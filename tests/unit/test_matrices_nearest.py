"""Projections onto structured matrices: idempotent, orthogonal, and nearest."""

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.matrices import nearest

SHAPES = [(1,), (2,), (7,), (1, 1), (1, 5), (4, 3), (2, 3, 2)]
SETS = [nearest.toeplitz, nearest.circulant]
sets = pytest.mark.parametrize("project", SETS)
shapes = pytest.mark.parametrize("shape", SHAPES, ids=str)


def drawn(shape, seed=1):
    return np.random.default_rng(seed).normal(size=2 * (np.prod(shape),))


def member(project, shape, seed=2):
    """Any member of a set, made from its definition, entry by entry."""
    stream = np.random.default_rng(seed)
    values = {}
    sites = list(np.ndindex(shape))
    cyclic = project is nearest.circulant

    def step(row, column):
        apart = np.subtract(row, column)
        return tuple(apart % shape) if cyclic else tuple(apart)

    return np.array(
        [
            [values.setdefault(step(row, column), stream.normal()) for column in sites]
            for row in sites
        ]
    )


@sets
@shapes
def test_members_of_the_set_stay(project, shape):
    inside = member(project, shape)
    assert project(inside, shape) == pytest.approx(inside, abs=1e-14)
    assert nearest.distance(inside, project(inside, shape)) < 1e-14


@sets
@shapes
def test_what_is_given_is_a_member_and_stays(project, shape):
    once = project(drawn(shape), shape)
    assert project(once, shape) == pytest.approx(once, abs=1e-14)


@sets
@shapes
def test_the_rest_is_orthogonal_to_every_member(project, shape):
    matrix = drawn(shape)
    rest = matrix - project(matrix, shape)
    for seed in range(5):
        assert np.sum(rest * member(project, shape, seed)) == pytest.approx(0, abs=1e-9)


@given(st.sampled_from(SETS), st.sampled_from(SHAPES), st.integers(0, 99))
def test_every_other_member_is_farther(project, shape, seed):
    matrix = drawn(shape, seed)
    near = project(matrix, shape)
    other = near + 0.01 * member(project, shape, seed)
    assert nearest.distance(matrix, other) > nearest.distance(matrix, near) - 1e-15


def test_agreement_with_scipy_on_a_line():
    column, row = np.arange(1.0, 6), np.arange(1.0, 9) ** 2
    matrix = scipy.linalg.toeplitz(column, row)
    assert np.array_equal(nearest.toeplitz(matrix, (5,), (8,)), matrix)
    matrix = scipy.linalg.circulant(column)
    assert np.array_equal(nearest.circulant(matrix, (5,)), matrix)
    assert nearest.from_circulant(matrix, (5,)) == 0


def test_a_block_circulant_matrix_is_not_circulant_and_the_other_way_round():
    block = member(nearest.circulant, (4, 3))
    assert nearest.from_circulant(block, (12,)) > 0.1
    line = member(nearest.circulant, (12,))
    assert nearest.from_circulant(line, (4, 3)) > 0.1


def test_two_by_two_by_hand():
    matrix = np.array([[1.0, 2], [3, 5]])
    assert nearest.toeplitz(matrix, (2,)).tolist() == [[3, 2], [3, 3]]
    assert nearest.circulant(matrix, (2,)).tolist() == [[3, 2.5], [2.5, 3]]
    near = nearest.toeplitz(matrix, (2,))
    assert nearest.distance(matrix, near) == pytest.approx(np.sqrt(8 / 39))


def test_grids_of_rows_and_columns_may_differ():
    matrix = np.random.default_rng(3).normal(size=(2 * 2, 4 * 3))
    near = nearest.toeplitz(matrix, (2, 2), (4, 3)).reshape(2, 2, 4, 3)
    assert near[0, 0, 0, 0] == near[1, 1, 1, 1] == near[0, 1, 0, 1]
    mean = matrix.reshape(2, 2, 4, 3)[:, :, :2, :2]
    mean = np.mean([mean[r, c, r, c] for r in range(2) for c in range(2)])
    assert near[0, 0, 0, 0] == pytest.approx(mean)


def test_nothing_is_at_no_distance_from_nothing():
    zeros = np.zeros((4, 4))
    assert nearest.distance(zeros, nearest.circulant(zeros, (2, 2))) == 0


@sets
def test_a_matrix_that_does_not_fit_is_refused(project):
    with pytest.raises(ValueError, match=r"has shape \(6, 6\), got \(4, 4\)"):
        project(np.ones((4, 4)), (2, 3))
    with pytest.raises(ValueError, match="between grids"):
        nearest.toeplitz(np.ones((6, 6)), (6,), (2, 3))


@pytest.mark.parametrize("cyclic", [False, True])
def test_the_distance_of_a_sparse_matrix_is_that_of_the_dense_one(cyclic):
    project = SETS[cyclic]
    stream = np.random.default_rng(5)
    dense = stream.normal(size=(9, 9)) * (stream.random((9, 9)) < 0.3)
    expected = nearest.distance(dense, project(dense, (9,)))
    for matrix in (dense, scipy.sparse.csr_array(dense)):
        found = nearest.line_distance(matrix, cyclic)
        assert found == pytest.approx(expected, rel=1e-12)
    assert nearest.line_distance(np.zeros((3, 3)), cyclic) == 0
    assert nearest.line_distance(member(project, (9,)), cyclic) < 1e-14
