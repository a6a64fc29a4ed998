"""Judge whether sparse graphs still show their digit (section 11, figure 5)."""

from pixelwalk import ledger, storage

import numpy as np

#: Share of test images that a classifier must read to judge, and of choices of images
#: whose label must be read.
MAJORITY = 0.5

# Criterion of `judge_reading`.
_READING = (
    f"supported if a classifier reads the label in more than {MAJORITY:.0%} of the "
    "walks on graphs of one in 200 of all entries (of all labels, each with its "
    "first images and with random choices), and in more of them than of walks on "
    "graphs of independent pixels with the same values and on graphs of products "
    "of means (Wilson's 95 % intervals do not overlap); refuted if one of these "
    "is not so; else, or if the classifier does not read more than "
    f"{MAJORITY:.0%} of the test images, undecided"
)


def judge_reading(reading):
    """Judge whether sparse graphs still show their digit.

    Parameters
    ----------
    reading : kinds.Reading

    Returns
    -------
    ledger.Claim
    """
    shares = [ledger.proportion(trials.sum(), trials.size) for trials in reading.trials]
    real, nulls = shares[0], dict(zip(reading.graphs[1:], shares[1:], strict=True))
    right = round(float(reading.accuracy) * int(reading.tested))
    accuracy = ledger.proportion(right, int(reading.tested))
    decisions = [ledger.above(real["interval"], MAJORITY)]
    decisions += [_more(real, null) for null in nulls.values()]
    reads = ledger.above(accuracy["interval"], MAJORITY)
    dataset = storage.origin(reading.attributes)["settings"]["dataset"]
    told = "; ".join(f"{name}: {one['value']:.1%}" for name, one in nulls.items())
    claim = ledger.claim(
        "sparse-still-five",
        "11, figure 5",
        "With one in 200 of the possible edges the stationary distribution still shows "
        "the digit (in the paper a 5), because of the structure of the graph.",
        None,
        {
            "read, all labels": real,
            "read, by label": _by_label(reading, 0),
            "entries of the sparse graphs": {
                "value": float(reading.trial_active[0].mean()),
                "interval": ledger.interval(reading.trial_active[0]),
            },
            "test images read": accuracy,
            "graph of the figure": _by_cut(reading),
        },
        _READING,
        ledger.supported(ledger.every(decisions) if reads else None),
        f"Judged on {dataset}, labels {', '.join(_by_label(reading, 0))}: "
        f"{real['value']:.1%} are read; {told}. Labels are fixed, choices of images "
        "vary. Nearest neighbours vote among principal components, and brightness is "
        "divided out.",
        null=nulls | _nulls_by_label(reading),
        evidence=[reading],
        figures=["figure5"],
    )
    if len(reading.labels) < 2:
        reason = "The images have one label, so there is nothing to tell apart."
        return ledger.not_measured(claim, reason)
    return claim


def _more(first, second):
    """Decide whether a share is above another, by the intervals of both."""
    (low, high), (other_low, other_high) = first["interval"], second["interval"]
    return ledger.above((low - other_high, high - other_low), 0)


def _by_label(reading, graph):
    """Return by label whether the first images are read, and the share of all."""
    rows = zip(reading.tried.astype(int), reading.trials[graph], strict=True)
    return {
        reading.labels[label]: {
            "first images": bool(row[0]),
            "share": float(row.mean()),
        }
        for label, row in rows
    }


def _nulls_by_label(reading):
    """Return the same of the graphs without structure."""
    return {
        f"{name}, by label": _by_label(reading, place)
        for place, name in enumerate(reading.graphs[1:], 1)
    }


def _by_cut(reading):
    """Return what is read in the walks of the graph by cut, and in the mean image."""
    names, label = reading.labels, int(reading.label)
    rows = zip(reading.cuts, reading.active, reading.probabilities, strict=True)
    return {
        cut: {
            "active fraction": float(active),
            "read": bool(np.argmax(votes) == label),
            f"share of votes for {names[label]}": float(votes[label]),
        }
        for cut, active, votes in rows
    } | {"mean image": {"read": bool(np.argmax(reading.mean_probabilities) == label)}}
