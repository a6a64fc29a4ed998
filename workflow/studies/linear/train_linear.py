"""Train linear networks on all shifts of an image, to give those of another."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import circulant, nearest, shifts, sources
from studies.linear import kinds

import numpy as np

#: Runs of a single layer: first weights, and input.
RUNS = ("zero, whole", "random, whole", "random, band")

#: Distance from the nearest circulant matrix at which a map counts as circulant.
NEAR = 0.01

_MARKS = 40  # at most, evenly in the logarithm of the steps
_AHEAD = 1000  # times the steps of training, up to which the closed form is computed
# Steps, at most, from layers that are circulant at the start. They stay circulant in
# exact arithmetic; but near a saddle, where all layers lose a frequency whose sign the
# optimum reverses, rounding grows exponentially.
_FIRST = 30


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
        **deepen(source, target, settings, stream, train),
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


def deepen(source, target, settings, stream, train):
    """Train networks of several layers, from random orthogonal weights, with Adam.

    In single precision. Adam moves a weight by about its rate in a step, so with one of
    3 / (n depth) the product's directions move by about 3 at most. A product of
    orthogonal weights starts orthogonal, at any depth; the target is scaled so that the
    optimum has the norm of an orthogonal matrix, too, which changes no relative number.

    Parameters
    ----------
    source, target, settings, stream, train
        As in `measure`; the images as `shifts.scaled` gives them.

    Returns
    -------
    dict of ndarray
        The datasets of `kinds.Training` from `depths` on. For `from_identity` there are
        up to 30 steps of plain gradient descent, in double precision, with the target
        scaled so that the optimum amplifies no frequency.
    """
    size, steps = source.size, marks(settings["steps"])
    gains = np.abs(circulant.eigenvalues(shifts.optimum(source, target)))
    target = target / (np.sqrt(np.mean(gains**2)) or 1)
    softer = np.sqrt(np.mean(gains**2)) / (gains.max() or 1)
    inputs, targets = map(circulant.dense, (source, target))
    best = circulant.dense(shifts.optimum(source, target))
    whole = np.sum(targets**2) / 2 or 1
    least = np.sum((best @ inputs - targets) ** 2) / 2

    curves, stays = [], []
    for depth in settings["layers"]:
        starts = [_orthogonal(size, stream) for _ in range(depth)]
        rate = 3 / (size * depth)
        course = train(starts, inputs, targets, steps, "adam", rate=rate)
        rows = [(*_layers(ws, source), (loss - least) / whole) for loss, ws in course]
        curves.append(np.array(rows).T)
        # With no gain above 1 the loss curves `depth` times as much as of one layer.
        starts, first = [np.eye(size)] * depth, steps[steps <= _FIRST]
        wanted, rate = softer * targets, 0.5 / depth
        same = train(starts, inputs, wanted, first, "descent", rate=rate)
        stays.append(
            max(nearest.from_circulant(w, source.shape) for _, ws in same for w in ws)
        )
    names = ("product", "product_seen", "factors", "excess")
    measured = dict(zip(names, np.array(curves).swapaxes(0, 1), strict=True))
    depths = np.array(settings["layers"])
    return measured | {"depths": depths, "from_identity": np.array(stays)}


def _layers(weights, source):
    """Distances of the product, of it on the input's frequencies, and of a layer."""
    product = np.linalg.multi_dot([w.astype(float) for w in weights[::-1]])
    seen = shifts.filtered(product, shifts.seen(source))
    return (
        nearest.from_circulant(product, source.shape),
        nearest.from_circulant(seen, source.shape),
        min(nearest.from_circulant(w, source.shape) for w in weights),
    )


def _orthogonal(size, stream):
    """Draw an orthogonal matrix, in single precision."""
    return np.linalg.qr(stream.standard_normal((size, size)))[0].astype(np.float32)


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
