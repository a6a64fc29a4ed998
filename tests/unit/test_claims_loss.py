"""The verdict on the validation loss follows from the losses of the networks."""

import pytest

from pixelwalk.claims import loss

NEAR, FAR = [0.384, 0.386, 0.385], [0.2, 0.21, 0.205]


def verdict(half, standard):
    return loss.judge({"half": half, "standard": standard})["verdict"]


@pytest.mark.parametrize(
    ("half", "standard", "expected"),
    [
        (NEAR, FAR, "reproduced"),
        (FAR, NEAR, "reproduced"),
        (NEAR, NEAR, "reproduced"),
        (FAR, FAR, "not reproduced"),
    ],
)
def test_one_way_of_counting_bonds_is_enough(half, standard, expected):
    assert verdict(half, standard) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.3751, "reproduced"),
        (0.3949, "reproduced"),
        (0.3749, "not reproduced"),
        (0.3951, "not reproduced"),
    ],
)
def test_the_loss_lies_within_a_hundredth_on_either_side(value, expected):
    assert verdict([value], FAR) == expected


def test_the_mean_over_networks_decides_and_not_the_nearest_network():
    assert verdict([0.385, 0.385, 0.5], FAR) == "not reproduced"
    assert verdict([0.365, 0.405], FAR) == "reproduced"


def test_the_entry_tells_means_errors_and_the_nearest_convention():
    entry = loss.judge({"half": [0.25, 0.5], "standard": [0.375]})
    assert entry["id"] == "ae-loss"
    assert entry["paper"] == 0.385
    assert entry["measured"]["half"] == {
        "value": 0.375,
        "standard_error": 0.125,
        "n": 2,
    }
    assert entry["measured"]["standard"]["standard_error"] is None
    assert "'standard'" in loss.judge({"half": FAR, "standard": NEAR})["note"]
    assert "'half'" in loss.judge({"half": NEAR, "standard": FAR})["note"]
