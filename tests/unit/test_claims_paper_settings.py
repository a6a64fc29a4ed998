"""The paper's numbers are looked for under the paper's settings alone."""

import json

import pytest
from test_claims_paper import LATTICE, everything, spoil, verdicts

from pixelwalk import ledger, storage
from pixelwalk.claims import paper


def assert_only_one_is_not_measured(found, name, reason):
    """The verdict that departs from those of the paper's settings says why."""
    before = verdicts(everything())
    assert verdicts(found) == before | {name: "not measured"}
    (entry,) = (e for e in paper.judge(**found) if e["id"] == name)
    assert entry["measured"] == {} and entry["evidence"]
    assert entry["note"] == reason
    assert json.loads(ledger.to_json([entry])) == [entry]


@pytest.mark.parametrize("name", ["half-1", "standard-2"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("rows", 9), ("columns", 11), ("beta", 0.41), ("training", 9999)),
        *(("test", 200), ("hidden", 31), ("epochs", 199)),
    ],
)
def test_the_loss_is_that_of_the_papers_networks_alone(name, key, value):
    found = everything()
    history = found["networks"][name][0]
    settings = history.attributes["settings"]
    if key in LATTICE:
        settings = storage.origin(history.attributes)["settings"]
    expected = settings[key]
    settings[key] = value
    reason = f"The claim is about {key}: {expected}, but this run has {value}."
    assert_only_one_is_not_measured(found, "ae-loss", reason)
    settings[key] = expected
    assert verdicts(found) == verdicts(everything())


def test_other_settings_change_no_verdict():
    found = everything()
    for history, _, _ in found["networks"].values():
        history.attributes["settings"] |= {"batch": 1, "activation": "tanh"}
        storage.origin(history.attributes)["settings"] |= {"sweeps": 7}
    storage.origin(found["likeness_found"].attributes)["settings"]["source"] = "./mine"
    assert verdicts(found) == verdicts(everything())


def test_numbers_that_miss_are_not_measured_either_under_other_settings():
    found = everything()
    spoil(found, "ae-loss")
    assert verdicts(found)["ae-loss"] == "not reproduced"
    found["networks"]["half-1"][0].attributes["settings"]["epochs"] = 2
    assert verdicts(found)["ae-loss"] == "not measured"
