"""How local receptive fields are: by hand, by plain loops, and against chance."""

from pixelwalk.ising import lattice
from studies.autoencoder import measure_locality as locality
from studies.autoencoder.measure_locality import measure_locality

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

fields = hnp.arrays(
    float,
    st.tuples(st.integers(1, 3), st.integers(3, 5), st.integers(3, 5)),
    elements=st.integers(-9, 9).map(float),
)
boundaries = st.sampled_from(lattice.BOUNDARIES)
both_boundaries = pytest.mark.parametrize("boundary", lattice.BOUNDARIES)


def pixels(rows, columns, *on):
    field = np.zeros((1, rows, columns))
    for row, column in on:
        field[0, row, column] = 1
    return field


def moran(field, boundary):
    """Moran's I of the squared weights, in a plain double loop."""
    values = np.square(field).ravel().tolist()
    edges = lattice.adjacency(*field.shape, boundary).toarray()
    count, mean = len(values), sum(values) / len(values)
    top = total = 0
    for i in range(count):
        for j in range(count):
            top += edges[i, j] * (values[i] - mean) * (values[j] - mean)
            total += edges[i, j]
    return top / total / (sum((v - mean) ** 2 for v in values) / count)


def planted(places, neurons=None):
    """Noise, and in each neuron a patch of 3 x 3 pixels at a place."""
    shown = np.random.default_rng(1).normal(0, 0.1, (neurons or len(places), 8, 8))
    for field, (row, column) in zip(shown, places, strict=False):
        field[row : row + 3, column : column + 3] += 1
    return shown


@both_boundaries
def test_one_pixel_has_no_spread(boundary):
    assert locality.spreads(pixels(4, 5, (2, 3)), boundary).tolist() == [0]


@pytest.mark.parametrize(
    ("other", "free", "periodic"),
    [((0, 1), 1, 1), ((3, 4), 5, 13**0.5), ((0, 5), 5, 1), ((3, 3), 18**0.5, 18**0.5)],
)
def test_two_equal_pixels_spread_over_half_their_distance(other, free, periodic):
    field = pixels(6, 6, (0, 0), other)
    assert locality.spreads(field, "free") == pytest.approx([free / 2])
    assert locality.spreads(field, "periodic") == pytest.approx([periodic / 2])


@given(fields)
def test_on_a_free_lattice_the_spread_is_the_distance_from_the_centroid(field):
    rows, columns = np.indices(field.shape[1:])
    for one, found in zip(field, locality.spreads(field, "free"), strict=True):
        weight = one**2 if one.any() else np.ones_like(one)
        centre = [np.average(place, weights=weight) for place in (rows, columns)]
        square = (rows - centre[0]) ** 2 + (columns - centre[1]) ** 2
        expected = np.average(square, weights=weight)
        assert found**2 == pytest.approx(expected, abs=1e-9)


@given(fields, st.integers(-5, 5), st.integers(-5, 5))
def test_a_periodic_lattice_has_no_special_place(field, down, across):
    moved = np.roll(field, (down, across), axis=(1, 2))
    for statistic in (locality.spreads, locality.clustering):
        there = statistic(moved, "periodic")
        assert np.allclose(there, statistic(field, "periodic"), rtol=0, atol=1e-12)


@given(fields, boundaries, st.sampled_from([-1, 3, 1e-6, -1e6]))
def test_neither_scale_nor_sign_nor_orientation_matters(field, boundary, factor):
    for statistic in (locality.spreads, locality.clustering):
        expected = statistic(field, boundary)
        for same in (factor * field, np.abs(field), field[:, ::-1]):
            assert np.allclose(statistic(same, boundary), expected, rtol=0, atol=1e-9)
        turned = statistic(field.transpose(0, 2, 1), boundary)
        assert np.allclose(turned, expected, rtol=0, atol=1e-9)


@given(fields, boundaries)
def test_clustering_is_morans_i(field, boundary):
    for one, found in zip(field, locality.clustering(field, boundary), strict=True):
        flat = np.ptp(one**2) == 0
        expected = 0 if flat else moran(one, boundary)
        assert found == pytest.approx(expected, abs=1e-9)


@both_boundaries
def test_a_checkerboard_is_as_unclustered_as_can_be(boundary):
    board = np.indices((4, 4)).sum(axis=0) % 2
    assert locality.clustering(board[None], boundary) == pytest.approx([-1])


@both_boundaries
def test_a_field_without_weights_counts_as_uniform(boundary):
    fields = np.stack([np.zeros((4, 4)), np.full((4, 4), -0.1)])
    spread = locality.spreads(fields, boundary)
    assert spread[0] == pytest.approx(spread[1])
    assert locality.clustering(fields, boundary).tolist() == [0, 0]


def test_over_all_orders_clustering_is_known_on_average_and_p_is_exact():
    fields = np.array([[[3.0, 1.0, 2.0, 0.0, 5.0]], [[1.0, 4.0, 2.0, 0.0, -1.0]]])
    found = measure_locality(
        fields, "free", permutations=500, stream=np.random.default_rng(1)
    )
    assert len(set(found.clustering)) == len(set(found.spreads)) == 2
    null = found.null_clustering
    assert len(null) == 120  # all of them, since there are no more
    assert null.mean() == pytest.approx(-1 / 4, abs=1e-12)
    true = found.clustering.mean()
    assert found.p_clustering == pytest.approx(np.mean(null >= true - 1e-9))
    smaller = found.null_spread <= found.spreads.mean() + 1e-9
    assert found.p_spread == pytest.approx(smaller.mean())


