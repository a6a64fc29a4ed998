"""The verdicts on the autoencoder follow from the numbers in the files."""

import json
from types import SimpleNamespace

from pixelwalk import ledger, storage
from studies.autoencoder import claims, reconstruction

import numpy as np
import pytest

#: Settings behind the numbers that the paper prints.
LATTICE = {"rows": 10, "columns": 10, "beta": 0.4, "training": 10_000, "test": 2000}
NETWORK = {"hidden": 32, "epochs": 200}

LOSS = {"half": 0.385, "standard": 0.2}
NAMES = {f"{bonds}-{i}": bonds for bonds in ledger.BONDS for i in (1, 2)}
SPINS = np.random.default_rng(1).integers(0, 2, (50, 4, 4)).astype(float)
STRIPES = np.indices((4, 4)).sum(axis=0) % 2

NEAR, FAR = [0.384, 0.386, 0.385], [0.2, 0.21, 0.205]


def content(name, settings, *, own=(), **arrays):
    """Content of a file two steps away from the samples that it began with."""
    first = {"settings": settings, "source": None}
    second = {"settings": {"bonds": "no", "boundary": "no"}, "source": first}
    attributes = {"settings": dict(own), "source": second}
    return SimpleNamespace(path=f"results/{name}.h5", attributes=attributes, **arrays)


def history(name, bonds, loss):
    values = np.array([0.7, 0.5, loss])
    settings = LATTICE | {"bonds": bonds, "boundary": "free"}
    return content(f"{name}/history", settings, own=NETWORK, val_loss=values)


def network(originals, reconstructions, boundary="free", name="network"):
    return content(
        f"{name}/reconstructions",
        {"boundary": boundary},
        originals=originals,
        reconstructions=reconstructions,
    )


def locality(p_spread=0.001, p_clustering=0.001, name="network"):
    return content(
        f"{name}/locality",
        {},
        spreads=np.array([1.0, 3.0]),
        null_spread=np.linspace(4, 5, 41),
        p_spread=p_spread,
        clustering=np.array([0.2, 0.4]),
        null_clustering=np.linspace(-0.1, 0.1, 41),
        p_clustering=p_clustering,
    )


def histories():
    return {name: history(name, bonds, LOSS[bonds]) for name, bonds in NAMES.items()}


def networks():
    return {name: network(SPINS, SPINS * 0.8 + 0.1, name=name) for name in NAMES}


def localities():
    return {name: locality(name=name) for name in NAMES}


def test_results_under_which_all_claims_hold():
    judged = [
        claims.judge_loss(histories()),
        claims.judge_reconstruction(networks()),
        claims.judge_locality(localities()),
    ]
    assert [(claim["id"], claim["verdict"]) for claim in judged] == [
        ("ae-loss", "reproduced"),
        ("ae-reconstruction", "supported"),
        ("ae-local-weights", "supported"),
    ]
    kinds = ("history", "reconstructions", "locality")
    for claim, kind in zip(judged, kinds, strict=True):
        assert claim["evidence"] == [f"results/{name}/{kind}.h5" for name in NAMES]
    assert [claim["figures"] for claim in judged] == [[], ["figure1"], ["figure2"]]
    text = ledger.to_json([claim | {"study": "autoencoder"} for claim in judged])
    assert [json.loads(text)[i]["note"] for i in range(3)] == [
        claim["note"] for claim in judged
    ]


# The loss.


def judge_losses(half, standard):
    losses = [("half", loss) for loss in half] + [("standard", x) for x in standard]
    return claims.judge_loss(
        {str(i): history(str(i), *pair) for i, pair in enumerate(losses)}
    )


def loss_verdict(half, standard):
    return judge_losses(half, standard)["verdict"]


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
    assert loss_verdict(half, standard) == expected


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
    assert loss_verdict([value], FAR) == expected


def test_the_mean_over_networks_decides_and_not_the_nearest_network():
    assert loss_verdict([0.385, 0.385, 0.5], FAR) == "not reproduced"
    assert loss_verdict([0.365, 0.405], FAR) == "reproduced"


