"""Judge the claims about the walk on the graph of one digit (section 11)."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.digit import kinds
from studies.digit.claims_reading import judge_reading

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
        judge_structure(likeness),
        judge_fractions(fractions, images),
        judge_reading(reading),
    ]


def judge_structure(likeness):
    """Judge whether the stationary distribution tests the structure of the graph.

    Parameters
    ----------
    likeness : kinds.Likeness

    Returns
    -------
    ledger.Claim
    """
    less = likeness.choices - likeness.nulls
    gain, distance = _spread(less[:, 0]), _spread(less[:, 2])
    real, null = likeness.choices[:, 0].mean(), likeness.nulls[:, 0].mean()
    return ledger.claim(
        "stationary-tests-structure",
        "11, figure 4",
        "The stationary distribution of the walk looks like the mean of the images, "
        "which tests that the correct graph structure was learned: a graph without "
        "structure would give a picture that is less like the mean.",
        None,
        _named(likeness.first, likeness.choices)
        | {
            "correlation, less that of independent pixels": gain,
            "distance, less that of independent pixels": distance,
        },
        "supported if the correlation of the stationary distribution with the mean "
        "image is higher than for independent pixels with the same values, each "
        "shuffled among the images (95 % interval of the difference over random "
        "choices of images above 0); refuted if it is not higher; else undecided",
        ledger.supported(ledger.above(gain["interval"], 0)),
        f"Judged on {storage.describe_images(likeness.attributes)}. Independent pixels "
        f"give a correlation of {null:.4f}, the images {real:.4f}. Distances are total "
        "variation from the stationary distribution of independent pixels; the null is "
        "that of a second shuffle. For symmetric weights and no jumps the stationary "
        "distribution is the row sums exactly, whichever pairs carry them.",
        null=_named(likeness.nulls.mean(axis=0), likeness.nulls),
        evidence=[likeness],
        figures=["figure4"],
    )


def _named(values, choices):
    """Return the columns of `kinds.Likeness` by name, with intervals over choices."""
    names = (
        "correlation of the stationary distribution",
        "correlation of the row sums",
        "distance from independent pixels",
    )
    return {
        name: _with_interval(value, column)
        for name, value, column in zip(names, values, choices.T, strict=True)
    }


def _spread(values):
    """Return the mean and the central 95 % interval over random choices."""
    return _with_interval(np.mean(values), values)


def _with_interval(value, choices):
    """Return a value and the central 95 % interval over random choices."""
    return {"value": float(value), "interval": ledger.interval(choices)}


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
    covers, nulls = _covers(fractions.choices), _covers(fractions.nulls)
    decisions = [
        None if real and null else real
        for real, null in zip(covers, nulls, strict=True)
    ]
    names = np.array(fractions.kinds)
    with np.errstate(divide="ignore"):  # a share of 0 is infinitely far off
        off = np.abs(np.log(fractions.first / np.array(PAPER_PERCENT))).max(axis=1)
    nearest = int(np.argmin(off))
    shown = _best_of_bases(fractions.kinds, off)
    claim = ledger.claim(
        "edge-fractions",
        "11, figure 5",
        "Of the pairs of pixels, 30.01 % have any weight, 4.74 % at least 10 % of the "
        "largest and 0.46 % at least 35 %.",
        list(PAPER_PERCENT),
        _shares(fractions, shown, fractions.first, fractions.choices),
        "reproduced if, for some kind of weight, the 95 % intervals over random "
        "choices of images cover all three numbers as rounded, and those of "
        "independent pixels with the same values do not; undecided if for each kind "
        "that covers them those of independent pixels do, too",
        ledger.reproduced(ledger.some(decisions)),
        f"Of {len(names)} kinds of weight the nearest for the first images is "
        f"{names[nearest]}, off by at most a factor {np.exp(off[nearest]):.2f}. "
        f"Covering all three: {', '.join(names[covers]) or 'none'}; for independent "
        f"pixels: {', '.join(names[nulls]) or 'none'}. The nearest variant of each "
        "function of two pixels is shown.",
        null=_shares(fractions, shown, fractions.nulls.mean(axis=0), fractions.nulls),
        evidence=[fractions],
        figures=["figure5"],
    )
    return _of_paper(claim, images)


def _of_paper(claim, images):
    """Return a claim on numbers of the paper, not measured on other images."""
    for key, value in PAPER_IMAGES.items():
        if images[key] != value:
            return ledger.not_measured(
                claim,
                f"The numbers are of {key}: {value}, but this run has {images[key]}.",
            )
    return claim


def _covers(choices):
    """Tell for each kind whether its intervals cover all numbers of the paper."""
    paper, half = np.array(PAPER_PERCENT), 0.005  # the numbers are rounded
    low, high = np.percentile(choices, [2.5, 97.5], axis=0)
    return np.all((low <= paper + half) & (paper - half <= high), axis=1)


def _best_of_bases(names, off):
    """Return the index of the nearest kind of weight of each function of pixels."""
    best = {}
    for index in np.argsort(off, kind="stable"):
        best.setdefault(names[index].partition(",")[0], int(index))
    return sorted(best.values())


def _shares(fractions, shown, values, choices):
    """Return shares by kind and cut, with their intervals over random choices."""
    return {
        fractions.kinds[kind]: {
            cut: _with_interval(values[kind, place], choices[:, kind, place])
            for place, cut in enumerate(fractions.cuts)
        }
        for kind in shown
    }


if __name__ == "__main__":
    with stages.logged(snakemake):
        claims = judge_all(
            storage.read(snakemake.input.likeness, kinds.Likeness),
            storage.read(snakemake.input.fractions, kinds.Fractions),
            storage.read(snakemake.input.reading, kinds.Reading),
        )
        ledger.save(snakemake.output.claims, "digit", claims)
