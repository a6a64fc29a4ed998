"""Settings of studies that are right, and every kind that is not."""

import copy

import pytest
from test_settings import DEFAULT, NAN, assert_refused


@pytest.fixture
def config():
    return copy.deepcopy(DEFAULT)


@pytest.mark.parametrize(
    ("keys", "values", "expected"),
    [
        ("matrices", [None, []], "a mapping from names to studies of matrices"),
        ("matrices.section-9.rows", [2, 33, 4.5], "a whole number of sites, 3 to 32"),
        ("matrices.section-9.filter", [1, 10], "a whole number of pixels, 2 to 9"),
        ("matrices.section-9.draws", [2], "a whole number of at least 3"),
        ("matrices.section-9.sizes", [[16, 32, 64], 16], "at least 4 whole numbers"),
        ("matrices.section-9.sizes", [[64, 32, 128, 16]], "ascending"),
        ("linear.fives-line.input", [-1, "mean"], "a whole number of at least 0"),
        ("linear.fives-line.target", [-1, "median"], "of at least 0, or mean"),
        ("linear.fives-line.input", [200], "a number below 200, the images of"),
        ("linear.spins-line.target", [50000], "a number below 50000, the images"),
        ("linear.fives-line.shifts", ["diagonal"], "plane or line"),
        ("linear.fives-line.reduce", [0, 15], "a whole number of pixels, 1 to 14"),
        ("linear.fives-line.band", [0, 1, NAN], "a "),
        ("linear.fives-line.layers", [[], [3, 2], 2], "ascending"),
        ("linear.fives-line.noise", [[], [0.1, 0], 0], "ascending"),
        ("linear.fives-line.repeats", [1], "a whole number of at least 2"),
        ("programme.fives.kernels", [[], [5, 3], 3], "ascending"),
        ("programme.fives.learning_rate", [0, 11], "above 0 and at most 10"),
        ("programme.fives.sizes", [[], [60, 20]], "ascending"),
        ("programme.fives.draws", [[], [60, 20]], "ascending"),
        ("programme.fives.batches", [0], "a whole number of at least 1"),
        ("programme.fives.edges", [0, 1], "a share of all pairs, above 0"),
        ("programme.fives.repeats", [1], "a whole number of at least 2"),
        ("paper.linear", [[], "fives-line"], "at least one name, none twice"),
    ],
)
def test_a_value_that_cannot_be(config, keys, values, expected):
    for value in values:
        assert_refused(copy.deepcopy(config), keys, value, keys, expected)


@pytest.mark.parametrize(
    ("keys", "value", "key", "expected"),
    [
        ("linear.fives-line.images", "x", "linear.fives-line.images", "'images'"),
        ("linear.fives-line.ising", "periodic", "linear.fives-line", "exactly one"),
        ("programme.fives.graph", "x", "programme.fives.graph", "'graphs'"),
        ("programme.fives.test", "x", "programme.fives.test", "'images'"),
        ("programme.periodic.images", "fives", "programme.periodic", "neither 'im"),
        ("programme.fives.graph", "periodic", "programme.fives", "with 'images'"),
        ("programme.periodic.graph", "fives", "programme.periodic", "two image sets"),
        ("ising.periodic.test", 0, "programme.periodic.graph", "with test samples"),
        (
            "ising.periodic.rows",
            103,
            "linear.spins-plane.reduce",
            "got 103 x 10",
        ),
        (
            "matrices.section-9",
            {"rows": 4, "filter": 5},
            "matrices.section-9.filter",
            "at most 4, the shorter side of the image, got 5",
        ),
        ("paper.matrices", "x", "paper.matrices", "an entry of 'matrices'"),
        ("paper.linear", ["x"], "paper.linear", "an entry of 'linear'"),
        ("paper.programme.lattice", "x", "paper.programme.lattice", "'programme'"),
        ("paper.programme.lattice", "fives", "paper.programme.lattice", "a periodic"),
        ("paper.programme.images", "periodic", "paper.programme.images", "over images"),
        ("ising.periodic.boundary", "free", "paper.programme.lattice", "a periodic"),
    ],
)
def test_names_that_do_not_fit_together(config, keys, value, key, expected):
    assert_refused(config, keys, value, key, expected)
