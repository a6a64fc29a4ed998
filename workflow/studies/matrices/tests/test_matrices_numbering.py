"""Numberings in which lattices are circulant: known groups, and the explicit one."""

from itertools import pairwise
from math import gcd

from pixelwalk.ising import lattice
from pixelwalk.matrices import nearest
from studies.matrices import numbering

import numpy as np
import pytest

# Orders of the groups: products of dihedral groups, for equal sides with an exchange;
# the 4 x 4 lattice is the hypercube of 16 sites, and C_4 the square of an edge.
ORDERS = {(3, 3): 72, (3, 4): 48, (4, 4): 384, (4, 6): 96, (5, 5): 200, (6, 10): 240}


def searched(rows, columns):
    adjacency = lattice.adjacency(rows, columns, "periodic").toarray() > 0
    moves = numbering.translations(rows, columns)
    return adjacency, numbering.automorphisms(adjacency, moves)


@pytest.mark.parametrize(("rows", "columns"), ORDERS)
def test_all_automorphisms_are_found_and_each_is_one(rows, columns):
    adjacency, group = searched(rows, columns)
    assert len(np.unique(group, axis=0)) == len(group) == ORDERS[rows, columns]
    for images in group[:: len(group) // 7]:
        assert sorted(images) == list(range(rows * columns))
        assert np.array_equal(adjacency[np.ix_(images, images)], adjacency)


@pytest.mark.parametrize("rows", range(3, 8))
@pytest.mark.parametrize("columns", range(3, 8))
def test_a_cycle_through_all_sites_exists_exactly_for_coprime_sides(rows, columns):
    adjacency, group = searched(rows, columns)
    order = numbering.longest_cycle(group)
    assert (len(order) == rows * columns) == (gcd(rows, columns) == 1)
    if len(order) == rows * columns:
        matrix = adjacency[np.ix_(order, order)].astype(float)
        assert nearest.from_circulant(matrix, (len(order),)) == 0


def test_nine_by_ten_by_the_chinese_remainder_theorem():
    # Site t stands in row t mod 9 and column t mod 10; a row down is a step of 10 (1
    # mod 9 and 0 mod 10), a column to the right one of 81.
    order = [(site % 9) * 10 + site % 10 for site in range(90)]
    assert sorted(order) == list(range(90))
    matrix = lattice.adjacency(9, 10, "periodic").toarray()[np.ix_(order, order)]
    expected = np.zeros(90)
    expected[[10, -10, 81, -81]] = 1
    assert np.array_equal(matrix[:, 0], expected)
    assert all(np.array_equal(np.roll(a, 1), b) for a, b in pairwise(matrix))


def test_ten_by_ten_has_no_cycle_of_more_than_twenty_sites():
    measured = numbering.numberings(10, 10)
    assert measured["sides"].tolist() == [[10, 10], [9, 10]]
    assert measured["automorphisms"].tolist() == [800, 360]
    assert measured["longest_cycle"].tolist() == [20, 90]
    assert np.isnan(measured["numbered_distance"][0])
    assert measured["numbered_distance"][1] == 0


def test_a_ring_has_its_turns_and_reflections():
    ring = np.roll(np.eye(7, dtype=bool), 1, axis=0)
    ring |= ring.T
    turns = (np.arange(7) + np.arange(7)[:, None]) % 7
    group = numbering.automorphisms(ring, turns)
    assert len(group) == 14 and len(numbering.longest_cycle(group)) == 7


def test_a_move_that_is_no_automorphism_is_refused():
    path = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], bool)
    turns = (np.arange(3) + np.arange(3)[:, None]) % 3
    with pytest.raises(ValueError, match="one is none"):
        numbering.automorphisms(path, turns)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((3, 3), [(3, 3), (4, 3)]),
        ((4, 5), [(4, 5), (5, 5)]),
        ((12, 6), [(12, 6), (11, 6), (6, 6)]),
        ((3, 30), [(3, 30), (31, 30), (30, 30)]),
    ],
)
def test_the_lattices_that_are_tried(own, expected):
    assert numbering.examples(*own) == expected
