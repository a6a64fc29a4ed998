"""Configurations that are right, and every kind that is not."""

import copy
import json
import re
from pathlib import Path

import pytest
import yaml

from pixelwalk.config import schema, settings
from pixelwalk.sources.mnist import without_password
from places import STUDIES

ROOT = Path(__file__).parents[2]
SCHEMA = schema.load(STUDIES)
# By way of JSON, because entries that YAML aliases are one and the same object.
DEFAULT = json.loads(
    json.dumps(yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8")))
)
NAN, INFINITE = float("nan"), float("inf")


@pytest.fixture
def config():
    return copy.deepcopy(DEFAULT)


def change(config, keys, value):
    """Put a value where the keys lead; the last of them may be new."""
    *rooms, last = keys if isinstance(keys, tuple) else keys.split(".")
    for room in rooms:
        config = config[room]
    config[last] = value


def refusal(config):
    """The one line with which a configuration is refused."""
    with pytest.raises(ValueError) as error:
        settings.check(config, SCHEMA)
    line = str(error.value)
    assert "\n" not in line
    return line


def assert_refused(config, keys, value, key, expected):
    change(config, keys, value)
    line = refusal(config)
    assert line.startswith(f"{key}: "), line
    assert expected in line, line


def test_the_default_passes_and_is_complete(config):
    settings.check(config, SCHEMA)
    assert config == DEFAULT  # so that config.yaml shows every knob


def test_defaults_are_filled_in(config):
    config["ising"]["lattice-half"] = {
        **{"rows": 3, "columns": 4, "beta": 0.1, "training": 5, "bonds": "half"}
    }
    settings.check(config, SCHEMA)
    filled = config["ising"]["lattice-half"]
    assert filled["boundary"] == "free" and filled["sweeps"] == 200
    assert filled["test"] == 0


@pytest.mark.parametrize(
    ("keys", "key", "hint"),
    [
        ("sed", "the configuration", "did you mean 'seed'?"),
        ("autoencodrs", "the configuration", "did you mean 'autoencoders'?"),
        ("mnist.mirors", "mnist", "did you mean 'mirrors'?"),
        ("ising.lattice-half.colums", "ising.lattice-half", "did you mean 'columns'?"),
        ("images.fives.lable", "images.fives", "did you mean 'label'?"),
        ("graphs.fives.Kind", "graphs.fives", "did you mean 'kind'?"),
        ("autoencoders.half-1.epoch", "autoencoders.half-1", "did you mean 'epochs'?"),
        ("paper.digits", "paper", "did you mean 'digit'?"),
        ("paper.recovery.size", "paper.recovery", "did you mean 'sizes'?"),
        ("paper.lattices.full", "paper.lattices", "known are half, standard"),
        (("ising", "lattice-half", 7), "ising.lattice-half", "unknown key '7'"),
    ],
)
def test_an_unknown_key(config, keys, key, hint):
    assert_refused(config, keys, 1, key, hint)


def test_a_study_that_there_is_not(config):
    assert_refused(config, "studies", ["linear", "toy"], "studies.1", "autoencoder, di")


def test_a_mistyped_key_is_named_even_if_the_right_one_is_missing(config):
    ensemble = config["ising"]["autoencoder-half"]
    ensemble["bta"] = ensemble.pop("beta")
    assert "did you mean 'beta'?" in refusal(config)


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ("seed", "the configuration"),
        ("mnist", "the configuration"),
        ("paper", "the configuration"),
        ("mnist.mirrors", "mnist"),
        ("ising.lattice-half.rows", "ising.lattice-half"),
        ("ising.lattice-half.training", "ising.lattice-half"),
        ("images.fives.source", "images.fives"),
        ("graphs.fives.kind", "graphs.fives"),
        ("paper.digit", "paper"),
        ("paper.recovery.sizes", "paper.recovery"),
        ("paper.lattices.half", "paper.lattices"),
    ],
)
def test_a_missing_key(config, keys, key):
    *rooms, last = keys.split(".")
    at = config
    for room in rooms:
        at = at[room]
    del at[last]
    line = refusal(config)
    assert line.startswith(f"{key}: '{last}' is missing; expected ")