def test_the_claim_on_the_loss_has_means_errors_and_the_nearest_convention():
    claim = judge_losses([0.25, 0.5], [0.375])
    assert claim["id"] == "ae-loss"
    assert claim["paper"] == 0.385
    assert claim["measured"]["half"] == {
        "value": 0.375,
        "standard_error": 0.125,
        "n": 2,
    }
    assert claim["measured"]["standard"]["standard_error"] is None
    assert "'standard'" in judge_losses(FAR, NEAR)["note"]
    assert "'half'" in judge_losses(NEAR, FAR)["note"]


def test_losses_are_sorted_by_the_ensemble_that_the_network_saw():
    measured = claims.judge_loss(histories())["measured"]
    for bonds, value in LOSS.items():
        assert measured[bonds]["value"] == pytest.approx(value)
        assert measured[bonds]["n"] == 2


@pytest.mark.parametrize("name", ["half-1", "standard-2"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("rows", 9), ("columns", 11), ("beta", 0.41), ("training", 9999)),
        *(("test", 200), ("hidden", 31), ("epochs", 199)),
    ],
)
@pytest.mark.parametrize("misses", [False, True])
def test_the_loss_is_that_of_the_papers_networks_alone(name, key, value, misses):
    found = histories()
    found["half-2"].val_loss[-1] += 0.05 * misses
    settings = found[name].attributes["settings"]
    if key in LATTICE:
        settings = storage.origin(found[name].attributes)["settings"]
    expected = settings[key]
    settings[key] = value
    claim = claims.judge_loss(found)
    assert claim["verdict"] == "not measured"
    assert claim["measured"] == {} and len(claim["evidence"]) == len(NAMES)
    reason = f"The claim is about {key}: {expected}, but this run has {value}."
    assert claim["note"] == reason
    settings[key] = expected
    verdict = "not reproduced" if misses else "reproduced"
    assert claims.judge_loss(found)["verdict"] == verdict


def test_other_settings_change_no_verdict():
    found = histories()
    for one in found.values():
        one.attributes["settings"] |= {"batch": 1, "activation": "tanh"}
        storage.origin(one.attributes)["settings"] |= {"sweeps": 7}
    assert claims.judge_loss(found) == claims.judge_loss(histories())


# The reconstructions.


def judge_pictures(pairs):
    return claims.judge_reconstruction(
        {name: network(*pair) for name, pair in pairs.items()}
    )


def noisy(seed, wrong):
    """Uncorrelated pixels, and a network that gets a share of them wrong."""
    stream = np.random.default_rng(seed)
    originals = stream.integers(0, 2, (200, 4, 4)).astype(float)
    flip = stream.random(originals.shape) < wrong
    return originals, np.where(flip, 1 - originals, originals)


def test_a_good_network_supports_the_claim_and_one_that_guesses_refutes_it():
    good, bad = noisy(1, 0.1), noisy(2, 0.5)
    assert judge_pictures({"good": good})["verdict"] == "supported"
    assert judge_pictures({"bad": bad})["verdict"] == "refuted"
    assert judge_pictures({"good": good, "bad": bad})["verdict"] == "refuted"
    both = {"good": good, "other": noisy(3, 0.1)}
    assert judge_pictures(both)["verdict"] == "supported"


def test_a_network_has_to_beat_the_neighbours_too():
    # Of images that are all on or all off the neighbours know everything.
    uniform = np.ones((20, 4, 4)) * np.arange(20)[:, None, None] % 2
    shares = reconstruction.correct_shares(uniform, uniform, "free")
    assert shares["neighbours"].mean() == 1 and shares["constant"].mean() == 0.5
    assert judge_pictures({"perfect": (uniform, uniform)})["verdict"] == "refuted"


def test_a_network_has_to_beat_the_constant_too():
    # Of one checkerboard, again and again, the best constant knows everything.
    same = np.tile(STRIPES, (20, 1, 1)).astype(float)
    shares = reconstruction.correct_shares(same, same, "free")
    assert shares["neighbours"].mean() == 0 and shares["constant"].mean() == 1
    assert judge_pictures({"perfect": (same, same)})["verdict"] == "refuted"


