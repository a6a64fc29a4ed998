"""Judge the claims on the autoencoder (section 8) from finished files."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import History, Reconstructions
from studies.autoencoder import reconstruction
from studies.autoencoder.kinds import Locality

import numpy as np

#: Validation loss that section 8 prints.
PAPER = 0.385

# Settings behind that number.
_LATTICE = {"rows": 10, "columns": 10, "beta": 0.4, "training": 10000, "test": 2000}
_NETWORK = {"hidden": 32, "epochs": 200}


def judge_loss(histories):
    """Judge where the validation loss of the autoencoder settles.

    Parameters
    ----------
    histories : dict of str to History
        By the network's name; some for each way of counting bonds.

    Returns
    -------
    Claim
        `not measured` if a setting of any network is not the paper's.
    """
    tolerance = 0.01
    losses = {bonds: [] for bonds in ledger.BONDS}
    for history in histories.values():
        losses[_ensemble(history)["bonds"]].append(history.val_loss[-1])
    means = {bonds: float(np.mean(losses[bonds])) for bonds in ledger.BONDS}
    nearest = min(ledger.BONDS, key=lambda bonds: abs(means[bonds] - PAPER))
    claim = ledger.claim(
        "ae-loss",
        "8",
        "The autoencoder's validation loss settles at about 0.385 after 200 epochs on "
        "10 x 10 Ising samples at inverse temperature 0.4.",
        PAPER,
        {bonds: ledger.mean_and_error(losses[bonds]) for bonds in ledger.BONDS},
        f"reproduced if the mean validation loss lies within {tolerance} of the "
        "paper's under at least one way of counting bonds",
        ledger.reproduced(abs(means[nearest] - PAPER) <= tolerance),
        f"The mean is nearest to the paper's with bonds counted '{nearest}'. Standard "
        "errors are over networks that differ in their seed.",
        evidence=histories.values(),
    )
    reason = next(filter(None, map(_other_settings, histories.values())), "")
    return ledger.not_measured(claim, reason) if reason else claim


def judge_reconstruction(networks):
    """Judge whether the network gives back the rough shape of an image.

    Parameters
    ----------
    networks : dict of str to Reconstructions
        By the network's name.

    Returns
    -------
    Claim
    """
    errors = 3
    measured, better = {}, True
    for name, network in networks.items():
        share = reconstruction.correct_shares(
            network.originals, network.reconstructions, _ensemble(network)["boundary"]
        )
        measured[name] = {guess: ledger.mean_and_error(s) for guess, s in share.items()}
        for guess in ("constant", "neighbours"):
            gain = ledger.mean_and_error(share["network"] - share[guess])
            error = gain["standard_error"]  # None for a single image
            better &= error is not None and gain["value"] > errors * error
            measured[name][f"network less {guess}"] = gain
    return ledger.claim(
        "ae-reconstruction",
        "8, figure 1",
        "The autoencoder reconstructs the rough shape of an image it has not seen.",
        None,
        measured,
        "supported if every network recovers a larger share of the held-out pixels "
        "than the best constant and than the majority of the neighbours, each by more "
        f"than {errors} standard errors; else refuted",
        ledger.supported(better),
        "Shares of pixels, with standard errors over held-out images.",
        evidence=networks.values(),
        figures=["figure1"],
    )


def judge_locality(localities):
    """Judge whether the weights tend to concentrate on local areas.

    Parameters
    ----------
    localities : dict of str to Locality
        By the network's name.

    Returns
    -------
    Claim
    """
    level = 0.01
    networks = list(localities.values())
    patchy = sum(network.p_clustering < level for network in networks)
    compact = sum(network.p_spread < level for network in networks)
    narrower = [
        1 - np.mean(network.spreads) / np.mean(network.null_spread)
        for network in networks
    ]
    return ledger.claim(
        "ae-local-weights",
        "8, figure 2",
        "The weights of the hidden neurons tend to concentrate on local areas of the "
        "image.",
        None,
        {name: _statistics(locality) for name, locality in localities.items()},
        "supported if for every network, against permuted pixels and with p < "
        f"{level}, strong weights lie beside strong ones (clustering) and those of a "
        "neuron lie closer together (spread); else refuted",
        ledger.supported(patchy == compact == len(networks)),
        f"Strong weights lie beside strong ones in {patchy} of {len(networks)} "
        f"networks, and closer together in {compact}. A field is "
        f"{min(narrower):.1%} to {max(narrower):.1%} narrower than with permuted "
        "pixels (negative: wider).",
        evidence=networks,
        figures=["figure2"],
    )


def _statistics(locality):
    """Put both statistics of a network beside those of permuted pixels."""
    return {
        "spread": ledger.mean_and_error(locality.spreads),
        "spread, permuted": _null(locality.null_spread),
        "spread, p": float(locality.p_spread),
        "clustering": ledger.mean_and_error(locality.clustering),
        "clustering, permuted": _null(locality.null_clustering),
        "clustering, p": float(locality.p_clustering),
    }


def _null(values):
    return {"value": float(np.mean(values)), "interval": ledger.interval(values)}


def _other_settings(history):
    """Say in which setting a network departs from the paper's; empty if in none."""
    settings = _ensemble(history), history.attributes["settings"]
    for actual, paper in zip(settings, (_LATTICE, _NETWORK), strict=True):
        for key, value in paper.items():
            if actual[key] != value:
                return (
                    f"The claim is about {key}: {value}, but this run has "
                    f"{actual[key]}."
                )
    return ""


def _ensemble(content):
    """Give the settings of the samples that a network saw."""
    return storage.origin(content.attributes)["settings"]


if __name__ == "__main__":
    with stages.logged(snakemake):
        files = snakemake.input
        histories, networks, localities = (
            {
                name: storage.read(path, kind)
                for name, path in zip(snakemake.params.networks, paths, strict=True)
            }
            for paths, kind in (
                (files.histories, History),
                (files.reconstructions, Reconstructions),
                (files.localities, Locality),
            )
        )
        ledger.save(
            snakemake.output.claims,
            "autoencoder",
            [
                judge_loss(histories),
                judge_reconstruction(networks),
                judge_locality(localities),
            ],
        )
