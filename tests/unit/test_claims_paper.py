"""All claims together, from files as `storage.read` gives them."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from pixelwalk import ledger, storage
from pixelwalk.claims import fractions, paper, reconstruction, steps

ORDER = (
    ("ae-loss", "not reproduced"),
    ("ae-reconstruction", "refuted"),
    ("ae-local-weights", "refuted"),
    ("ising-adjacency", "refuted"),
    ("stationary-mean", "refuted"),
    ("edge-fractions", "not reproduced"),
    ("sparse-still-five", "refuted"),
    ("step-invariance", "refuted"),
)
LOSS = {"half": 0.385, "standard": 0.2}
SPINS = np.random.default_rng(1).integers(0, 2, (50, 4, 4)).astype(float)


#: What stands behind the numbers that the paper prints.
LATTICE = {"rows": 10, "columns": 10, "beta": 0.4, "training": 10_000, "test": 2000}
NETWORK = {"hidden": 32, "epochs": 200}
FIVES = {"part": "train", "label": 5, "count": 200, "choose": "first"}


def made(name, settings, *, own=(), **arrays):
    """A file two steps away from the samples or images that it began with."""
    first = {"settings": settings, "source": None}
    second = {"settings": {"bonds": "no", "label": "no"}, "source": first}
    attributes = {"settings": dict(own), "source": second}
    return SimpleNamespace(path=f"results/{name}.h5", attributes=attributes, **arrays)


def network(name, bonds, boundary="free"):
    settings = LATTICE | {"bonds": bonds, "boundary": boundary}
    value = LOSS[bonds]
    return (
        made(
            f"{name}/history",
            settings,
            own=NETWORK,
            val_loss=np.array([0.7, 0.5, value]),
        ),
        made(
            f"{name}/reconstructions",
            settings,
            originals=SPINS,
            reconstructions=SPINS * 0.8 + 0.1,
        ),
        made(
            f"{name}/locality",
            settings,
            spreads=np.array([1.0, 1.1]),
            null_spread=np.linspace(3, 4, 50),
            p_spread=0.001,
            clustering=np.array([0.4, 0.5]),
            null_clustering=np.linspace(-0.1, 0.1, 50),
            p_clustering=0.001,
        ),
    )


def recovered(bonds, precision):
    return made(
        f"recovery-{bonds}",
        {"bonds": bonds, "boundary": "free"},
        sizes=np.array([20, 200]),
        precision=np.array([0.2, precision]),
        error=np.array([0.01, np.nan]),
        off_lattice=np.array([0.9, 0.9]),
        deviation=np.array([1.0, 1.0]),
        exact_precision=1.0,
    )


def everything(dataset="MNIST", label=5):
    """Results under which every claim of the paper holds."""
    images = FIVES | {"dataset": dataset, "label": label}
    kinds, cuts = len(fractions.KINDS), len(fractions.CUTS)
    numbers = np.tile(np.array(fractions.PAPER), (kinds, 1))
    far = np.array(steps.DISTANCES)
    near = np.linspace(0.4, 0.9, 100)
    votes = np.zeros((2, 10))
    votes[:, label] = 1
    names = {f"{bonds}-{i}": bonds for bonds in ledger.BONDS for i in (1, 2)}
    return {
        "networks": {name: network(name, bonds) for name, bonds in names.items()},
        "recoveries": [recovered("standard", 0.4), recovered("half", 0.999)],
        "likeness_found": made(
            "likeness",
            images,
            first=np.array([0.99, 0.98, 0.1]),
            choices=np.tile([0.99, 0.98, 0.1], (30, 1)),
            digits=np.where(np.arange(10) == label, 0.995, 0.6),
        ),
        "fractions_found": made(
            "fractions",
            images,
            first=numbers,
            choices=numbers + np.linspace(-0.2, 0.2, 30)[:, None, None],
            kinds=list(fractions.KINDS),
            cuts=list(fractions.CUTS)[:cuts],
        ),
        "read": made(
            "reading",
            images,
            cuts=["at-0", "at-0.10"],
            active=np.array([0.3, 0.1]),
            probabilities=votes,
            mean_probabilities=votes[0],
            accuracy=0.97,
            tested=10_000,
        ),
        "stepped": made(
            "steps",
            images,
            nearness=far,
            moved=np.tile(far[:, None], 5),
            image_nearness=near,
            image_moved=near,
            image_labels=np.arange(100) % 10,
        ),
    }


def verdicts(found):
    return {entry["id"]: entry["verdict"] for entry in paper.judge(**found)}


def spoil(found, name):
    """Change the results so that one claim fails, and no other."""
    if name == "ae-loss":
        for history, _, _ in found["networks"].values():
            history.val_loss[-1] += 0.05
    elif name == "ae-reconstruction":
        found["networks"]["half-2"][1].reconstructions = 1 - SPINS
    elif name == "ae-local-weights":
        found["networks"]["standard-1"][2].p_spread = 0.2
    elif name == "ising-adjacency":
        found["recoveries"][1].precision[-1] = 0.98
    elif name == "stationary-mean":
        found["likeness_found"].choices[:5, 0] = 0.9
    elif name == "stationary-mean, another digit":
        found["likeness_found"].digits[3] = 0.991
    elif name == "sparse-still-five, reader":
        found["read"].accuracy = 0.94
    elif name == "ae-local-weights, clustering":
        found["networks"]["half-1"][2].p_clustering = 0.02
    elif name == "step-invariance, one x":
        found["stepped"].moved[2, 4] *= 1.02
    elif name == "edge-fractions":
        found["fractions_found"].choices += 1
    elif name == "sparse-still-five":
        found["read"].probabilities[1] = np.eye(10)[3]
    elif name == "step-invariance":
        found["stepped"].image_moved = found["stepped"].image_moved[::-1]


def test_results_under_which_everything_holds():
    good = {"not reproduced": "reproduced", "refuted": "supported"}
    assert verdicts(everything()) == {name: good[bad] for name, bad in ORDER}


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        *ORDER,
        ("ae-local-weights, clustering", "refuted"),
        ("stationary-mean, another digit", "refuted"),
        ("sparse-still-five, reader", "refuted"),
        ("step-invariance, one x", "refuted"),
    ],
)
def test_changed_data_turn_one_verdict_and_no_other(name, bad):
    before, found = verdicts(everything()), everything()
    spoil(found, name)
    assert verdicts(found) == before | {name.partition(",")[0]: bad}


def test_the_ledger_holds_the_eight_claims_in_the_order_of_the_paper():
    entries = paper.judge(**everything())
    assert [entry["id"] for entry in entries] == [name for name, _ in ORDER]
    assert json.loads(ledger.to_json(entries)) == entries
    text = ledger.to_markdown(entries)
    assert all(entry["id"] in text for entry in entries)


def test_each_claim_names_the_files_that_it_stands_on():
    evidence = {e["id"]: e["evidence"] for e in paper.judge(**everything())}
    names = ["half-1", "half-2", "standard-1", "standard-2"]
    assert evidence["ae-loss"] == [f"results/{name}/history.h5" for name in names]
    assert evidence["ae-reconstruction"] == [
        f"results/{name}/reconstructions.h5" for name in names
    ]
    assert evidence["ae-local-weights"] == [
        f"results/{name}/locality.h5" for name in names
    ]
    assert evidence["ising-adjacency"] == [
        "results/recovery-standard.h5",
        "results/recovery-half.h5",
    ]
    assert evidence["step-invariance"] == ["results/steps.h5"]


def test_losses_are_sorted_by_the_ensemble_that_the_network_saw():
    measured = paper.judge(**everything())[0]["measured"]
    for bonds, value in LOSS.items():
        assert measured[bonds]["value"] == pytest.approx(value)
        assert measured[bonds]["n"] == 2


def test_recoveries_are_known_by_their_ensemble_and_not_by_their_place():
    found = everything()
    turned = found | {"recoveries": found["recoveries"][::-1]}
    measured = [paper.judge(**f)[3]["measured"] for f in (found, turned)]
    assert measured[0] == measured[1]
    assert measured[0]["half"]["200 samples"]["value"] == 0.999


def test_neighbours_are_those_of_the_lattice_that_the_network_saw():
    found = everything()
    found["networks"] = {
        "half-1": network("half-1", "half", "free"),
        "standard-1": network("standard-1", "standard", "periodic"),
    }
    measured = paper.judge(**found)[1]["measured"]
    share = {}
    for name, boundary in (("half-1", "free"), ("standard-1", "periodic")):
        expected = reconstruction.recovered(SPINS, SPINS, boundary)["neighbours"]
        share[boundary] = measured[name]["neighbours"]["value"]
        assert share[boundary] == pytest.approx(expected.mean())
    assert share["free"] != share["periodic"]


def test_files_are_known_by_their_first_source():
    found = everything()
    settings = storage.origin(found["read"].attributes)["settings"]
    assert settings == FIVES | {"dataset": "MNIST"}
    words = storage.describe_images(found["read"].attributes)
    assert words == "MNIST, 200 images of 5"
