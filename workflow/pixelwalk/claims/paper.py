"""All claims of the paper, judged together."""

from pixelwalk import storage
from pixelwalk.claims import (
    fractions,
    ledger,
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
    entries = [
        (loss.judge(losses), histories.values()),
        (reconstruction.judge(pictures, boundaries), reconstructed.values()),
        (locality.judge(localities), localities.values()),
        (recovery.judge(by_bonds), recoveries),
    ]
    of_mnist = [
        (likeness.judge(likeness_found), [likeness_found]),
        (fractions.judge(fractions_found), [fractions_found]),
        (reading.judge(read, label), [read]),
        (steps.judge(stepped, label), [stepped]),
    ]
    if images["dataset"] != "MNIST":
        of_mnist = [
            (ledger.not_measured(entry, images["dataset"]), files)
            for entry, files in of_mnist
        ]
    return [
        entry | {"evidence": [file.path for file in files]}
        for entry, files in entries + of_mnist
    ]


def _ensemble(found):
    return storage.origin(found.attributes)["settings"]
