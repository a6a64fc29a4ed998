"""The verdict on pseudo-likelihood, and data under which it turns."""

from copy import deepcopy
from types import SimpleNamespace

from pixelwalk.compute import bits
from studies.programme.claims_patterns import judge_pseudo_likelihood

import numpy as np
import programmes
import pytest


@pytest.fixture(scope="module")
def whole():
    """A run over samples of the small lattice, with enough batches."""
    pixels, few = programmes.spins(120_000), {"sizes": [300, 4000], "regressed": 4000}
    run = programmes.run(pixels, batches=30, **few)
    run.patterns.path = "patterns.h5"
    return run


def recovered(averaged=3, pseudo=1, batches=30, null=0.0):
    """Results in which methods recover the lattice from a row of the sizes on."""
    methods = ["averaged pairs", "linear regression"]
    methods += ["logistic regression", "pseudo-likelihood"]
    starts = np.array([averaged, 2, 1, pseudo])
    table = (np.arange(4)[:, None] >= starts).astype(float)
    missing = np.where(table == 1, 0.0, 3.0)
    return SimpleNamespace(
        path="patterns.h5",
        sizes=np.array([100, 200, 400, 800]),
        batches=np.full(4, batches),
        methods=methods,
        edges=12,
        coupling=0.3,
        recovered=table,
        succeeded=table[:, 3].copy(),
        missing=missing,
        missing_error=0 * missing,
        false=missing,
        false_error=0 * missing,
        coupling_found=np.array([0.5, 0.31, 0.3, 0.3]),
        coupling_found_error=np.full(4, 0.01),
        coupling_rms=np.array([0.05, 0.02, 0.015, 0.012]),
        null_recovered=null,
        null_batches=batches,
        null_size=800,
    )


def verdict(patterns):
    return judge_pseudo_likelihood(patterns)["verdict"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "supported"),
        ({"averaged": 9}, "supported"),
        ({"averaged": 2}, "supported"),
        ({"averaged": 1}, "refuted"),
        ({"averaged": 0}, "refuted"),
        ({"pseudo": 3}, "refuted"),
        ({"pseudo": 9}, "refuted"),
        ({"pseudo": 9, "averaged": 9}, "refuted"),
        ({"null": 1.0}, "undecided"),  # shuffled spins give the lattice as often
        ({"batches": 5}, "undecided"),  # Wilson's interval of 5 of 5 begins at 0.57
    ],
)
def test_pseudo_likelihood_must_be_first_and_beat_its_null(numbers, expected):
    assert verdict(recovered(**numbers)) == expected


@pytest.mark.parametrize(
    ("share", "expected"), [(1.0, "supported"), (0.8, "undecided"), (0.5, "refuted")]
)
def test_the_share_of_batches_is_held_to_its_interval(share, expected):
    patterns = recovered()
    patterns.succeeded[1:3] = share
    assert verdict(patterns) == expected


def test_all_larger_sizes_must_recover_the_lattice():
    patterns = recovered(pseudo=0, averaged=1)
    assert verdict(patterns) == "supported"
    patterns.succeeded[2] = 0.2
    assert verdict(patterns) == "refuted"


def test_without_a_coupling_or_regressions_nothing_is_measured():
    patterns = recovered()
    patterns.coupling = 0.0
    assert verdict(patterns) == "not measured"
    patterns.coupling = 0.3
    patterns.succeeded[:] = np.nan
    patterns.recovered[:, 2:] = np.nan
    entry = judge_pseudo_likelihood(patterns)
    assert entry["verdict"] == "not measured" and "regressions" in entry["note"]


def test_sizes_without_regressions_are_left_out():
    patterns = recovered()
    patterns.recovered[3, 2:] = patterns.succeeded[3] = np.nan
    measured = judge_pseudo_likelihood(patterns)["measured"]
    assert "logistic regression" not in measured["800 samples"]
    assert "800 samples, share of batches" not in measured
    assert measured["400 samples"]["pseudo-likelihood"]["missing"]["value"] == 0


def test_the_verdict_on_samples_turns_with_what_is_true_of_them(whole):
    late = deepcopy(whole.patterns)
    late.recovered[:, 0] = 0
    # Samples of no lattice give no edges, whatever averaging gives.
    alone = bits.pack(np.random.default_rng(1).random((10_000, 3, 3)) < 0.5)
    given = programmes.problem(alone)
    free = programmes.run(given=given, batches=30, sizes=[30, 100], regressed=100)
    free.patterns.path = "patterns.h5"
    free.patterns.recovered[:, 0] = 0
    assert np.nansum(free.patterns.succeeded) == 0
    assert verdict(free.patterns) == "refuted"
    assert whole.patterns.null_recovered == 0
    assert verdict(late) == "supported"
    assert verdict(whole.patterns) == "refuted"  # averages do as well on 9 sites
