"""Shares of recovered pixels on cases known by hand, and the verdict on them."""

import itertools

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk.claims import reconstruction
from pixelwalk.ising import lattice

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
    return reconstruction.recovered(originals, back, boundary)


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


def judge(networks):
    return reconstruction.judge(networks, dict.fromkeys(networks, "free"))


def noisy(seed, wrong):
    """Uncorrelated pixels, and a network that gets a share of them wrong."""
    stream = np.random.default_rng(seed)
    originals = stream.integers(0, 2, (200, 4, 4)).astype(float)
    flip = stream.random(originals.shape) < wrong
    return originals, np.where(flip, 1 - originals, originals)


def test_a_good_network_supports_the_claim_and_one_that_guesses_refutes_it():
    good, bad = noisy(1, 0.1), noisy(2, 0.5)
    assert judge({"good": good})["verdict"] == "supported"
    assert judge({"bad": bad})["verdict"] == "refuted"
    assert judge({"good": good, "bad": bad})["verdict"] == "refuted"
    assert judge({"good": good, "other": noisy(3, 0.1)})["verdict"] == "supported"


def test_a_network_has_to_beat_the_neighbours_too():
    # Of images that are all on or all off the neighbours know everything.
    uniform = np.ones((20, 4, 4)) * np.arange(20)[:, None, None] % 2
    right = shares(uniform)
    assert right["neighbours"].mean() == 1 and right["constant"].mean() == 0.5
    assert judge({"perfect": (uniform, uniform)})["verdict"] == "refuted"


def test_a_network_has_to_beat_the_constant_too():
    # Of one checkerboard, again and again, the best constant knows everything.
    same = np.tile(STRIPES, (20, 1, 1)).astype(float)
    right = shares(same)
    assert right["neighbours"].mean() == 0 and right["constant"].mean() == 1
    assert judge({"perfect": (same, same)})["verdict"] == "refuted"


@pytest.mark.parametrize("guess", ["constant", "neighbours"])
@pytest.mark.parametrize(
    ("gains", "expected"),
    # Means of 3/8; standard errors of 1/8 and a little less: 3 of them are the limit.
    [([0.5, 0.25], "refuted"), ([0.499, 0.251], "supported")],
)
def test_the_gain_is_more_than_three_standard_errors(
    guess, gains, expected, monkeypatch
):
    found = dict.fromkeys(("constant", "neighbours"), np.zeros(2))
    found |= {"network": np.ones(2), guess: 1 - np.array(gains)}
    monkeypatch.setattr(reconstruction, "recovered", lambda *_: found)
    assert judge({"network": (None, None)})["verdict"] == expected


def test_the_entry_tells_every_share_with_its_error():
    originals, back = noisy(1, 0.1)
    right = reconstruction.recovered(originals, back, "free")
    measured = judge({"good": (originals, back)})["measured"]["good"]
    for guess, share in right.items():
        assert measured[guess]["value"] == pytest.approx(share.mean())
        error = share.std(ddof=1) / np.sqrt(len(share))
        assert measured[guess]["standard_error"] == pytest.approx(error)
        assert measured[guess]["n"] == 200
    gain = right["network"] - right["neighbours"]
    less = measured["network less neighbours"]
    assert less["value"] == pytest.approx(gain.mean())
    assert less["standard_error"] == pytest.approx(gain.std(ddof=1) / np.sqrt(200))


def test_one_held_out_image_has_no_error_and_cannot_support_the_claim():
    assert judge({"one": (np.ones((1, 2, 2)), np.ones((1, 2, 2)))})["verdict"] == (
        "refuted"
    )