@pytest.mark.parametrize("guess", ["constant", "neighbours"])
@pytest.mark.parametrize(
    ("gains", "expected"),
    # Means of 3/8; standard errors of 1/8 and a little less: 3 of them are the limit.
    [([0.5, 0.25], "refuted"), ([0.499, 0.251], "supported")],
)
def test_the_gain_is_more_than_three_standard_errors(
    guess, gains, expected, monkeypatch
):
    shares = dict.fromkeys(("constant", "neighbours"), np.zeros(2))
    shares |= {"network": np.ones(2), guess: 1 - np.array(gains)}
    monkeypatch.setattr(reconstruction, "correct_shares", lambda *_: shares)
    assert judge_pictures({"network": (None, None)})["verdict"] == expected


def test_the_claim_on_reconstructions_has_every_share_with_its_error():
    originals, back = noisy(1, 0.1)
    shares = reconstruction.correct_shares(originals, back, "free")
    measured = judge_pictures({"good": (originals, back)})["measured"]["good"]
    for guess, share in shares.items():
        assert measured[guess]["value"] == pytest.approx(share.mean())
        error = share.std(ddof=1) / np.sqrt(len(share))
        assert measured[guess]["standard_error"] == pytest.approx(error)
        assert measured[guess]["n"] == 200
    gain = shares["network"] - shares["neighbours"]
    less = measured["network less neighbours"]
    assert less["value"] == pytest.approx(gain.mean())
    assert less["standard_error"] == pytest.approx(gain.std(ddof=1) / np.sqrt(200))


def test_one_held_out_image_has_no_error_and_cannot_support_the_claim():
    image = np.ones((1, 2, 2))
    assert judge_pictures({"one": (image, image)})["verdict"] == "refuted"


def test_neighbours_are_those_of_the_lattice_that_the_network_saw():
    both = {
        boundary: network(SPINS, SPINS, boundary) for boundary in ("free", "periodic")
    }
    measured = claims.judge_reconstruction(both)["measured"]
    shares = {}
    for boundary in both:
        expected = reconstruction.correct_shares(SPINS, SPINS, boundary)["neighbours"]
        shares[boundary] = measured[boundary]["neighbours"]["value"]
        assert shares[boundary] == pytest.approx(expected.mean())
    assert shares["free"] != shares["periodic"]


# The receptive fields.


@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        ([()], "supported"),
        ([(), (0.00999, 0.00999)], "supported"),
        ([(), (0.01, 0.00999), ()], "refuted"),
        ([(), (0.00999, 0.01), ()], "refuted"),
        # One test passed by each network, but not both by both.
        ([(0.5, 0.001), (0.001, 0.5)], "refuted"),
        ([(0.5, 0.5)], "refuted"),
        ([(0.01, 0.001)], "refuted"),
        ([(0.001, 0.01)], "refuted"),
        ([(), (0.5, 0.001)], "refuted"),
        ([(), (0.001, 0.5)], "refuted"),
        ([(0.5, 0.001), (0.5, 0.001)], "refuted"),
    ],
)
def test_every_network_must_pass_both_tests(p_values, expected):
    claim = claims.judge_locality(
        {str(i): locality(*p) for i, p in enumerate(p_values)}
    )
    assert claim["verdict"] == expected


def test_the_claim_on_the_fields_has_both_statistics_beside_their_null():
    claim = claims.judge_locality({"a": locality(), "b": locality(p_spread=0.3)})
    note = claim["note"]
    assert "beside strong ones in 2 of 2" in note and "closer together in 1" in note
    assert "55.6% to 55.6% narrower" in note  # 2 instead of 4.5
    measured = claim["measured"]["b"]
    assert measured["spread"] == {"value": 2.0, "standard_error": 1.0, "n": 2}
    assert measured["spread, p"] == 0.3
    permuted = measured["spread, permuted"]
    assert permuted["value"] == pytest.approx(4.5)
    assert permuted["interval"] == pytest.approx([4.025, 4.975])
    assert measured["clustering"]["value"] == pytest.approx(0.3)
    assert measured["clustering, permuted"]["value"] == pytest.approx(0, abs=1e-12)
