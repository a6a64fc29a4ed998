"""Training: the autoencoder of section 8, 100 - 32 - 100, on Ising samples."""

from functools import partial

from benchmarks import contest, document, limits, ours
from benchmarks.peers import autoencoders

#: What is measured and drawn.
TITLE = "Training of the autoencoder 100 - 32 - 100"

_SIDE, _COUPLING = 10, 0.2  # the paper's 0.4, every bond counted half


def measure(conditions):
    """Compare 200 epochs on 10,000 images, and the cost over images.

    Parameters
    ----------
    conditions : contest.Conditions
        Of the benchmark.

    Returns
    -------
    headlines, sweeps : list of dict
        As `document` makes them.
    """
    count, held_out, epochs = 10_000, 2_000, 200
    counts, few = (1000, 3000, 10_000, 30_000), 20
    if conditions.quick:
        count, held_out, epochs, counts, few = 512, 256, 2, (256, 512), 1
    ours.prepare_training(conditions.threads)
    visible = _SIDE**2
    speed = limits.products_per_second(autoencoders.shapes(visible), conditions.threads)
    per_image = autoencoders.operations(1, visible) / speed
    measured = _contest(count, held_out, epochs, conditions)
    limit = document.limit_of(
        "the matrix products of the training alone, by numpy's float32 BLAS",
        1 / per_image,
        "images per second",
        measured[0].rate,
        operations_per_second=speed,
    )
    headline = document.headline(
        "train, and validate after each epoch",
        {
            "visible": visible,
            "hidden": autoencoders.HIDDEN,
            "training images": count,
            "test images": held_out,
            "batch": autoencoders.BATCH,
            "epochs": epochs,
        },
        "images seen",
        count * epochs,
        measured,
        conditions.threads,
        limit,
    )
    table = [(n, _contest(n, held_out, few, conditions), n * few) for n in counts]
    bound = {
        "what": "matrix products alone",
        "sizes": list(counts),
        "cost": [n * few * per_image for n in counts],
    }
    cost = f"{few} epochs, starting up counted"
    return [headline], [document.sweep("training images", cost, table, bound)]


def _contest(count, held_out, epochs, conditions):
    images = ours.training_images(
        _SIDE, _COUPLING, count + held_out, conditions.threads
    )
    training, test = images[:count], images[count:]

    def make(name, package, function, epochs=epochs, note=""):
        return contest.Contestant(
            name,
            package,
            partial(function, training, test, epochs),
            count * epochs,
            note,
            lambda found: found,
            warm=partial(function, training, test, 2),
        )

    contestants = [
        make(ours.NAME, ours.PACKAGE, ours.train),
        make("Keras fit", "keras", autoencoders.keras_fit),
    ]
    if conditions.has("torch"):
        for name, function in (
            ("PyTorch, DataLoader", autoencoders.torch_loader),
            ("PyTorch, slices", autoencoders.torch_slices),
        ):
            # For products so small, fewer threads than it may use can be faster.
            makers = [
                partial(
                    make,
                    name,
                    "torch",
                    partial(function, threads=n),
                    2,
                    f"threads: {n}",
                )
                for n in dict.fromkeys((1, conditions.threads))
            ]
            best = contest.fastest(makers, conditions)
            function = partial(best.run.func, **best.run.keywords)
            contestants.append(make(name, "torch", function, note=best.note))
    return contest.alternate(contestants, conditions)
