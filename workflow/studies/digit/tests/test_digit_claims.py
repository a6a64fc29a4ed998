"""All claims of the study together, and on which data they are measured."""

import json

from pixelwalk import ledger, storage
from studies.digit import claims, kinds
from studies.digit.measure_fractions import CUTS, KINDS

import numpy as np
import pytest

ORDER = (
    ("stationary-tests-structure", "refuted"),
    ("edge-fractions", "not reproduced"),
    ("sparse-still-five", "refuted"),
)


def from_file(content, images):
    """Content as `storage.read` gives it, two steps away from its images."""
    first = {"settings": images, "source": None}
    second = {"settings": {"label": "no"}, "source": first}
    content.path = f"results/digit/{content.kind}.h5"
    content.attributes = {"settings": {}, "source": second}
    return content


def everything(dataset="MNIST", label=5):
    """Results under which every claim holds."""
    images = claims.PAPER_IMAGES | {"dataset": dataset, "label": label}
    numbers = np.tile(np.array(claims.PAPER_PERCENT), (len(KINDS), 1))
    votes = np.zeros((2, 10))
    votes[:, label] = 1
    contents = {
        "likeness": kinds.Likeness(
            first=np.array([0.99, 0.98, 0.1]),
            choices=np.tile([0.99, 0.98, 0.1], (30, 1)),
            nulls=np.tile([0.5, 0.5, 0.0], (30, 1)),
        ),
        "fractions": kinds.Fractions(
            kinds=list(KINDS),
            cuts=list(CUTS),
            first=numbers,
            choices=numbers + np.linspace(-0.2, 0.2, 30)[:, None, None],
            nulls=numbers + 2 + np.linspace(-0.2, 0.2, 30)[:, None, None],
        ),
        "reading": kinds.Reading(
            labels=[str(digit) for digit in range(10)],
            label=label,
            cuts=["at-0", "at-0.10"],
            active=np.array([0.3, 0.1]),
            probabilities=votes,
            mean_probabilities=votes[0],
            accuracy=0.97,
            tested=10_000,
            tried=np.arange(10),
            graphs=["images", "independent pixels", "products of means"],
            trials=np.ones((3, 10, 10)) * np.array([1, 0, 0])[:, None, None],
            trial_active=np.full((3, 10, 10), 0.005),
        ),
    }
    return {name: from_file(each, images) for name, each in contents.items()}


def verdicts(contents):
    return {claim["id"]: claim["verdict"] for claim in claims.judge_all(**contents)}


def spoil(contents, name):
    """Change the results so that one claim fails, and no other."""
    match name:
        case "stationary-tests-structure":
            contents["likeness"].nulls[:, 0] = 0.995
        case "stationary-tests-structure, spread":
            contents["likeness"].nulls[:5, 0] = 0.995
        case "edge-fractions":
            contents["fractions"].choices += 1
        case "edge-fractions, null":
            contents["fractions"].nulls -= 2
        case "sparse-still-five":
            contents["reading"].trials[0] = 0
        case "sparse-still-five, half":
            contents["reading"].trials[0, :5] = 0
        case "sparse-still-five, null":
            contents["reading"].trials[1] = 1
        case "sparse-still-five, products":
            contents["reading"].trials[2] = 1
        case "sparse-still-five, reader":
            contents["reading"].accuracy = 0.5


def test_results_under_which_everything_holds():
    good = {"not reproduced": "reproduced", "refuted": "supported"}
    assert verdicts(everything()) == {name: good[bad] for name, bad in ORDER}


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        *ORDER,
        ("stationary-tests-structure, spread", "undecided"),
        ("edge-fractions, null", "undecided"),
        ("sparse-still-five, half", "undecided"),
        ("sparse-still-five, null", "undecided"),
        ("sparse-still-five, products", "undecided"),
        ("sparse-still-five, reader", "undecided"),
    ],
)
def test_changed_data_turn_one_verdict_and_no_other(name, bad):
    before, contents = verdicts(everything()), everything()
    spoil(contents, name)
    assert verdicts(contents) == before | {name.partition(",")[0]: bad}


def test_the_claims_stand_in_the_order_of_the_paper_and_can_be_saved(tmp_path):
    judged = claims.judge_all(**everything())
    assert [claim["id"] for claim in judged] == [name for name, _ in ORDER]
    ledger.save(tmp_path / "digit.json", "digit", judged)
    assert ledger.read(tmp_path / "digit.json") == [
        claim | {"study": "digit"} for claim in judged
    ]


def test_each_claim_names_its_file_and_its_figure():
    judged = claims.judge_all(**everything())
    names = ["likeness", "fractions", "reading"]
    assert [claim["evidence"] for claim in judged] == [
        [f"results/digit/{name}.h5"] for name in names
    ]
    figures = ["figure4", "figure5", "figure5"]
    assert [claim["figures"] for claim in judged] == [[name] for name in figures]


@pytest.mark.parametrize("dataset", ["the 8 x 8 digits of scikit-learn", "my files"])
def test_other_images_are_judged_and_named_but_for_the_papers_percentages(dataset):
    before, judged = verdicts(everything()), claims.judge_all(**everything(dataset))
    expected = before | {"edge-fractions": "not measured"}
    assert {claim["id"]: claim["verdict"] for claim in judged} == expected
    assert all(dataset in claim["note"] for claim in judged)
    assert judged[1]["measured"] == judged[1]["null"] == {} and judged[1]["evidence"]
    assert json.loads(json.dumps(judged)) == judged


@pytest.mark.parametrize(
    ("key", "value"),
    [("part", "test"), ("label", 3), ("count", 199), ("choose", "random")],
)
def test_the_percentages_are_those_of_the_papers_images_alone(key, value):
    before = verdicts(everything())
    contents = everything(label=value) if key == "label" else everything()
    for content in contents.values():
        storage.origin(content.attributes)["settings"][key] = value
    assert verdicts(contents) == before | {"edge-fractions": "not measured"}
    (claim,) = (c for c in claims.judge_all(**contents) if c["id"] == "edge-fractions")
    expected = claims.PAPER_IMAGES[key]
    assert claim["note"] == (
        f"The numbers are of {key}: {expected}, but this run has {value}."
    )


def test_other_settings_change_no_verdict():
    contents = everything()
    for content in contents.values():
        storage.origin(content.attributes)["settings"]["source"] = "./mine"
    assert verdicts(contents) == verdicts(everything())


def test_a_claim_names_its_images_and_gives_every_label_and_cut():
    claim = claims.judge_all(**everything(label=3))[-1]
    figure = claim["measured"]["graph of the figure"]
    assert figure["at-0.10"]["share of votes for 3"] == 1
    assert claim["measured"]["read, by label"]["7"]["share"] == 1
    assert claim["null"]["independent pixels, by label"]["7"]["share"] == 0
    assert "MNIST, labels 0, 1, 2" in claim["note"]


def test_every_measurement_has_its_null_and_its_source():
    for claim in claims.judge_all(**everything()):
        assert claim["nature"] == "measurement" and claim["source"] == "paper"
        assert claim["measured"] and claim["null"]
