"""Shares of recovered pixels on cases known by hand."""

import itertools

from pixelwalk.ising import lattice
from studies.autoencoder import reconstruction

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

STRIPES = np.indices((4, 4)).sum(axis=0) % 2
boundaries = pytest.mark.parametrize("boundary", lattice.BOUNDARIES)
pictures = hnp.arrays(
    float,
    st.tuples(st.integers(1, 5), st.integers(3, 4), st.integers(3, 4)),
    elements=st.sampled_from([0.0, 1.0]),
)


def shares(originals, reconstructions=None, boundary="free"):
    originals = np.array(originals, float)
    back = originals if reconstructions is None else np.array(reconstructions, float)
    return reconstruction.correct_shares(originals, back, boundary)


@given(pictures, st.sampled_from(lattice.BOUNDARIES))
def test_a_perfect_network_recovers_all_and_its_opposite_nothing(originals, boundary):
    right = shares(originals, originals, boundary)
    assert right["network"].tolist() == [1.0] * len(originals)
    wrong = shares(originals, 1 - originals, boundary)
    assert wrong["network"].tolist() == [0.0] * len(originals)


def test_a_network_is_right_where_its_chance_is_on_the_right_side():
    chances = [[0.51, 0.49, 0.99, 0.2]]
    assert shares([[[1, 0, 1, 1]]], [chances])["network"].tolist() == [0.75]


@given(pictures)
def test_no_constant_does_better_than_the_constant(originals):
    flat = originals.reshape(len(originals), -1)
    # The pixels are independent, so the best constant is the best for each.
    best = np.mean([max(np.mean(p == 0), np.mean(p == 1)) for p in flat.T])
    assert shares(originals)["constant"].mean() == pytest.approx(best, abs=1e-12)


def test_the_constant_by_trying_all():
    originals = np.random.default_rng(1).integers(0, 2, (5, 2, 3)).astype(float)
    constants = itertools.product([0.0, 1.0], repeat=6)
    tried = [np.mean(originals.reshape(5, 6) == constant) for constant in constants]
    assert shares(originals)["constant"].mean() == pytest.approx(max(tried))


@boundaries
def test_neighbours_know_all_of_a_uniform_image_and_nothing_of_a_checkerboard(boundary):
    originals = [np.zeros((4, 4)), np.ones((4, 4)), STRIPES, 1 - STRIPES]
    found = shares(originals, boundary=boundary)["neighbours"]
    assert found.tolist() == [1, 1, 0, 0]


def test_a_tie_of_the_neighbours_counts_half():
    # Free ends: the middle has a neighbour of each state; the ends have the middle.
    assert shares([[[1, 1, 0]]])["neighbours"].tolist() == [(1 + 0.5 + 0) / 3]
    # A pixel without neighbours can only be guessed.
    assert shares([[[1]], [[0]]])["neighbours"].tolist() == [0.5, 0.5]
    # Rows of equal state: two neighbours like the pixel, two not.
    rows = np.repeat([[1], [0], [1], [0]], 4, axis=1)
    assert shares([rows], boundary="periodic")["neighbours"].tolist() == [0.5]


def test_the_boundary_decides_who_is_a_neighbour():
    halves = np.repeat([[1], [1], [0], [0]], 4, axis=1)
    assert shares([halves], boundary="free")["neighbours"].tolist() == [1]
    one = np.zeros((1, 3, 4))
    one[0, 0, 0] = 1
    # Free: one corner is wrong; its neighbours have 1 against 2 or more.
    assert shares(one)["neighbours"] == pytest.approx([11 / 12])
    row = [[[1, 0, 0, 1]]]
    assert shares(row, boundary="free")["neighbours"].tolist() == [0.25]


@given(pictures, st.sampled_from(lattice.BOUNDARIES))
def test_all_but_the_constant_treat_both_states_alike(originals, boundary):
    first = shares(originals, originals * 0.3, boundary)
    other = shares(1 - originals, 1 - originals * 0.3, boundary)
    assert np.array_equal(first["neighbours"], other["neighbours"])
    assert np.array_equal(first["network"], other["network"])
