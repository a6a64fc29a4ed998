"""Files of the study `digit`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Likeness(Kind, kind="likeness", file="digit/likeness.h5"):
    """Stationary distributions against mean images, and against independent pixels.

    Columns: correlation with the mean image of the stationary distribution, and of the
    row sums; total variation of the distribution from that of independent pixels.
    """

    first: Array = dataset("see above", "(3,)", "of the images of the graph")
    choices: Array = dataset("see above", "(choices, 3)", "of random choices of images")
    nulls: Array = dataset(
        "see above",
        "(choices, 3)",
        "the same, each pixel shuffled among the images of the choice",
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

    labels: Array = dataset("name", "(labels,)", "labels that it distinguishes")
    label: float = dataset("index", "()", "label of the graph's images")
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
    tried: Array = dataset("index", "(tried,)", "labels of the sparse graphs")
    graphs: Array = dataset("name", "(graphs,)", "what a sparse graph is made of")
    trials: Array = dataset(
        "0 or 1",
        "(graphs, tried, trials)",
        "1 if the label is read in the walk on a sparse graph of its images: the first "
        "images, then random choices",
    )
    trial_active: Array = dataset(
        "fraction of N x N", "(graphs, tried, trials)", "entries of these graphs"
    )
