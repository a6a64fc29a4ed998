"""Judge the claims about the walk on the graph of one digit (section 11)."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.digit import kinds

import numpy as np

#: Percent of the entries that the captions of figure 5 print, for three cuts.
PAPER_PERCENT = (30.01, 4.74, 0.46)

#: Images behind these numbers.
PAPER_IMAGES = {
    "dataset": "MNIST",
    "part": "train",
    "label": 5,
    "count": 200,
    "choose": "first",
}

#: Least share of choices of images whose digit must be read.
READ = 0.5

#: Least test accuracy of a classifier that can judge.
ACCURACY = 0.95


def judge_all(likeness, fractions, reading):
    """Judge every claim of the study.

    Parameters
    ----------
    likeness : kinds.Likeness
    fractions : kinds.Fractions
    reading : kinds.Reading
        All as `storage.read` gives them.

    Returns
    -------
    list of ledger.Claim
        In the order of the paper. The percentages are not measured on other images than
        those of the paper.
    """
    images = storage.origin(likeness.attributes)["settings"]
    return [
        judge_structure(likeness, images),
        judge_fractions(fractions, images),
        judge_reading(reading, images),
    ]


def judge_structure(likeness, images):
    """Judge whether the stationary distribution tests the structure of the graph.

    Parameters
    ----------
    likeness : kinds.Likeness
    images : dict
        Settings of the images.

    Returns
    -------
    ledger.Claim
    """
    real, null = likeness.choices[:, 0], likeness.nulls[:, 0]
    gain = {
        "value": float(np.mean(real - null)),
        "interval": ledger.interval(real - null),
    }
    share = float(_share_of_row_sums(likeness.first))
    others = np.delete(likeness.digits, images["label"])
    names = ("stationary distribution", "row sums", "stationary given row sums")
    measured = _correlations(names, likeness.first, likeness.choices) | {
        "stationary distribution, less that of independent pixels": gain,
        "share explained by the row sums": {
            "value": share,
            "interval": ledger.interval(_share_of_row_sums(likeness.choices.T)),
        },
        "nearest mean image of another digit": float(np.nanmax(others, initial=-1)),
    }
    nulls = likeness.nulls
    return ledger.claim(
        "stationary-tests-structure",
        "11, figure 4",
        "The stationary distribution of the walk looks like the mean of the images, "
        "which tests that the correct graph structure was learned: a graph without "
        "structure would give a picture that is less like the mean.",
        None,
        measured,
        "supported if the correlation of the stationary distribution with the mean "
        "image is higher than for independent pixels with the same values, each "
        "shuffled among the images (95 % interval of the difference over random "
        "choices of images above 0); refuted if it is not higher; else undecided",
        ledger.supported(ledger.above(gain["interval"], 0)),
        f"Of {_describe(images)}. Independent pixels give a correlation of "
        f"{nulls[:, 0].mean():.3f}, the images {real.mean():.3f}. For symmetric "
        "weights and no jumps the stationary distribution is the row sums exactly.",
        null=_correlations(names, nulls.mean(axis=0), nulls),
        evidence=[likeness],
        figures=["figure4"],
    )


def _correlations(names, values, choices):
    """Return correlations by name, with their intervals over random choices."""
    return {
        name: {"value": float(value), "interval": ledger.interval(column)}
        for name, value, column in zip(names, values, choices.T, strict=True)
    }


def _describe(images):
    """Describe the images that are judged."""
    return f"images of label {images['label']} of {images['dataset']}"


def _share_of_row_sums(correlations):
    """Variance explained by the row sums over that by row sums and walk together."""
    _, sums, partial = correlations
    return sums**2 / (sums**2 + (1 - sums**2) * partial**2)


def judge_fractions(fractions, images):
    """Judge the shares of the pairs that stay under the cuts of figure 5.

    Parameters
    ----------
    fractions : kinds.Fractions
        Of the cuts for which `PAPER_PERCENT` holds the numbers.
    images : dict
        Settings of the images.

    Returns
    -------
    ledger.Claim
    """
    covering = _covering(fractions.kinds, fractions.choices)
    nulls = _covering(fractions.kinds, fractions.nulls)
    structured = [kind for kind in covering if kind not in nulls]
    with np.errstate(divide="ignore"):  # a share of 0 is infinitely far off
        off = np.abs(np.log(fractions.first / np.array(PAPER_PERCENT))).max(axis=1)
    nearest = int(np.argmin(off))
    claim = ledger.claim(
        "edge-fractions",
        "11, figure 5",
        "Of the pairs of pixels, 30.01 % have any weight, 4.74 % at least 10 % of the "
        "largest and 0.46 % at least 35 %.",
        list(PAPER_PERCENT),
        _shares(fractions, fractions.first, fractions.choices),
        "reproduced if, for some kind of weight, the 95 % intervals over random "
        "choices of images cover all three numbers as rounded, and those of "
        "independent pixels with the same values do not",
        ledger.reproduced(bool(structured)),
        f"Nearest for the first images: {fractions.kinds[nearest]}, off by at most a "
        f"factor {np.exp(off[nearest]):.2f}. Covering all three: "
        f"{', '.join(covering) or 'none'}; for independent pixels: "
        f"{', '.join(nulls) or 'none'}.",
        null=_shares(fractions, fractions.nulls.mean(axis=0), fractions.nulls),
        evidence=[fractions],
        figures=["figure5"],
    )
    for key, value in PAPER_IMAGES.items():
        if images[key] != value:
            return ledger.not_measured(
                claim,
                f"The numbers are of {key}: {value}, but this run has {images[key]}.",
            )
    return claim


def _covering(names, choices):
    """Return the kinds of weight whose intervals cover all numbers of the paper."""
    paper, half = np.array(PAPER_PERCENT), 0.005  # the numbers are rounded
    low, high = np.percentile(choices, [2.5, 97.5], axis=0)
    covers = np.all((low <= paper + half) & (paper - half <= high), axis=1)
    return [name for name, all_three in zip(names, covers, strict=True) if all_three]


def _shares(fractions, values, choices):
    """Return the shares by kind and cut, with their intervals over random choices."""
    low, high = np.percentile(choices, [2.5, 97.5], axis=0)
    return {
        kind: {
            cut: {"value": float(v), "interval": [float(a), float(b)]}
            for cut, v, a, b in zip(fractions.cuts, *rows, strict=True)
        }
        for kind, *rows in zip(fractions.kinds, values, low, high, strict=True)
    }


def judge_reading(reading, images):
    """Judge whether sparse graphs still show their digit.

    Parameters
    ----------
    reading : kinds.Reading
    images : dict
        Settings of the images of the graph.

    Returns
    -------
    ledger.Claim
    """
    label, cut = images["label"], reading.cuts[int(reading.trial_cut)]
    real, null = (_read(trials) for trials in reading.trials)
    accuracy = ledger.proportion(
        round(float(reading.accuracy) * int(reading.tested)), int(reading.tested)
    )
    gain = (
        real["interval"][0] - null["interval"][1],
        real["interval"][1] - null["interval"][0],
    )
    measured = {
        name: {
            "active fraction": float(active),
            "read as": int(np.argmax(votes)),
            f"share of votes for {label}": float(votes[label]),
        }
        for name, active, votes in zip(
            reading.cuts, reading.active, reading.probabilities, strict=True
        )
    } | {
        "mean image": {"read as": int(np.argmax(reading.mean_probabilities))},
        "test accuracy": accuracy,
        "choices whose digit is read": real,
        "by digit": _by_digit(reading, reading.trials[0]),
    }
    claim = ledger.claim(
        "sparse-still-five",
        "11, figure 5",
        "With one in 200 of the possible edges the stationary distribution still shows "
        "the digit: whatever the digit, and better than without correlations.",
        None,
        measured,
        f"supported if under the sparsest cut, {cut}, a classifier reads the digit in "
        f"more than {READ:.0%} of the choices of images of all digits (the first "
        "images, and random ones), and in more of them than for independent pixels "
        "with the same values (Wilson's 95 % intervals); refuted if one of these is "
        "not so; else undecided; not measured if the classifier reads less than "
        f"{ACCURACY:.0%} of the test images",
        ledger.supported(
            ledger.every([ledger.above(real["interval"], READ), ledger.above(gain, 0)])
        ),
        f"The digit is read in {real['value']:.0%} of the choices, for independent "
        f"pixels in {null['value']:.0%}. Graph of {_describe(images)}; nearest "
        "neighbours vote among principal components, and brightness is divided out.",
        null={
            "choices whose digit is read": null,
            "by digit": _by_digit(reading, reading.trials[1]),
        },
        evidence=[reading],
        figures=["figure5"],
    )
    if accuracy["value"] < ACCURACY:
        return ledger.not_measured(
            claim,
            f"The classifier reads {accuracy['value']:.1%} of the test images of "
            f"{images['dataset']}; it needs {ACCURACY:.0%} to judge other pictures.",
        )
    return claim


def _read(trials):
    """Estimate the share of trials that are read rightly."""
    return ledger.proportion(np.count_nonzero(trials), trials.size)


def _by_digit(reading, trials):
    """Return whether the first images are read, and the share of all, by digit."""
    return {
        str(digit): {"first images": bool(rows[0]), "share": float(np.mean(rows))}
        for digit, rows in zip(reading.digits.tolist(), trials, strict=True)
    }


if __name__ == "__main__":
    with stages.logged(snakemake):
        claims = judge_all(
            storage.read(snakemake.input.likeness, kinds.Likeness),
            storage.read(snakemake.input.fractions, kinds.Fractions),
            storage.read(snakemake.input.reading, kinds.Reading),
        )
        ledger.save(snakemake.output.claims, "digit", claims)
