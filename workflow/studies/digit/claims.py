"""Judge the claims about the walk on the graph of one digit (section 11)."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.digit import kinds

import numpy as np

#: Percent of the entries that the captions of figure 5 print, for three cuts.
PAPER_PERCENT = (30.01, 4.74, 0.46)

#: Settings of the images behind these numbers.
PAPER_IMAGES = {"part": "train", "label": 5, "count": 200, "choose": "first"}


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
        In the order of the paper. Claims about MNIST are not measured on other images,
        and the percentages not on other images of MNIST than those of the paper.
    """
    images = storage.origin(likeness.attributes)["settings"]
    claims = [
        judge_likeness(likeness, images["label"]),
        judge_fractions(fractions),
        judge_reading(reading, images["label"]),
    ]
    reasons = dict.fromkeys([claim["id"] for claim in claims], _other_data(images))
    reasons["edge-fractions"] = reasons["edge-fractions"] or _other_images(images)
    return [
        ledger.not_measured(claim, reasons[claim["id"]])
        if reasons[claim["id"]]
        else claim
        for claim in claims
    ]


def _other_data(images):
    """Say which data were used instead of MNIST; empty for MNIST."""
    if images["dataset"] == "MNIST":
        return ""
    return f"The claim is about MNIST, but this run used {images['dataset']}."


def _other_images(images):
    """Say where the images differ from those of the paper; empty if nowhere."""
    for key, value in PAPER_IMAGES.items():
        if images[key] != value:
            return f"The claim is about {key}: {value}, but this run has {images[key]}."
    return ""


def judge_likeness(likeness, label):
    """Judge whether the stationary distribution looks like the mean image.

    Parameters
    ----------
    likeness : kinds.Likeness
    label : int
        The digit that the images show.

    Returns
    -------
    ledger.Claim
    """
    least = 0.95
    names = ("stationary distribution", "row sums", "stationary given row sums")
    low, high = np.percentile(likeness.choices, [2.5, 97.5], axis=0)
    measured = {
        name: {"value": float(value), "interval": [float(a), float(b)]}
        for name, value, a, b in zip(names, likeness.first, low, high, strict=True)
    }
    share = float(_share_of_row_sums(likeness.first))
    measured["share explained by the row sums"] = {
        "value": share,
        "interval": ledger.interval(_share_of_row_sums(likeness.choices.T)),
    }
    others = np.delete(likeness.digits, label)
    nearest = float(np.nanmax(others, initial=-1))
    measured["nearest mean image of another digit"] = nearest
    return ledger.claim(
        "stationary-mean",
        "11, figure 4",
        "The stationary distribution of the walk looks like the mean of the images.",
        None,
        measured,
        "supported if the 95 % interval of the correlation with the mean image, over "
        f"random choices of images, lies above {least} and above the correlation with "
        "the mean image of any other digit; else refuted",
        ledger.supported(low[0] > max(least, nearest)),
        "For symmetric weights and no jumps the stationary distribution is the row "
        f"sums exactly. The row sums alone explain {100 * share:.1f} % of what row "
        "sums and walk together explain of the mean image.",
        evidence=[likeness],
        figures=["figure4"],
    )


def _share_of_row_sums(correlations):
    """Variance explained by the row sums over that by row sums and walk together."""
    _, sums, partial = correlations
    return sums**2 / (sums**2 + (1 - sums**2) * partial**2)


def judge_fractions(fractions):
    """Judge the shares of the pairs that stay under the cuts of figure 5.

    Parameters
    ----------
    fractions : kinds.Fractions
        Of the cuts for which `PAPER_PERCENT` holds the numbers.

    Returns
    -------
    ledger.Claim
    """
    paper = np.array(PAPER_PERCENT)
    low, high = np.percentile(fractions.choices, [2.5, 97.5], axis=0)
    half = 0.005  # the paper's numbers are rounded
    covers = np.all((low <= paper + half) & (paper - half <= high), axis=1)
    with np.errstate(divide="ignore"):  # a share of 0 is infinitely far off
        off = np.abs(np.log(fractions.first / paper)).max(axis=1)
    names = list(fractions.kinds)
    measured = {
        kind: {
            cut: {"value": float(v), "interval": [float(a), float(b)]}
            for cut, v, a, b in zip(fractions.cuts, *rows, strict=True)
        }
        for kind, *rows in zip(names, fractions.first, low, high, strict=True)
    }
    covering = [
        kind for kind, all_three in zip(names, covers, strict=True) if all_three
    ]
    nearest = int(np.argmin(off))
    return ledger.claim(
        "edge-fractions",
        "11, figure 5",
        "Of the pairs of pixels, 30.01 % have any weight, 4.74 % at least 10 % of the "
        "largest and 0.46 % at least 35 %.",
        list(PAPER_PERCENT),
        measured,
        "reproduced if, for some kind of weight, the 95 % intervals over random "
        "choices of images cover all three numbers as rounded",
        ledger.reproduced(bool(covering)),
        f"Nearest for the first images: {names[nearest]}, off by at most a factor "
        f"{np.exp(off[nearest]):.2f}. Covering all three: "
        f"{', '.join(covering) or 'none'}.",
        evidence=[fractions],
        figures=["figure5"],
    )


def judge_reading(reading, label):
    """Judge whether the sparse graphs still show their digit.

    Parameters
    ----------
    reading : kinds.Reading
    label : int
        The digit that the images show.

    Returns
    -------
    ledger.Claim
    """
    least = 0.95
    right = reading.probabilities.argmax(axis=1) == label
    error = np.sqrt(reading.accuracy * (1 - reading.accuracy) / reading.tested)
    measured = {
        cut: {
            "active fraction": float(active),
            "read as": int(np.argmax(votes)),
            f"share of votes for {label}": float(votes[label]),
        }
        for cut, active, votes in zip(
            reading.cuts, reading.active, reading.probabilities, strict=True
        )
    }
    measured["mean image"] = {"read as": int(np.argmax(reading.mean_probabilities))}
    measured["test accuracy"] = {
        "value": float(reading.accuracy),
        "standard_error": float(error),
    }
    return ledger.claim(
        "sparse-still-five",
        "11, figure 5",
        "With one in 200 of the possible edges the stationary distribution still shows "
        "the digit.",
        None,
        measured,
        f"supported if a classifier whose test accuracy is at least {least} reads the "
        "digit in the stationary distribution of every cut; else refuted",
        ledger.supported(bool(np.all(right)) and reading.accuracy >= least),
        f"The classifier reads a {label} under {np.count_nonzero(right)} of "
        f"{len(right)} cuts. Nearest neighbours vote among principal components, and "
        "brightness is divided out.",
        evidence=[reading],
        figures=["figure5"],
    )


if __name__ == "__main__":
    with stages.logged(snakemake):
        claims = judge_all(
            storage.read(snakemake.input.likeness, kinds.Likeness),
            storage.read(snakemake.input.fractions, kinds.Fractions),
            storage.read(snakemake.input.reading, kinds.Reading),
        )
        ledger.save(snakemake.output.claims, "digit", claims)
