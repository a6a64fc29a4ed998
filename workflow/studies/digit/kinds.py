"""Files of the study `digit`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Likeness(Kind, kind="likeness", file="digit/likeness.h5"):
    """Correlation of stationary distributions with mean images."""

    first: Array = dataset(
        "correlation", "(3,)", "with the mean image: walk, row sums, partial"
    )
    choices: Array = dataset("correlation", "(choices, 3)", "the same, random choices")
    nulls: Array = dataset(
        "correlation", "(choices, 3)", "the same, each pixel shuffled among the images"
    )
    digits: Array = dataset(
        "correlation", "(10,)", "walk with the mean image of each digit"
    )


class Fractions(Kind, kind="fractions", file="digit/fractions.h5"):
    """Shares of pairs that stay, by kind of weight and cut."""

    kinds: Array = dataset("name", "(kinds,)", "kinds of weight")
    cuts: Array = dataset("name", "(cuts,)", "cuts")
    first: Array = dataset("percent of N x N", "(kinds, cuts)", "entries that stay")
    choices: Array = dataset(
        "percent of N x N", "(choices, kinds, cuts)", "random choices"
    )
    nulls: Array = dataset(
        "percent of N x N",
        "(choices, kinds, cuts)",
        "the same, each pixel shuffled among the images",
    )


class Reading(Kind, kind="reading", file="digit/reading.h5"):
    """What a classifier reads in stationary distributions."""

    cuts: Array = dataset("name", "(cuts,)", "cuts of the graph")
    active: Array = dataset("fraction of N x N", "(cuts,)", "entries that stay")
    probabilities: Array = dataset(
        "probability", "(cuts, labels)", "of each label, by cut"
    )
    mean_probabilities: Array = dataset(
        "probability", "(labels,)", "the same for the mean image"
    )
    accuracy: float = dataset("fraction", "()", "test images that are read rightly")
    tested: float = dataset("count", "()", "test images")
    digits: Array = dataset("label", "(digits,)", "of the population")
    trial_cut: float = dataset("place", "()", "of the sparsest of the cuts, from 0")
    trials: Array = dataset(
        "0 or 1",
        "(2, digits, trials)",
        "1 if a choice of images of a digit is read as it under that cut: the first "
        "images, then random choices; second row: each pixel shuffled among them",
    )