def test_a_planted_patch_has_the_smallest_p_that_there_is():
    patches = planted([(0, 0), (0, 4), (4, 0), (4, 4), (2, 2), (1, 5)])
    found = measure_locality(
        patches, "free", permutations=199, stream=np.random.default_rng(2)
    )
    assert found.p_spread == found.p_clustering == pytest.approx(1 / 200)
    assert found.null_spread.shape == found.null_clustering.shape == (199,)
    assert found.spreads.mean() < found.null_spread.min()
    bare = locality.without_profile(patches)
    assert np.array_equal(found.spreads, locality.spreads(bare, "free"))
    assert np.array_equal(found.clustering, locality.clustering(bare, "free"))


def test_where_all_neurons_look_most_is_a_profile_and_no_locality():
    profile = np.ones((6, 6))
    profile[1:4, 2:5] = 9

    def measure(seed):
        fields = np.random.default_rng([3, seed]).normal(size=(4, 6, 6)) * profile
        stream = np.random.default_rng([4, seed])
        found = measure_locality(fields, "free", permutations=49, stream=stream)
        raw = locality.clustering(fields, "free").mean()
        return found.p_spread, found.p_clustering, raw

    compact, patchy, raw = np.transpose([measure(seed) for seed in range(60)])
    for p in (compact, patchy):
        assert stats.kstest(p, "uniform").pvalue > 0.01
    assert raw.mean() > 0.1  # what it would be with the profile


def test_a_single_neuron_has_nothing_of_its_own():
    found = measure_locality(
        planted([(2, 3)]), "free", permutations=49, stream=np.random.default_rng(2)
    )
    assert found.p_spread == found.p_clustering == 1
    assert found.clustering == pytest.approx([0], abs=1e-12)


@both_boundaries
@pytest.mark.parametrize("patchy", [True, False])
def test_a_common_profile_changes_neither_statistic_nor_p(boundary, patchy):
    fields = planted([(0, 0), (0, 4), (4, 0), (4, 4)] if patchy else [], neurons=4)
    border = np.ones((8, 8))
    border[[0, -1]] = border[:, [0, -1]] = 3
    wild = np.random.default_rng(3).uniform(-9, 9, (8, 8))

    def measure(shown):
        stream = np.random.default_rng(4)
        return measure_locality(shown, boundary, permutations=99, stream=stream)

    expected = measure(fields)
    assert (expected.p_clustering == 0.01) == patchy
    for profile in (border, wild):
        found = measure(fields * profile)
        for name, *_ in expected.datasets():
            values = getattr(expected, name)
            assert getattr(found, name) == pytest.approx(values, abs=1e-9), name
        # But it does change the fields themselves.
        raw = locality.clustering(fields * profile, boundary)
        assert raw != pytest.approx(locality.clustering(fields, boundary), abs=1e-3)


@given(fields)
def test_without_profile_every_pixel_gets_as_much(field):
    found = locality.without_profile(field)
    assert found.shape == field.shape
    square = np.mean(found**2, axis=0)
    seen = field.any(axis=0)
    assert np.allclose(square[seen], 1) and not found[:, ~seen].any()
    assert np.array_equal(np.sign(found), np.sign(field))
    # One factor for all neurons: who looks more at a pixel than others still does.
    assert np.allclose(found[0] * field[-1], found[-1] * field[0])
    assert np.allclose(locality.without_profile(found), found)


def test_without_profile_by_hand_and_its_input_stays():
    fields = np.array([[[3, 0, 1]], [[-4, 0, 7]]])
    before = fields.copy()
    root = 0.5**0.5
    expected = [[[3 / 5 / root, 0, 0.2]], [[-4 / 5 / root, 0, 1.4]]]
    assert locality.without_profile(fields) == pytest.approx(np.array(expected))
    assert np.array_equal(fields, before)


def test_two_patches_are_clustered_and_yet_in_no_one_place():
    corners = np.zeros((5, 10, 10))
    for neuron, place in enumerate(range(0, 10, 2)):
        corners[neuron, :2, place : place + 2] = 1
        corners[neuron, -2:, 8 - place : 10 - place] = 1
    found = measure_locality(
        corners, "free", permutations=199, stream=np.random.default_rng(3)
    )
    assert found.p_clustering == pytest.approx(1 / 200)
    assert found.p_spread > 0.9


def test_p_of_white_noise_is_uniform():
    def p_values(seed):
        noise = np.random.default_rng([1, seed]).normal(size=(2, 5, 5))
        stream = np.random.default_rng([2, seed])
        found = measure_locality(noise, "free", permutations=49, stream=stream)
        return found.p_spread, found.p_clustering

    for p in np.transpose([p_values(seed) for seed in range(60)]):
        assert stats.kstest(p, "uniform").pvalue > 0.01


def test_the_stream_decides_the_permutations():
    noise = np.random.default_rng(1).normal(size=(2, 5, 5))

    def null(seed):
        stream = np.random.default_rng(seed)
        found = measure_locality(noise, "free", permutations=20, stream=stream)
        return found.null_spread

    assert np.array_equal(null(1), null(1))
    assert not np.array_equal(null(1), null(2))
