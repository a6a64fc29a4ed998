"""Digits in the place of MNIST: everything is renamed, and nothing else is touched."""

import copy

import pytest
from test_settings import DEFAULT, SCHEMA

from pixelwalk import images
from pixelwalk.config import fallback, settings


@pytest.fixture
def config():
    config = copy.deepcopy(DEFAULT)
    settings.check(config, SCHEMA)
    return config


def replace(config):
    settings.check(config, SCHEMA)
    of_mnist = [n for n, e in config["images"].items() if e["source"] == "mnist"]
    new = fallback.replace_mnist(config, SCHEMA)
    assert len(new) == len(of_mnist) and set(new) <= set(config["images"])
    assert not set(new) & set(of_mnist)
    settings.check(config, SCHEMA)  # what comes out is a configuration too
    return config


def test_everything_of_mnist_is_named_digits(config):
    before = copy.deepcopy(config)
    replace(config)
    assert set(config["images"]) == {f"digits-{name}" for name in before["images"]}
    assert {entry["source"] for entry in config["images"].values()} == {"digits"}
    spins = {"lattice-half", "lattice-standard", "periodic"}
    over_images = {f"digits-{name}" for name in set(before["graphs"]) - spins}
    assert set(config["graphs"]) == spins | over_images
    assert config["graphs"]["digits-fives"]["images"] == "digits-fives"
    paper = config["paper"]
    assert paper["digit"] == "digits-fives"
    assert (paper["population"], paper["test"]) == ("digits-training", "digits-test")
    assert paper["programme"] == {"lattice": "periodic", "images": "digits-fives"}
    assert (
        config["programme"]["digits-fives"].items()
        >= {
            **{
                "graph": "digits-fives",
                "images": "digits-training",
                "test": "digits-test",
            }
        }.items()
    )
    spins = ["spins-plane", "spins-line"]
    assert paper["linear"] == ["digits-fives-plane", "digits-fives-line", *spins]
    reduced = [config["linear"][name]["reduce"] for name in paper["linear"]]
    assert reduced == [1, 1, 1, 1]  # digits are small as they are
    for section in ("seed", "mnist", "ising", "autoencoders", "matrices"):
        assert config[section] == before[section]


def test_sets_that_are_not_of_mnist_keep_their_names(config):
    config["images"]["mine"] = {"source": "./mine", "label": 3}
    config["images"]["embedded"] = {"source": "digits", "label": 3}
    config["graphs"]["mine"] = {"images": "mine", "kind": "product"}
    replace(config)
    assert config["images"]["mine"]["source"] == "./mine"
    assert {"mine", "embedded"} <= set(config["images"])
    assert config["graphs"]["mine"]["images"] == "mine"


def test_a_set_of_the_new_name_is_not_lost(config):
    own = {"source": "digits", "label": 3, "count": 7}
    config["images"]["digits-fives"] = own.copy()
    config["graphs"]["digits-fives"] = {"images": "digits-fives", "kind": "product"}
    images, graphs = len(config["images"]), len(config["graphs"])
    replace(config)
    assert own.items() <= config["images"]["digits-fives"].items()
    assert config["images"]["digits-digits-fives"]["label"] == 5
    assert len(config["images"]) == images
    assert len(config["graphs"]) == graphs


@pytest.mark.parametrize(
    ("training", "test"), [("training", "test"), ("mine", "test"), ("training", "mine")]
)
def test_an_autoencoder_follows_its_image_sets(config, training, test):
    config["images"]["mine"] = {"source": "digits"}
    config["autoencoders"]["of-images"] = {"images": training, "test": test}
    replace(config)
    (entry,) = (e for n, e in config["autoencoders"].items() if "of-images" in n)
    assert entry["images"] in config["images"] and entry["test"] in config["images"]


@pytest.mark.parametrize("part", ["train", "test"])
def test_no_set_asks_for_more_digits_than_there_are(config, part):
    _, labels = images.embedded_digits(part)
    config["images"] |= {
        f"of-{digit}": {"source": "mnist", "part": part, "label": digit, "count": 5000}
        for digit in range(10)
    }
    replace(config)
    for entry in config["images"].values():
        if entry["part"] == part and entry["label"] != "any":
            available = int((labels == entry["label"]).sum())
            assert entry["count"] == "all" or entry["count"] <= available
