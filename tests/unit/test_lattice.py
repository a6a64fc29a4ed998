"""The square lattice against networkx, and against what one can count by hand."""

import networkx as nx
import numpy as np
import pytest
from scipy.spatial.distance import cdist

from pixelwalk.ising import lattice

sizes = pytest.mark.parametrize(("rows", "columns"), [(3, 3), (4, 7), (6, 3)])
boundaries = pytest.mark.parametrize("boundary", ["periodic", "free"])


def test_the_sides_are_above_below_left_right():
    free = lattice.neighbours(3, 3, "free")
    periodic = lattice.neighbours(3, 3, "periodic")
    assert free[4].tolist() == periodic[4].tolist() == [1, 7, 3, 5]
    assert free[0].tolist() == [9, 3, 9, 1]
    assert periodic[0].tolist() == [6, 3, 2, 1]


@sizes
@boundaries
def test_the_adjacency_is_that_of_networkx(rows, columns, boundary):
    grid = nx.grid_2d_graph(rows, columns, periodic=boundary == "periodic")
    expected = nx.to_numpy_array(grid, nodelist=sorted(grid))
    adjacency = lattice.adjacency(rows, columns, boundary).toarray()
    assert np.array_equal(adjacency, expected)
    assert np.array_equal(adjacency, adjacency.T)


@pytest.mark.parametrize("side", [3, 4, 10])
def test_degrees_and_bonds_of_a_square(side):
    periodic = lattice.adjacency(side, side, "periodic")
    free = lattice.adjacency(side, side, "free")
    assert (periodic.sum(axis=1) == 4).all()
    assert periodic.sum() / 2 == 2 * side**2
    degrees, counts = np.unique(free.sum(axis=1), return_counts=True)
    assert degrees.tolist() == [2, 3, 4]
    assert counts.tolist() == [4, 4 * (side - 2), (side - 2) ** 2]
    assert free.sum() / 2 == 2 * side * (side - 1)


def test_the_spectrum_of_a_periodic_lattice_is_that_of_plane_waves():
    rows, columns = 4, 7
    wave = [2 * np.cos(2 * np.pi * np.arange(n) / n) for n in (rows, columns)]
    expected = np.sort(np.add.outer(*wave).ravel())
    matrix = lattice.adjacency(rows, columns, "periodic").toarray()
    assert np.allclose(np.linalg.eigvalsh(matrix), expected)


def test_a_single_site_and_a_single_row():
    assert lattice.adjacency(1, 1, "free").nnz == 0
    chain = lattice.adjacency(1, 5, "free").toarray()
    assert np.array_equal(chain, np.eye(5, k=1) + np.eye(5, k=-1))


@sizes
def test_distances_on_a_free_lattice_are_euclidean(rows, columns):
    sites = list(np.ndindex(rows, columns))
    expected = cdist(sites, sites, "sqeuclidean")
    assert np.allclose(lattice.squared_distances(rows, columns, "free"), expected)


@sizes
def test_distances_on_a_periodic_lattice_are_to_the_nearest_copy(rows, columns):
    sites = np.array(list(np.ndindex(rows, columns)))
    shifts = [(a * rows, b * columns) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    copies = [cdist(sites, sites + shift, "sqeuclidean") for shift in shifts]
    expected = np.min(copies, axis=0)
    assert np.allclose(lattice.squared_distances(rows, columns, "periodic"), expected)


@sizes
@boundaries
def test_neighbours_are_the_sites_at_distance_one(rows, columns, boundary):
    near = lattice.squared_distances(rows, columns, boundary) == 1
    assert np.array_equal(lattice.adjacency(rows, columns, boundary).toarray(), near)


@pytest.mark.parametrize(
    "compute", [lattice.neighbours, lattice.adjacency, lattice.squared_distances]
)
def test_an_unknown_boundary_is_refused(compute):
    with pytest.raises(ValueError, match=r"boundary must be one of .* got 'open'"):
        compute(4, 4, "open")


@pytest.mark.parametrize("compute", [lattice.neighbours, lattice.squared_distances])
def test_a_helical_lattice_has_an_adjacency_only(compute):
    with pytest.raises(ValueError, match=r"boundary must be one of .* got 'helical'"):
        compute(4, 4, "helical")


@pytest.mark.parametrize(
    ("rows", "columns", "boundary"),
    [
        *[(2, 3, "periodic"), (3, 2, "periodic"), (0, 3, "free"), (3, -1, "free")],
        *[(2, 3, "helical"), (3, 2, "helical")],
    ],
)
def test_a_lattice_that_is_too_small_is_refused(rows, columns, boundary):
    with pytest.raises(ValueError, match=f"got {rows} x {columns}"):
        lattice.adjacency(rows, columns, boundary)
    if boundary != "helical":
        with pytest.raises(ValueError, match=f"got {rows} x {columns}"):
            lattice.neighbours(rows, columns, boundary)


@sizes
def test_a_helical_lattice_is_a_circulant_graph(rows, columns):
    expected = nx.circulant_graph(rows * columns, [1, columns])
    helical = lattice.adjacency(rows, columns, "helical").toarray()
    assert np.array_equal(helical, nx.to_numpy_array(expected))
    inner = np.zeros((rows, columns), bool)
    inner[1:-1, 1:-1] = True  # far from the edges all lattices are alike
    free = lattice.adjacency(rows, columns, "free").toarray()
    assert np.array_equal(helical[inner.ravel()], free[inner.ravel()])