@pytest.mark.parametrize(
    ("keys", "values", "expected"),
    [
        ("seed", ["x", -1, 2**32, 1.5, NAN, None, True], "a whole number, 0 to 42949"),
        ("fallback", ["cats", None, True], "none or digits"),
        ("studies", ["linear", None, ["digit", "digit"]], "all, or a list of studies"),
        ("mnist", [None, []], "a mapping"),
        ("mnist.mirrors", [[], "http://x/", None], "a list of at least one address"),
        ("mnist.timeout", [0, -1, 3601, INFINITE, "20"], "seconds, above 0"),
        ("mnist.timeout", [NAN], "a finite number"),
        ("mnist.retries", [-1, 11, 1.5], "a whole number, 0 to 10"),
        ("ising", [None, [], 5], "a mapping from names to ensembles"),
        ("ising.lattice-half", [None, 3], "the settings of an ensemble"),
        ("ising.lattice-half.rows", [0, 1025, "x", True, 1.5], "sites, 1 to 1024"),
        ("ising.lattice-half.beta", [-1001, INFINITE, "1e-3"], "inverse temperature"),
        ("ising.lattice-half.field", [-1001, "strong"], "an external field"),
        ("ising.lattice-half.method", ["metropolis"], "auto, exact, gibbs or swendsen"),
        ("ising.lattice-half.budget", [0, 1.5], "a whole number of at least 1"),
        ("ising.lattice-half.beta", [NAN], "a finite number"),
        ("ising.lattice-half.boundary", ["closed", None], "free, periodic or helical"),
        ("ising.lattice-half.bonds", ["double", 0.5], "half or standard"),
        ("ising.lattice-half.sweeps", [-1, 1.5], "a whole number of at least 0"),
        ("ising.lattice-half.training", [0, -5], "a whole number of at least 1"),
        ("ising.lattice-half.test", [-1], "a whole number of at least 0"),
        ("images.fives.source", ["", "folder", 5, None], "mnist, digits, or a folder"),
        ("images.fives.part", ["both", "t10k"], "train or test"),
        ("images.fives.label", [-1, 1.5, True], "at least 0, the name of a"),
        ("images.fives.count", [0, "some", 1.5], "at least 1, or all"),
        ("images.fives.choose", ["last"], "first or random"),
        ("graphs.fives.kind", ["cor", None], "coactivation, same-state, same-value"),
        ("graphs.fives.level", [-2, 256, 0.5], "a whole number, -1 to 255"),
        ("graphs.fives.square", [1, "yes"], "true or false"),
        ("graphs.fives.cuts", [[], "at-0", ["at-0"] * 2], "at least one cut, none"),
        ("graphs.fives.teleport", [0, 1, -0.1, 1.2, "x"], "the chance of a jump"),
        ("graphs.fives.teleport", [0.00009, 0.99991], "0.0001 to 0.9999"),
        ("graphs.fives.teleport", [NAN], "a finite number"),
        ("autoencoders.half-1", [None, []], "the settings of an autoencoder"),
        ("autoencoders.half-1.hidden", [0, "x"], "a whole number of at least 1"),
        ("autoencoders.half-1.activation", ["rely"], "a Keras activation"),
        ("autoencoders.half-1.optimizer", ["Adam", None], "a Keras optimizer"),
        ("autoencoders.half-1.learning_rate", [0, 11], "above 0 and at most 10"),
        ("paper.autoencoders.half", [[], "half-1", ["half-1"] * 2], "none twice"),
        ("paper.recovery.sizes", [[], 20, [20, 20]], "an ascending list"),
        ("paper.recovery.sizes", [[60, 20]], "ascending"),
        ("paper.choices", [19, 20.5], "a whole number of at least 20"),
        ("paper.permutations", [98], "a whole number of at least 99"),
    ],
)
def test_a_value_that_cannot_be(config, keys, values, expected):
    for value in values:
        assert_refused(copy.deepcopy(config), keys, value, keys, expected)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("seed", 7.0),
        ("ising.lattice-half.rows", 4.0),
        ("ising.lattice-half.training", 60.0),
        ("images.fives.label", 5.0),
        ("images.fives.count", 40.0),
        ("autoencoders.half-1.hidden", 4.0),
        ("paper.choices", 20.0),
    ],
)
def test_a_whole_number_with_a_point_is_refused_or_made_whole(config, keys, value):
    change(config, keys, value)
    try:
        settings.check(config, SCHEMA)
    except ValueError as error:
        assert str(error).startswith(f"{keys}: expected")
    else:
        for key in keys.split("."):
            config = config[key]
        assert isinstance(config, int)


@pytest.mark.parametrize(
    "cut",
    [
        *("at-1.1", "at--1", "top-2", "best-3", "at-", "at-x", "at-1e-3", " at-0"),
        *("at-0\n", 0.1, None),
    ],
)
def test_a_cut_that_cannot_be(config, cut):
    change(config, "graphs.fives.cuts", ["at-0", cut])
    line = refusal(config)
    assert line.startswith("graphs.fives.cuts.1: expected at-x or top-x")


@pytest.mark.parametrize(
    "name", ["../x", "..", "", "a/b", "a b", "-x", ".x", "x\n", "ä", "a" * 65, 5, None]
)
@pytest.mark.parametrize(
    "section",
    ["ising", "images", "graphs", "autoencoders", "matrices", "linear", "programme"],
)
def test_a_name_that_cannot_be(config, section, name):
    config[section][name] = next(iter(config[section].values()))
    line = refusal(config)
    assert line.startswith(f"{section}: the name ") and "is not usable" in line


