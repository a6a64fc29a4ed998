"""Judge the claims on the autoencoder (section 8) from finished files."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.autoencoder import claims_weights
from studies.autoencoder.comparisons import (
    EITHER,
    all_above_zero,
    difference,
    ends,
    estimates,
    judged,
    of_networks,
    ways,
)
from studies.autoencoder.kinds import Learned, Replicas

#: Validation loss that section 8 prints.
PAPER = 0.385

#: Largest distance from it that counts as reproduced, in nat per pixel.
TOLERANCE = 0.01

#: Largest fall of the loss over a quarter of the epochs that counts as stabilised, in
#: nat per pixel.
STEADY = 0.005

# Settings behind the printed number.
_LATTICE = {"rows": 10, "columns": 10, "beta": 0.4}
_NETWORK = {"hidden": 32, "epochs": 200}
_SAMPLES = {"training": 10000, "test": 2000}


def judge_loss(replicas):
    """Judge where the validation loss of the autoencoder settles.

    Parameters
    ----------
    replicas : dict of str to Replicas
        `half`, `standard` and `infinite`; empty if the configuration names none.

    Returns
    -------
    Claim
        `not measured` if a setting of any network is not the paper's.
    """
    measured, null, decisions = {}, {}, []
    for bonds, one, infinite in ways(replicas):
        last, noise = one.val_loss[:, -1], infinite.val_loss[:, -1]
        measured[bonds] = ledger.mean_and_error(last)
        measured[f"{bonds} less infinite temperature"] = difference(last, noise)
        null["infinite temperature"] = ledger.mean_and_error(noise)
        near = ledger.within(
            ends(measured[bonds]), PAPER - TOLERANCE, PAPER + TOLERANCE
        )
        decisions.append(ledger.every([near, _below_zero(difference(last, noise))]))
    claim = ledger.claim(
        "ae-loss",
        "8",
        "The autoencoder's validation loss is about 0.385 after 200 epochs on 10 x 10 "
        "Ising samples at inverse temperature 0.4.",
        PAPER,
        measured,
        f"reproduced if {EITHER} the 95 % interval of the mean validation loss, over "
        f"networks on samples of their own, is within {TOLERANCE} of the paper's, and "
        "below that at infinite temperature; else not reproduced, or undecided if "
        "an interval includes a threshold",
        ledger.reproduced(ledger.some(decisions)),
        of_networks(replicas),
        null=null,
        evidence=replicas.values(),
    )
    return judged(claim, replicas, _other_settings(replicas))


def judge_stabilised(replicas):
    """Judge whether the loss has stabilised at the end; arguments as `judge_loss`."""
    measured, null, decisions = {}, {}, []
    epochs = min((one.val_loss.shape[1] for one in replicas.values()), default=0)
    quarter = epochs // 4
    for bonds, one, _ in ways(replicas):
        first = one.val_loss[:, 0] - one.val_loss[:, quarter - 1]
        last = one.val_loss[:, -1 - quarter] - one.val_loss[:, -1]
        measured[bonds] = ledger.mean_and_error(last)
        measured[f"{bonds}, less the first quarter's"] = difference(last, first)
        null[f"{bonds}, first quarter"] = ledger.mean_and_error(first)
        decisions.append(
            ledger.every(
                [
                    ledger.below(ends(measured[bonds]), STEADY),
                    _below_zero(difference(last, first)),
                ]
            )
        )
    claim = ledger.claim(
        "ae-loss-stabilised",
        "8",
        "The autoencoder's validation loss has stabilised at the end of its training, "
        "after 200 epochs in the paper.",
        None,
        measured,
        f"supported if {EITHER} the validation loss falls by less than {STEADY} nat "
        "per pixel over the last quarter of the epochs, and by less than over the "
        "first (95 % intervals over networks on samples of their own); else refuted, "
        "or undecided if an interval includes a threshold",
        ledger.supported(ledger.some(decisions)),
        f"The fall of the loss over a quarter of the {epochs} epochs; the first "
        f"quarter begins after one epoch. A rise is negative. {of_networks(replicas)}",
        null=null,
        evidence=replicas.values(),
    )
    return judged(claim, replicas, "" if quarter else "Fewer than 4 epochs.")


def judge_reconstruction(learned):
    """Judge whether the network gives back the rough shape of an image.

    Parameters
    ----------
    learned : dict of str to Learned
        `half`, `standard` and `infinite`; empty if the configuration names none.

    Returns
    -------
    Claim
    """
    measured, null, decisions = {}, {}, []
    for bonds, one, infinite in ways(learned):
        rivals = {
            "the best constant": one.constant,
            "the majority of the neighbours": one.neighbours,
            "the network trained at infinite temperature": one.reference,
            "the network on samples at infinite temperature": infinite.network,
        }
        gains = {
            f"network less {name}": difference(one.network, share)
            for name, share in rivals.items()
        }
        decisions.append(all_above_zero(gains))
        measured[bonds] = _shares(one) | gains
        null[f"{bonds}, network trained at infinite temperature"] = (
            ledger.mean_and_error(one.reference)
        )
        null["infinite temperature"] = _shares(infinite)
    claim = ledger.claim(
        "ae-reconstruction",
        "8, figure 1",
        "The autoencoder reconstructs the rough shape of an image it has not seen.",
        None,
        measured,
        f"supported if {EITHER} the share of held-out pixels that come back on the "
        "right side of 1/2 is larger than that of the best constant image, of the "
        "majority of a pixel's neighbours, of the same network trained at infinite "
        "temperature on the same images, and of that network on samples at infinite "
        "temperature (95 % intervals of the differences, over networks on samples of "
        "their own); else refuted, or undecided if an interval includes 0",
        ledger.supported(ledger.some(decisions)),
        f"Shares of pixels. There are as many principal components as hidden neurons. "
        f"{of_networks(learned)}",
        null=null,
        evidence=learned.values(),
        figures=["figure1"],
    )
    return judged(claim, learned)


def _shares(one):
    """Estimate the shares of pixels that a network and simple guesses give back."""
    return estimates(
        {
            "network": one.network,
            "best constant": one.constant,
            "majority of the neighbours": one.neighbours,
            "principal components": one.components,
        }
    )


def _below_zero(estimate):
    return ledger.below(ends(estimate), 0)


def _other_settings(replicas):
    """Say in which setting a network departs from the paper's; empty if in none."""
    for _, one, _ in ways(replicas):
        network = one.attributes["settings"]
        ensemble = storage.origin(one.attributes)["settings"]
        samples = {key: ensemble[key] // network["networks"] for key in _SAMPLES}
        for actual, paper in (
            (ensemble, _LATTICE),
            (network, _NETWORK),
            (samples, _SAMPLES),
        ):
            for key, value in paper.items():
                if actual[key] != value:
                    return (
                        f"The claim is about {key}: {value}, but this run has "
                        f"{actual[key]}."
                    )
    return ""


if __name__ == "__main__":
    with stages.logged(snakemake):
        replicas, learned = (
            {
                role: storage.read(path, kind)
                for role, path in zip(snakemake.params.roles, paths, strict=True)
            }
            for paths, kind in (
                (snakemake.input.replicas, Replicas),
                (snakemake.input.learned, Learned),
            )
        )
        claims = [
            judge_loss(replicas),
            judge_stabilised(replicas),
            judge_reconstruction(learned),
            claims_weights.judge_local(learned),
            claims_weights.judge_like_filters(learned),
            claims_weights.judge_hidden_spins(learned),
        ]
        ledger.save(snakemake.output.claims, "autoencoder", claims)
