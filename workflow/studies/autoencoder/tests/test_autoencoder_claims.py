"""The verdicts on the autoencoder follow from the numbers in the files."""

import json
from types import SimpleNamespace

from pixelwalk import ledger, storage
from studies.autoencoder import claims, claims_weights
from studies.autoencoder.comparisons import ways
from studies.autoencoder.kinds import Learned, Replicas

import numpy as np
import pytest

ROLES = ("half", "standard", "infinite")
NETWORKS = 8

#: Settings behind the numbers that the paper prints.
LATTICE = {"rows": 10, "columns": 10, "training": 80_000, "test": 16_000}
NETWORK = {"hidden": 32, "epochs": 200, "networks": NETWORKS}

#: Numbers of each network under which every claim holds, and those of noise.
GOOD = {
    **{"network": 0.9, "constant": 0.5, "neighbours": 0.7, "components": 0.8},
    **{"reference": 0.75, "spread": 3.0, "permuted_spread": 4.0},
    **{"clustering": 0.4, "permuted_clustering": -0.01},
    **{"likeness": 0.7, "permuted_likeness": 0.3},
    **{"blocks": 0.9, "untrained_blocks": 0.6, "scattered_blocks": 0.7},
}
NOISE = {
    **{"network": 0.77, "constant": 0.5, "neighbours": 0.5, "components": 0.76},
    **{"reference": 0.77, "spread": 4.0, "permuted_spread": 4.0},
    **{"clustering": -0.01, "permuted_clustering": -0.01},
    **{"likeness": 0.3, "permuted_likeness": 0.3},
    **{"blocks": 0.3, "untrained_blocks": 0.3, "scattered_blocks": 0.3},
}
JUDGES = {
    "ae-reconstruction": claims.judge_reconstruction,
    "ae-local-weights": claims_weights.judge_local,
    "ae-like-filters": claims_weights.judge_like_filters,
    "hidden-spins": claims_weights.judge_hidden_spins,
}
each_judge = pytest.mark.parametrize("name", JUDGES)


def content(role, kind, arrays, *, beta):
    """Content of a file two steps away from the samples that it began with."""
    beta = 0 if role == "infinite" else beta
    first = {"settings": LATTICE | {"beta": beta, "bonds": role}, "source": None}
    attributes = {"settings": dict(NETWORK), "source": first}
    return SimpleNamespace(
        path=f"results/ising/{role}/{kind.kind}.h5",
        attributes=attributes,
        datasets=kind.datasets,
        **arrays,
    )


def scattered(mean, deviation=0.001, n=NETWORKS):
    """Values of that exact mean and standard deviation."""
    values = np.linspace(-1, 1, n)
    return mean + deviation * values / values.std(ddof=1)


def learned(half=(), standard=(), infinite=(), *, beta=0.4, deviation=0.001):
    """Files of GOOD numbers, of NOISE at infinite temperature, with changes."""
    files = {}
    for role, changes in zip(ROLES, (half, standard, infinite), strict=True):
        numbers = (NOISE if role == "infinite" else GOOD) | dict(changes)
        generator = np.random.default_rng([1, ROLES.index(role)])
        arrays = {
            name: generator.permutation(scattered(value, deviation))
            for name, value in numbers.items()
        }
        files[role] = content(role, Learned, arrays, beta=beta)
    return files


def replicas(half=0.385, standard=0.2, infinite=0.6, *, beta=0.4, fall=0.0):
    """Files of losses that end there, and fall over the last quarter."""
    files = {}
    for role, last in zip(ROLES, (half, standard, infinite), strict=True):
        curve = np.concatenate([np.linspace(0.7, last + fall, 150), np.zeros(50)])
        curve[150:] = np.linspace(last + fall, last, 51)[1:]
        val_loss = curve + np.roll(scattered(0), ROLES.index(role))[:, np.newaxis]
        arrays = {"loss": val_loss, "val_loss": val_loss}
        files[role] = content(role, Replicas, arrays, beta=beta)
    return files


