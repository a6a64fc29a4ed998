"""Which jobs of the study another choice of networks reruns."""

from edits import compare, setting, several

import pytest

AGAIN = setting("autoencoders", "again", to={"ising": "half", "epochs": 1})


def without_replicas(place, config):
    """Leave out the ensembles that the claims are about."""
    del config["paper"]["replicas"]
    place.configure(config)


TABLE = {
    "one network more for the claims": (
        several(AGAIN, setting("paper", "autoencoders", "half", to=["half", "again"])),
        "train_autoencoder again, write_summary",
    ),
    "no replicas": (without_replicas, "judge_autoencoder, write_summary"),
    "one before the first network": (
        several(AGAIN, setting("paper", "autoencoders", "half", to=["again", "half"])),
        "train_autoencoder again, train_replicas, write_summary",
    ),
}


@pytest.mark.parametrize("edit", TABLE)
def test_a_choice_reruns_what_it_reaches(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == expected
    figures = {"draw_figure1", "draw_figure2"}
    assert figures & set(seen) == (figures if "before" in edit else set())
