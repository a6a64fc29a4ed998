"""The verdict on pseudo-likelihood, and data under which it turns."""

from copy import deepcopy
from types import SimpleNamespace

from pixelwalk.compute import bits
from studies.programme.claims import judge_pseudo_likelihood

import numpy as np
import programmes
import pytest


@pytest.fixture(scope="module")
def whole():
    """A run over samples of the small lattice."""
    return programmes.run()


def recovered(**columns):
    """Results in which methods recover the lattice from a row of the sizes on."""
    sizes = np.array([100, 200, 400, 800])
    methods = ["averaged pairs", "linear regression"]
    methods += ["logistic regression", "pseudo-likelihood"]
    starts = {"averaged": 3, "linear": 2, "logistic": 1, "pseudo": 1} | columns
    table = (np.arange(4)[:, None] >= np.array(list(starts.values()))).astype(float)
    missing = np.where(table == 1, 0.0, 3.0)
    return SimpleNamespace(
        path="patterns.h5",
        sizes=sizes,
        batches=np.full(4, 5),
        methods=methods,
        edges=12,
        coupling=0.3,
        recovered=table,
        missing=missing,
        missing_error=0 * missing,
        false=missing,
        false_error=0 * missing,
        coupling_found=np.array([0.5, 0.31, 0.3, 0.3]),
        coupling_found_error=np.full(4, 0.01),
        coupling_rms=np.array([0.05, 0.02, 0.015, 0.012]),
        coupling_away=np.array([0.2, 0.01, 0.01, 0.01]),
    )


def verdict(found):
    return judge_pseudo_likelihood(found)["verdict"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, "supported"),
        ({"averaged": 9}, "supported"),
        ({"averaged": 2}, "supported"),
        ({"averaged": 1}, "refuted"),
        ({"averaged": 0}, "refuted"),
        ({"pseudo": 3}, "refuted"),
        ({"pseudo": 9}, "refuted"),
        ({"pseudo": 9, "averaged": 9}, "refuted"),
    ],
)
def test_pseudo_likelihood_must_be_first(columns, expected):
    assert verdict(recovered(**columns)) == expected


@pytest.mark.parametrize("coupling", [0.3, -0.3])
def test_the_mean_coupling_of_every_batch_must_be_within_5_percent(coupling):
    found = recovered()
    found.coupling = coupling
    for away, expected in (
        *((0.0149, "supported"), (0.0151, "refuted"), (np.nan, "refuted")),
    ):
        found.coupling_away[:] = away
        assert verdict(found) == expected
    found.coupling_away[:] = [0.2, 0.2, 0, 0]
    measured = judge_pseudo_likelihood(found)["measured"]
    assert measured["pseudo-likelihood, mean coupling within 5 %: samples"] == 400
    assert measured["pseudo-likelihood: samples"] == 200


@pytest.mark.parametrize(("error", "size"), [(0.0149, 400), (0.0151, 800)])
def test_the_samples_for_the_coupling_on_an_edge_are_told(error, size):
    found = recovered()
    found.coupling_rms[2] = error
    entry = judge_pseudo_likelihood(found)
    name = "pseudo-likelihood, error on an edge within 5 %: samples"
    assert entry["measured"][name] == size and f"takes {size}." in entry["note"]
    found.coupling_rms[:] = 1
    entry = judge_pseudo_likelihood(found)
    assert entry["measured"][name] is None and "with none" in entry["note"]


def test_without_a_coupling_nothing_is_measured():
    found = recovered()
    found.coupling = 0.0
    assert verdict(found) == "not measured"


def test_all_larger_sizes_that_were_measured_must_recover_the_lattice():
    found = recovered(pseudo=0, averaged=3)
    found.coupling_away[:] = 0
    found.recovered[1, 3] = 0.8
    measured = judge_pseudo_likelihood(found)["measured"]
    assert measured["pseudo-likelihood: samples"] == 400
    found.recovered[2:, 3] = np.nan  # not measured: no regressions of so many
    assert (
        judge_pseudo_likelihood(found)["measured"]["pseudo-likelihood: samples"] is None
    )
    assert verdict(found) == "refuted"


def test_what_was_not_measured_is_not_told():
    found = recovered()
    found.recovered[3, 2:] = np.nan
    measured = judge_pseudo_likelihood(found)["measured"]
    assert "logistic regression" not in measured["800 samples"]
    assert measured["800 samples"]["batches"] == 5
    assert measured["400 samples"]["pseudo-likelihood"]["missing"]["value"] == 0


def test_the_verdict_on_samples_turns_with_what_is_true_of_them(whole):
    found = whole.patterns
    measured = judge_pseudo_likelihood(found)["measured"]
    assert measured["pseudo-likelihood, mean coupling within 5 %: samples"] == 3200
    assert verdict(found) == "refuted"  # on so small a lattice averages are as quick
    late = deepcopy(found)
    late.recovered[:, 0] = 0
    assert verdict(late) == "supported"
    # Samples of another coupling than they are taken for.
    other = programmes.run(given=programmes.problem(programmes.spins(), coupling=0.4))
    other.patterns.recovered[:, 0] = 0
    assert verdict(other.patterns) == "refuted"
    # Samples of no lattice.
    stream = np.random.default_rng(1)
    alone = bits.pack(stream.random((10_000, 3, 3)) < 0.5)
    free = programmes.run(given=programmes.problem(alone))
    assert (
        judge_pseudo_likelihood(free.patterns)["measured"]["pseudo-likelihood: samples"]
        is None
    )
    assert verdict(free.patterns) == "refuted"