def test_results_under_which_all_claims_hold():
    losses, files = replicas(), learned()
    judged = [claims.judge_loss(losses), claims.judge_stabilised(losses)]
    judged += [judge(files) for judge in JUDGES.values()]
    assert [(claim["id"], claim["verdict"]) for claim in judged] == [
        ("ae-loss", "reproduced"),
        ("ae-loss-stabilised", "supported"),
        *((name, "supported") for name in JUDGES),
    ]
    for claim in judged:
        kind = "replicas" if "loss" in claim["id"] else "learned"
        assert claim["evidence"] == [f"results/ising/{r}/{kind}.h5" for r in ROLES]
        assert claim["null"] and claim["nature"] == "measurement"
        assert "8 networks" in claim["note"]
    text = ledger.to_json([claim | {"study": "autoencoder"} for claim in judged])
    assert [one["id"] for one in json.loads(text)] == [one["id"] for one in judged]


# The guard: samples without structure are nothing to judge by.


@each_judge
def test_noise_that_is_called_anything_else_supports_nothing(name):
    noise = learned(NOISE, NOISE)
    assert JUDGES[name](noise)["verdict"] in ("refuted", "undecided")


@each_judge
def test_samples_at_infinite_temperature_are_not_judged(name):
    claim = JUDGES[name](learned(beta=0))
    assert claim["verdict"] == "not measured" and claim["null"] == {}
    assert claim["note"] == "Samples at infinite temperature have no structure."
    assert list(ways(learned(beta=0))) == []


@pytest.mark.parametrize("judge", [claims.judge_loss, claims.judge_stabilised])
def test_losses_at_infinite_temperature_are_not_judged(judge):
    assert judge(replicas(beta=0))["verdict"] == "not measured"


def test_a_configuration_without_replicas_measures_nothing():
    judges = [claims.judge_loss, claims.judge_stabilised, *JUDGES.values()]
    for judge in judges:
        claim = judge({})
        assert claim["verdict"] == "not measured" and claim["measured"] == {}
        assert "paper.replicas" in claim["note"]


@each_judge
def test_one_way_of_counting_bonds_is_enough(name):
    assert JUDGES[name](learned(NOISE, ()))["verdict"] == "supported"
    assert JUDGES[name](learned((), NOISE))["verdict"] == "supported"


@each_judge
def test_wide_intervals_decide_nothing(name):
    assert JUDGES[name](learned(deviation=2))["verdict"] == "undecided"


# Each part of each criterion turns its verdict: worse in one number, both ways.


@pytest.mark.parametrize(
    ("name", "changes", "infinite"),
    [
        ("ae-reconstruction", {"constant": 0.95}, {}),
        ("ae-reconstruction", {"neighbours": 0.95}, {}),
        ("ae-reconstruction", {"reference": 0.95}, {}),
        ("ae-reconstruction", {}, {"network": 0.95}),
        ("ae-local-weights", {"spread": 4.1}, {"spread": 4.2}),
        ("ae-local-weights", {"clustering": -0.05}, {"clustering": -0.1}),
        ("ae-local-weights", {}, {"spread": 2.0}),
        ("ae-local-weights", {}, {"clustering": 0.5}),
        ("ae-like-filters", {"likeness": 0.49}, {}),
        ("ae-like-filters", {"permuted_likeness": 0.75}, {}),
        ("ae-like-filters", {}, {"likeness": 0.75}),
        ("hidden-spins", {"untrained_blocks": 0.95}, {"untrained_blocks": 0.9}),
        ("hidden-spins", {}, {"blocks": 0.9}),
    ],
)
def test_every_part_of_a_criterion_can_refute(name, changes, infinite):
    claim = JUDGES[name](learned(changes, changes, infinite))
    assert claim["verdict"] == "refuted"
    # The same part, with an interval that includes the threshold.
    wide = learned(changes, changes, infinite, deviation=1)
    assert JUDGES[name](wide)["verdict"] == "undecided"


