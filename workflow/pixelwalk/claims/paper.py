"""All claims of the paper, judged together."""

from pixelwalk import ledger, storage
from pixelwalk.claims import (
    fractions,
    likeness,
    locality,
    loss,
    reading,
    reconstruction,
    recovery,
    steps,
)


def judge(networks, recoveries, likeness_found, fractions_found, read, stepped):
    """Judge every claim from files that `storage.read` gave.

    Parameters
    ----------
    networks : dict of str to (history, reconstructions, locality)
        By the network's name.
    recoveries : sequence
        Of kind `recovery`, one for each way of counting bonds.
    likeness_found, fractions_found, read, stepped
        Of kinds `likeness`, `fractions`, `reading` and `steps`.

    Returns
    -------
    list of dict
        Entries of the ledger, in the order of the paper.
    """
    histories, reconstructed, localities = (
        dict(zip(networks, column, strict=True))
        for column in zip(*networks.values(), strict=True)
    )
    losses = {bonds: [] for bonds in ledger.BONDS}
    for history in histories.values():
        losses[_ensemble(history)["bonds"]].append(history.val_loss[-1])
    boundaries = {name: _ensemble(h)["boundary"] for name, h in histories.items()}
    pictures = {n: (r.originals, r.reconstructions) for n, r in reconstructed.items()}
    by_bonds = {_ensemble(found)["bonds"]: found for found in recoveries}
    images = storage.origin(likeness_found.attributes)["settings"]
    label = images["label"]
    judged = [
        (loss.judge(losses), histories.values()),
        (reconstruction.judge(pictures, boundaries), reconstructed.values()),
        (locality.judge(localities), localities.values()),
        (recovery.judge(by_bonds), recoveries),
        (likeness.judge(likeness_found, label), [likeness_found]),
        (fractions.judge(fractions_found), [fractions_found]),
        (reading.judge(read, label), [read]),
        (steps.judge(stepped, label), [stepped]),
    ]
    reasons = dict.fromkeys(
        ("stationary-mean", "edge-fractions", "sparse-still-five", "step-invariance"),
        _other_data(images),
    )
    reasons["edge-fractions"] = reasons["edge-fractions"] or _departs(images, _FIVES)
    reasons["ae-loss"] = next(filter(None, map(_other_network, histories.values())), "")
    return [
        (ledger.not_measured(entry, reason) if reason else entry)
        | {"evidence": [file.path for file in files]}
        for entry, files in judged
        for reason in [reasons.get(entry["id"], "")]
    ]


# The settings behind the numbers that the paper prints.
_FIVES = {"part": "train", "label": 5, "count": 200, "choose": "first"}
_LATTICE = {"rows": 10, "columns": 10, "beta": 0.4, "training": 10000, "test": 2000}
_NETWORK = {"hidden": 32, "epochs": 200}


def _other_data(images):
    if images["dataset"] == "MNIST":
        return ""
    return f"The claim is about MNIST, but this run used {images['dataset']}."


def _other_network(history):
    return _departs(_ensemble(history), _LATTICE) or _departs(
        history.attributes["settings"], _NETWORK
    )


def _departs(settings, paper):
    """Say where settings depart from the paper's, if they do."""
    for key, value in paper.items():
        if settings[key] != value:
            return (
                f"The claim is about {key}: {value}, but this run has {settings[key]}."
            )
    return ""


def _ensemble(found):
    return storage.origin(found.attributes)["settings"]
