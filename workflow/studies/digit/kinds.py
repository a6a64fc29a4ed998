"""Files of the study `digit`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Likeness(Kind, kind="likeness", file="digit/likeness.h5"):
    """Correlation of stationary distributions with mean images."""

    first: Array = dataset(
        "correlation", "(3,)", "with the mean image: walk, row sums, partial"
    )
    choices: Array = dataset("correlation", "(choices, 3)", "the same, random choices")
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


class Reading(Kind, kind="reading", file="digit/reading.h5"):
    """What a classifier reads in stationary distributions."""

    cuts: Array = dataset("name", "(cuts,)", "cuts of the graph")
    active: Array = dataset("fraction of N x N", "(cuts,)", "entries that stay")
    probabilities: Array = dataset("probability", "(cuts, 10)", "of each digit, by cut")
    mean_probabilities: Array = dataset(
        "probability", "(10,)", "the same for the mean image"
    )
    accuracy: float = dataset("fraction", "()", "test images that are read rightly")
    tested: float = dataset("count", "()", "test images")
