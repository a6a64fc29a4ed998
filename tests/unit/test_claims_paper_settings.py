"""The paper's numbers are looked for under the paper's settings alone."""

import json

import pytest
from test_claims_paper import FIVES, everything, verdicts

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


@pytest.mark.parametrize(
    ("key", "value"),
    [("part", "test"), ("label", 3), ("count", 199), ("choose", "random")],
)
def test_the_shares_are_those_of_the_papers_images_alone(key, value):
    found = everything(label=value) if key == "label" else everything()
    for name in ("likeness_found", "fractions_found", "read", "stepped"):
        storage.origin(found[name].attributes)["settings"][key] = value
    reason = f"The claim is about {key}: {FIVES[key]}, but this run has {value}."
    assert_only_one_is_not_measured(found, "edge-fractions", reason)


def test_other_settings_change_no_verdict():
    found = everything()
    storage.origin(found["likeness_found"].attributes)["settings"]["source"] = "./mine"
    assert verdicts(found) == verdicts(everything())


def test_of_two_reasons_that_of_the_data_comes_first():
    found = everything("my files", label=3)
    (entry,) = (e for e in paper.judge(**found) if e["id"] == "edge-fractions")
    assert "my files" in entry["note"] and "label" not in entry["note"]