@pytest.mark.parametrize(
    "mirror",
    [
        *("ftp://x/", "x", "http://", "http:///x", "file:x", "http://x/ y"),
        *("http://x/\n", "", None),
    ],
)
def test_a_mirror_that_cannot_be(config, mirror):
    change(config, "mnist.mirrors", ["https://example.org/", mirror])
    assert refusal(config).startswith(
        "mnist.mirrors.1: expected an address of a folder"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        *("ftp://me:secret@x/", "http://me:sec ret@x/", "me:secret@x", "//me:secret@x"),
        *("file://me:secret@x/", "http:///me:secret@x/", [["//me:secret@x/"]]),
        {"http://me:secret@x/": 1},
    ],
)
def test_a_wrong_mirror_is_told_without_its_password(config, wrong):
    for mirrors in ([wrong], wrong):
        changed = copy.deepcopy(config)
        change(changed, "mnist.mirrors", mirrors)
        line = refusal(changed)
        assert line.startswith("mnist.mirrors") and not re.search("sec|ret@|me:", line)
    change(config, "mnist", {"mirrors": ["http://x/"], "http://me:secret@x/": None})
    assert "unknown key 'http://***@x/'" in refusal(config)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:secret@example.org/mnist/", "https://***@example.org/mnist/"),
        ("https://me@example.org:80/", "https://***@example.org:80/"),
        ("http://me:a/b@c//d@e/", "http://***@e/"),
        ("https://example.org/mnist/", None),
        ("file:///home/me:you@home/mnist/", None),
        ("./me@home/", None),
    ],
)
def test_an_address_without_its_password(config, address, shown):
    assert without_password(address) == (shown or address)
    mirrors = ["http://x/", address]
    change(config, "kmnist.mirrors", mirrors)
    assert settings.take_passwords(config) == ({"kmnist": mirrors} if shown else {})
    assert config["kmnist"]["mirrors"] == ["http://x/", shown or address]


@pytest.mark.parametrize(
    ("keys", "value", "key", "expected"),
    [
        (
            "graphs.fives.images",
            "tens",
            "graphs.fives.images",
            "an entry of 'images'",
        ),
        ("graphs.lattice-half.ising", "x", "graphs.lattice-half.ising", "'ising'"),
        ("graphs.fives.ising", "lattice-half", "graphs.fives", "got ising and images"),
        ("graphs.fives", {"kind": "product"}, "graphs.fives", "got neither"),
        ("autoencoders.half-1", {}, "autoencoders.half-1", "got neither"),
        ("autoencoders.half-1.images", "fives", "autoencoders.half-1", "exactly one"),
        ("autoencoders.half-1.test", "test", "autoencoders.half-1", "test part of its"),
        (
            "autoencoders.half-1",
            {"images": "fives"},
            "autoencoders.half-1",
            "expected 'test' beside 'images'",
        ),
        (
            "autoencoders.half-1",
            {"images": "fives", "test": "x"},
            "autoencoders.half-1.test",
            "an entry of 'images' (fives, zeros, ones, ",
        ),
        (
            "ising.autoencoder-half.test",
            0,
            "autoencoders.half-1.ising",
            "an ensemble with test samples",
        ),
        ("ising.recovery-half.training", 99, "paper.recovery.sizes", "at most 99"),
        ("paper.autoencoders.half", ["x"], "paper.autoencoders.half", "'autoencoders'"),
        (
            "paper.autoencoders.half",
            ["half-1", "standard-1"],
            "paper.autoencoders.half",
            "bonds: half, got 'standard-1'",
        ),
        ("paper.lattices.half", "fives", "paper.lattices.half", "bonds: half"),
        ("paper.lattices.standard", "x", "paper.lattices.standard", "'graphs'"),
        ("paper.recovery.half", "lattice-standard", "paper.recovery.half", "bonds: h"),
        ("paper.recovery.half", "x", "paper.recovery.half", "an entry of 'ising'"),
        ("paper.digit", "x", "paper.digit", "an entry of 'graphs'"),
        ("paper.digit", "lattice-half", "paper.digit", "images of one label"),
        ("images.fives.label", "any", "paper.digit", "images of one label"),
        ("paper.population", "x", "paper.population", "an entry of 'images'"),
        ("paper.test", "fives-test", "paper.test", "an entry of 'images'"),
    ],
)
def test_names_that_do_not_fit_together(config, keys, value, key, expected):
    assert_refused(config, keys, value, key, expected)


@pytest.mark.parametrize("size", [(1, 5), (5, 1), (2, 2), (2, 9)])
def test_a_periodic_lattice_that_is_too_small(config, size):
    rows, columns = size
    config["ising"]["lattice-half"] |= {
        **{"rows": rows, "columns": columns, "boundary": "periodic"}
    }
    assert f"got {rows} x {columns}" in refusal(config)
    config["ising"]["lattice-half"]["boundary"] = "free"
    settings.check(config, SCHEMA)


def test_an_error_stays_one_line_whatever_came(config):
    config["ising"]["lattice-half"]["two\nlines"] = 1
    assert "ising.lattice-half" in refusal(config)


@pytest.mark.parametrize("nonsense", [[], "text", 5, None])
def test_what_is_no_mapping_at_all(nonsense):
    with pytest.raises(ValueError, match="the configuration: expected"):
        settings.check(nonsense, SCHEMA)
