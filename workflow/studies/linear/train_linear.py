"""Train linear networks on all shifts of an image, to give those of another."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import circulant, nearest, shifts, sources
from studies.linear import deepen, kinds

import numpy as np

#: Runs of a single layer: first weights, and input.
RUNS = ("zero, whole", "random, whole", "random, band")

#: Distance from the nearest circulant matrix at which a map counts as circulant.
NEAR = 0.01

_MARKS = 40  # at most, evenly in the logarithm of the steps
_AHEAD = 1000  # times the steps of training, up to which the closed form is computed


def marks(steps):
    """List the steps to measure: 0, and evenly in their logarithm up to the last."""
    spaced = np.geomspace(1, steps, _MARKS).round().astype(int)
    return np.unique([0, *spaced])


def measure(source, target, settings, stream, train):
    """Train linear networks on all shifts, and measure them beside the closed form.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
        The input image and the target image.
    settings : mapping
        `band`, `layers` and `steps`, as config.yaml has them.
    stream : numpy.random.Generator
        For the weights before the first step.
    train : callable
        `network.train`, or another function of the same arguments.

    Returns
    -------
    kinds.Training
    """
    source, target = shifts.scaled(source, target)
    return kinds.Training(
        **descend(source, target, settings, stream, train),
        **deepen.deepen(
            source, target, settings["layers"], marks(settings["steps"]), stream, train
        ),
    )


def descend(source, target, settings, stream, train):
    """Train one layer by gradient descent, at half of the largest stable rate.

    Parameters
    ----------
    source, target, settings, stream, train
        As in `measure`; the images as `shifts.scaled` gives them.

    Returns
    -------
    dict of ndarray
        The datasets of `kinds.Training` from `runs` to `learned_band`. `remaining` and
        `deviation` are relative to the norms of the optimum and of the closed form;
        `forgotten` to that of the first weights at the frequencies left out.
    """
    steps = marks(settings["steps"])
    random = stream.standard_normal((source.size, source.size)) / np.sqrt(source.size)
    band = shifts.band_limited(source, settings["band"])
    band, band_target = shifts.scaled(band, target)
    runs = [
        (np.zeros_like(random), source, target),
        (random, source, target),
        (random, band, band_target),
    ]
    followed = [_follow(*run, steps, train) for run in runs]
    curves = np.array([rows for rows, _ in followed])
    missing = ~shifts.seen(band)
    of_start = np.linalg.norm(shifts.filtered(random, missing)) or 1
    changed = shifts.filtered(followed[2][1] - random, missing)
    ahead = np.geomspace(steps[-1], _AHEAD * steps[-1], _MARKS).round()
    return {
        "runs": list(RUNS),
        "marks": steps,
        "distances": curves[:, 0],
        "predicted": curves[:, 1],
        "remaining": curves[:, 2],
        "deviation": curves[:, 3].max(axis=1),
        "ahead": ahead,
        "predicted_ahead": np.array([_predicted(run, ahead) for run in runs]),
        "limit": np.array([_predicted(run, [np.inf])[0] for run in runs]),
        "needed": np.array([needed(*run) for run in runs]),
        "forgotten": float(np.linalg.norm(changed) / of_start),
        "band_seen": int(np.count_nonzero(shifts.seen(band))),
        "start": random,
        "learned": followed[1][1],
        "learned_band": followed[2][1],
    }


def _predicted(run, steps):
    """Distances from circulant of the closed form of a run (start, source, target)."""
    shape = run[1].shape
    return [
        nearest.from_circulant(shifts.descended(*run, step), shape) for step in steps
    ]


def _follow(start, source, target, steps, train):
    """Measure one run at each mark: rows of numbers, and the weights at its end."""
    best = circulant.dense(shifts.optimum(source, target))
    size = np.linalg.norm(best) or 1
    rows = []
    inputs, targets = map(circulant.dense, (source, target))
    course = train([start], inputs, targets, steps, "descent", rate=1.0)
    for step, (_, (weights,)) in zip(steps, course, strict=True):
        expected = shifts.descended(start, source, target, step)
        rows.append(
            (
                nearest.from_circulant(weights, source.shape),
                nearest.from_circulant(expected, source.shape),
                np.linalg.norm(weights - best) / size,
                np.linalg.norm(weights - expected) / (np.linalg.norm(expected) or 1),
            )
        )
    return np.array(rows).T, weights


def needed(start, source, target, most=1e15):
    """Count the steps of gradient descent until the map is nearly circulant.

    The closed form gives the number to within 1 %.

    Parameters
    ----------
    start, source, target
        As in `shifts.descended`.
    most : float
        Largest number of steps that is tried.

    Returns
    -------
    float
        nan if they are more.
    """

    def near(steps):
        reached = shifts.descended(start, source, target, steps)
        return nearest.from_circulant(reached, source.shape) <= NEAR

    if near(0):
        return 0.0
    high = 1.0
    while not near(high):
        high *= 2
        if high > most:
            return np.nan
    low = high / 2
    while high - low > max(1, 0.01 * low):
        middle = np.floor((low + high) / 2)
        low, high = (low, middle) if near(middle) else (middle, high)
    return high


if __name__ == "__main__":
    with stages.logged(snakemake):
        from pixelwalk.networks import backend
        from studies.linear import network

        settings, seed = snakemake.params.settings, snakemake.params.seed
        pixels, source = storage.read_pixels(snakemake.input.images)
        backend.prepare(snakemake.threads)
        training = measure(
            *sources.pair(pixels, settings),
            settings,
            seeds.generator(seed, "linear", snakemake.wildcards.name, "weights"),
            network.train,
        )
        storage.write(
            snakemake.output.training,
            training,
            settings=settings,
            source=source,
            seed=seed,
            libraries=["scipy", "keras", "tensorflow"],
        )
