"""Spins of another program: every format, and what is wrong is said."""

import h5py
import numpy as np
import pytest

from pixelwalk.ising import sampling
from pixelwalk.ising.files import read_spins

SPINS = np.random.default_rng(2).choice([-1, 1], (90, 3, 4))
SETTINGS = {
    **{"rows": 3, "columns": 4, "training": 70, "test": 20, "bonds": "standard"},
    **{"boundary": "free", "lattice": "rectangular", "field": 0},
}


def save(path, spins):
    if path.suffix == ".npy":
        np.save(path, spins)
    elif path.suffix == ".npz":
        np.savez(path, whatever=spins)
    else:
        with h5py.File(path, "w") as file:
            file["spins"] = spins
    return path


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".h5", ".hdf5"])
@pytest.mark.parametrize(
    "written",
    [
        SPINS,
        SPINS.astype(np.int8),
        SPINS.astype(float),
        SPINS > 0,
        (SPINS + 1) // 2,
        SPINS.reshape(90, 12),
    ],
    ids=["int64", "int8", "float", "bool", "0 and 1", "flat"],
)
def test_spins_come_back(tmp_path, suffix, written):
    found = read_spins(save(tmp_path / f"spins{suffix}", written), SETTINGS)
    np.testing.assert_array_equal(sampling.spins(found), SPINS)


def test_the_first_configurations_are_taken(tmp_path):
    path = save(tmp_path / "spins.npy", SPINS)
    found = read_spins(path, SETTINGS | {"training": 5, "test": 2})
    np.testing.assert_array_equal(sampling.spins(found), SPINS[:7])


def test_the_log_tells_the_energy_on_the_lattice(tmp_path, caplog):
    path = save(tmp_path / "spins.npy", np.ones((90, 3, 4)))
    edges = ((0, 1), (1, 2), (5, 9))
    with caplog.at_level("INFO"):
        read_spins(path, SETTINGS | {"lattice": "./a.edges"}, edges)
    assert "energy per site -0.25000" in caplog.text
    assert "magnetisation per site 1.00000" in caplog.text


@pytest.mark.parametrize(
    ("spins", "message"),
    [
        (
            SPINS[:, :2],
            r"expected spins of shape \(n, 3, 4\) or \(n, 12\), got \(90, 2,",
        ),
        (SPINS[0], r"expected spins of shape .* got \(3, 4\)"),
        (SPINS[:89], "expected at least 90 configurations, .* got 89"),
        (SPINS * 2, "expected -1 and .1, or 0 and 1, got values from -2 to 2"),
        (SPINS * (np.arange(4) > 0), "got all of -1, 0 and 1"),
        (np.where(SPINS > 0, np.nan, 1.0), "got values from nan to nan"),
        (SPINS.astype("U2"), "got values of type <U2"),
        (np.zeros((90, 3, 4), [("s", "i1")]), "got values of type .*'s'"),
    ],
)
def test_what_are_no_spins_is_refused(tmp_path, spins, message):
    with pytest.raises(ValueError, match=message):
        read_spins(save(tmp_path / "spins.npy", spins), SETTINGS)


def test_an_array_of_another_name_is_refused(tmp_path):
    with h5py.File(tmp_path / "spins.h5", "w") as file:
        file["configurations"] = SPINS
    with pytest.raises(ValueError, match="an array named 'spins', got configurations"):
        read_spins(tmp_path / "spins.h5", SETTINGS)


@pytest.mark.parametrize("spin", [-1, 1])
def test_spins_that_are_all_alike_are_told(tmp_path, caplog, spin):
    read_spins(save(tmp_path / "spins.npy", np.full((90, 3, 4), spin)), SETTINGS)
    assert "all spins are alike" in caplog.text
    caplog.clear()
    read_spins(save(tmp_path / "spins.npy", SPINS), SETTINGS)
    assert "alike" not in caplog.text


def test_no_more_is_judged_than_is_taken(tmp_path):
    later = np.concatenate([SPINS, np.full((1, 3, 4), 7)])
    found = read_spins(save(tmp_path / "spins.npy", later), SETTINGS)
    np.testing.assert_array_equal(sampling.spins(found), SPINS)