def test_principal_components_are_told_and_decide_nothing():
    better = {"components": 0.99}
    claim = claims.judge_reconstruction(learned(better, better))
    assert claim["verdict"] == "supported"
    told = claim["measured"]["half"]["principal components"]
    assert told["value"] == pytest.approx(0.99)


def test_numbers_are_means_over_networks_by_students_t():
    claim = claims_weights.judge_local(learned())
    own = claim["measured"]["half"]
    assert own["narrowing"]["value"] == pytest.approx(0.25, abs=1e-3)
    assert own["clustering above permuted pixels"]["value"] == pytest.approx(0.41)
    assert own["spread"]["n"] == NETWORKS
    low, high = own["spread"]["interval"]
    assert high - low == pytest.approx(2 * 2.364624 * 0.001 / 8**0.5, rel=1e-5)
    null = claim["null"]["half, permuted pixels"]
    assert null["clustering"]["value"] == pytest.approx(-0.01)


# The loss.


@pytest.mark.parametrize(
    ("half", "standard", "expected"),
    [
        (0.385, 0.2, "reproduced"),
        (0.2, 0.385, "reproduced"),
        (0.378, 0.2, "reproduced"),
        (0.392, 0.2, "reproduced"),
        (0.372, 0.2, "not reproduced"),
        (0.398, 0.2, "not reproduced"),
        (0.3751, 0.2, "undecided"),
        (0.3949, 0.2, "undecided"),
    ],
)
def test_the_interval_of_the_loss_lies_within_a_hundredth(half, standard, expected):
    assert claims.judge_loss(replicas(half, standard))["verdict"] == expected


def test_a_loss_that_noise_has_too_is_not_reproduced():
    assert claims.judge_loss(replicas(infinite=0.38))["verdict"] == "not reproduced"
    assert claims.judge_loss(replicas(infinite=0.3855))["verdict"] == "undecided"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        *(("rows", 9, 9), ("columns", 11, 11), ("beta", 0.41, 0.41)),
        *(("training", 79_992, 9999), ("test", 1600, 200)),
        *(("hidden", 31, 31), ("epochs", 199, 199)),
    ],
)
@pytest.mark.parametrize("role", ["half", "standard"])
def test_the_loss_is_that_of_the_papers_networks_alone(key, value, told, role):
    files = replicas()
    settings = files[role].attributes["settings"]
    if key not in settings:
        settings = storage.origin(files[role].attributes)["settings"]
    settings[key] = value
    claim = claims.judge_loss(files)
    assert claim["verdict"] == "not measured" and claim["measured"] == {}
    assert claim["note"].startswith(f"The claim is about {key}: ")
    assert claim["note"].endswith(f"but this run has {told}.")
    assert claims.judge_stabilised(files)["verdict"] == "supported"


# Whether it has stabilised.


@pytest.mark.parametrize(
    ("fall", "expected"),
    [(0.004, "supported"), (0.006, "refuted"), (-0.1, "supported")],
)
def test_a_small_fall_over_the_last_quarter_is_stable(fall, expected):
    claim = claims.judge_stabilised(replicas(fall=fall))
    assert claim["verdict"] == expected
    assert claim["measured"]["half"]["value"] == pytest.approx(fall)


def test_a_fall_that_varies_between_networks_is_undecided():
    files = replicas(fall=0.004)
    for role in ("half", "standard"):
        files[role].val_loss[:, -1] += scattered(0, 0.01)
    assert claims.judge_stabilised(files)["verdict"] == "undecided"


def test_a_loss_that_fell_no_more_at_first_is_not_stabilised():
    files = replicas()
    for one in files.values():
        one.val_loss[:, :] = np.linspace(0.5, 0.49, 200)
    assert claims.judge_stabilised(files)["verdict"] == "refuted"


def test_fewer_than_four_epochs_have_no_quarters():
    files = replicas()
    for one in files.values():
        one.val_loss = one.val_loss[:, :3]
    claim = claims.judge_stabilised(files)
    assert (
        claim["verdict"] == "not measured" and claim["note"] == "Fewer than 4 epochs."
    )
