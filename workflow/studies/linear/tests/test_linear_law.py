"""How many shifts are needed by n: known distances, and verdicts that turn."""

from types import SimpleNamespace

from pixelwalk.compute import bits
from pixelwalk.matrices import circulant, shifts
from studies.linear import law, law_claims

import numpy as np
import pytest

SIZES = np.array([16, 25, 49, 100])


def flat(size, seed=1):
    """Draw an image all of whose Fourier coefficients have the size 1."""
    phases = np.exp(
        1j * np.angle(np.fft.fft(np.random.default_rng(seed).normal(size=size)))
    )
    return np.fft.ifft(phases).real


@pytest.mark.parametrize("count", [0, 1, 4, 10])
def test_the_distance_of_flat_spectra_by_hand(count):
    # The shifts are orthonormal, and the map is an orthogonal one behind a projection,
    # whose part that is circulant for all of them is the share that was seen.
    order = np.random.default_rng(2).permutation(40)
    found = law.without(flat(40), flat(40, 3), order, count)
    inputs = circulant.dense(flat(40))[:, order[: 40 - count]]
    projected = inputs @ inputs.T
    assert np.linalg.norm(projected) ** 2 == pytest.approx(40 - count)
    diagonals = [np.mean(np.diagonal(np.roll(projected, k, 0))) for k in range(40)]
    rest = 1 - 40 * np.sum(np.square(diagonals)) / (40 - count)
    assert found == pytest.approx(np.sqrt(max(rest, 0)), abs=1e-7)
    assert found >= 0.9 * np.sqrt(count / 40) - 1e-9


def test_shares_between_whole_numbers_are_interpolated():
    order = np.arange(12)
    one, two = (law.without(flat(12), flat(12, 3), order, n) for n in (1, 2))
    found = law.without(flat(12), flat(12, 3), order, 1.25)
    assert found == pytest.approx(0.75 * one + 0.25 * two)


def test_spins_are_taken_from_windows_and_grey_images_are_reduced():
    stream = np.random.default_rng(1)
    spins = stream.random((30, 10, 12)) < 0.5
    found = law.pairs(bits.pack(spins), {"shifts": "plane"}, stream)
    assert [two.shape[2:] for two in found] == [(4, 4), (5, 5), (7, 7), (10, 10)]
    corners = 2.0 * spins[:, :4, :4] - 1
    assert all(any(np.array_equal(one, c) for c in corners) for one in found[0][:, 0])
    grey = stream.integers(0, 256, (30, 28, 28)).astype(np.uint8)
    found = law.pairs(grey, {"shifts": "line"}, stream)
    assert [two.shape[2:] for two in found] == [(16,), (25,), (49,), (81,), (196,)]
    small = law.pairs(grey[:, :9, :9], {"shifts": "plane"}, stream)
    assert [two.shape[2:] for two in small] == [(4, 4), (9, 9)]
    assert not law.pairs(grey[:, :3, :3], {"shifts": "plane"}, stream)


def test_a_law_without_sizes_is_empty():
    found = law.law([], np.random.default_rng(1))
    assert found["law_sizes"].size == 0 and found["law_tenth"].shape[0] == 0


def test_a_power_law_is_found_and_extrapolated():
    at, power = law_claims.power_law(SIZES, 2 * SIZES**-0.25)
    assert at["value"] == pytest.approx(0.2) and power["value"] == pytest.approx(-0.25)
    assert at["interval"] == pytest.approx([0.2, 0.2])
    noisy = 2 * SIZES**-0.25 * np.exp([0.1, -0.1, -0.1, 0.1])
    at, power = law_claims.power_law(SIZES, noisy)
    low, high = at["interval"]
    assert low < 0.2 < high and low * high == pytest.approx(at["value"] ** 2)
    assert power["interval"][0] < -0.25 < power["interval"][1]
    assert law_claims.power_law(SIZES, np.zeros(4))[0]["interval"] == [0, 0]


def optimum(tenth, none=0.0, sizes=SIZES):
    noise = np.exp(0.01 * np.random.default_rng(1).normal(size=(len(sizes), 5)))
    table = np.broadcast_to(tenth, len(sizes))[:, None] * noise
    return SimpleNamespace(
        law_sizes=sizes,
        law_tenth=table,
        law_permuted=table,
        law_one=table / 3,
        law_none=np.full_like(table, none),
        shifts=np.array([1, 10]),
        noise=np.zeros(1),
        distances=np.array([[0.5, 0]]),
        distance_errors=np.zeros((1, 2)),
        attributes={"settings": {"name": f"n {len(sizes)}"}},
        path="one.h5",
    )


@pytest.mark.parametrize(
    ("best", "expected"),
    [
        (optimum(0.3), "supported"),
        (optimum(2 * SIZES**-0.5), "refuted"),  # 0.02 at n = 10,000
        (optimum(0.3 * np.array([1.3, 0.7, 0.7, 1.3])), "undecided"),
        (optimum(0.1), "undecided"),
        (optimum(0.0), "refuted"),
        (optimum(0.3, none=1e-3), "refuted"),
        (optimum(0.3, sizes=SIZES[:3]), "not measured"),
    ],
)
def test_the_law_decides(best, expected):
    entry = law_claims.judge_shifts([best])
    assert entry["verdict"] == expected
    if expected != "not measured":
        assert entry["null"]["n 4"]["distance with all shifts, largest"] >= 0
        both = law_claims.judge_shifts([best, optimum(0.3, sizes=SIZES[:2])])
        assert both["verdict"] == expected
        assert both["note"].endswith("Too few sizes for a law: n 2 (2).")


def test_images_that_lack_frequencies_need_fewer_shifts():
    stream = np.random.default_rng(1)
    band = [
        np.array([[shifts.band_limited(one, 0.3) for one in two] for two in size])
        for size in (stream.normal(size=(3, 2, n)) for n in SIZES)
    ]
    best = SimpleNamespace(**(vars(optimum(0.3)) | law.law(band, stream)))
    assert best.law_tenth.max() < 1e-8
    assert law_claims.judge_shifts([best])["verdict"] == "refuted"
