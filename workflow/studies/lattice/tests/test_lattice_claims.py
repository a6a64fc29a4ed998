"""The verdict on the recovery of lattices follows from the numbers in the files."""

from types import SimpleNamespace

from studies.lattice.claims import judge_recovery

import numpy as np
import pytest


def recovery(*precision, exact=1.0):
    error = np.full(len(precision), 0.01)
    error[-1] = np.nan
    return SimpleNamespace(
        sizes=np.array([20, 200, 2000])[: len(precision)],
        precision=np.array(precision),
        error=error,
        off_lattice=np.linspace(0.9, 0.8, len(precision)),
        deviation=np.ones(len(precision)),
        exact_precision=exact,
    )


def judge(**recoveries):
    """Judge recoveries in the order in which they are given."""
    for bonds, one in recoveries.items():
        first = {"settings": {"bonds": bonds}, "source": None}
        one.attributes = {"settings": {"bonds": "no"}, "source": first}
        one.path = f"results/{bonds}.h5"
    return judge_recovery(list(recoveries.values()))


@pytest.mark.parametrize(
    ("half", "standard", "expected"),
    [
        (recovery(0.3, 0.99), recovery(0.3, 0.4), "supported"),
        (recovery(0.3, 0.4), recovery(0.3, 0.99), "supported"),
        (recovery(1.0), recovery(1.0), "supported"),
        (recovery(0.3, 0.98999), recovery(0.3, 0.98999), "refuted"),
        # So do the exact correlations, where they are known.
        (recovery(1.0, exact=0.98), recovery(0.5), "refuted"),
        (recovery(1.0, exact=0.98), recovery(0.99, exact=0.99), "supported"),
        (recovery(1.0, exact=np.nan), recovery(0.5), "supported"),
        # The largest number of samples decides, and not the best.
        (recovery(1.0, 0.98), recovery(1.0, 0.98), "refuted"),
    ],
)
def test_the_largest_number_of_samples_decides(half, standard, expected):
    assert judge(standard=standard, half=half)["verdict"] == expected


def test_the_claim_has_every_size_and_the_weight_off_the_lattice():
    claim = judge(half=recovery(0.3, 0.995), standard=recovery(0.3, 0.4))
    half = claim["measured"]["half"]
    assert half["20 samples"] == {"value": 0.3, "standard_error": 0.01}
    assert half["200 samples"] == {"value": 0.995, "standard_error": None}
    assert half["weight off the lattice"] == pytest.approx(0.8)
    assert "80.0% (half) and 80.0% (standard)" in claim["note"]


@pytest.mark.parametrize("order", [("standard", "half"), ("half", "standard")])
def test_recoveries_are_known_by_their_ensemble_and_not_by_their_place(order):
    found = {"half": recovery(0.999), "standard": recovery(0.4)}
    claim = judge(**{bonds: found[bonds] for bonds in order})
    assert claim["id"] == "ising-adjacency" and claim["verdict"] == "supported"
    assert claim["evidence"] == [f"results/{bonds}.h5" for bonds in order]
    assert claim["figures"] == ["figure3"]
    assert claim["measured"]["half"]["20 samples"]["value"] == 0.999
    assert claim["measured"]["standard"]["20 samples"]["value"] == 0.4
