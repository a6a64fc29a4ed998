"""Train networks to return the stationary distribution, whatever image they see.

Keras is imported inside functions: it takes seconds to load.
"""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from studies.programme.kinds import Networks

import numpy as np

#: Dense linear layers that differ in their initial weights alone.
SEEDS = 3


def train_programme(training, test, distribution, *, boundary, kernels, seed, **course):
    """Build and train all networks.

    Parameters
    ----------
    training, test, **course
        As for `networks.train`.
    distribution : ndarray of float, shape (rows, columns)
        Target of the networks up to its scale: the target's mean is 1.
    boundary, kernels
        As for `networks.build` and `networks.designs`.
    seed : int
        Of the initial weights.

    Returns
    -------
    Networks
    """
    from pixelwalk.networks.backend import keras
    from studies.programme import networks

    keras.utils.set_random_seed(seed)
    designs = networks.designs(kernels)
    models = [
        networks.build(design, *distribution.shape, boundary) for design in designs
    ]
    repeats = [
        networks.build(designs[0], *distribution.shape, boundary)
        for _ in range(SEEDS - 1)
    ]
    target = distribution.ravel() / distribution.mean()
    losses = networks.train(models + repeats, training, test, target, **course)
    losses = {name: values[: len(models)] for name, values in losses.items()}
    linear = [
        model
        for design, model in zip(designs, models, strict=True)
        if design.activation == "linear" and not design.bias
    ]
    return Networks(
        kinds=[design.kind for design in designs],
        activations=[design.activation for design in designs],
        kernels=np.array([design.kernel for design in designs]),
        biases=np.array([design.bias for design in designs], np.uint8),
        parameters=np.array([model.count_params() for model in models]),
        target=target,
        matrices=np.array([networks.matrix(model, len(target)) for model in linear]),
        repeats=np.array([networks.matrix(model, len(target)) for model in repeats]),
        **losses,
    )


if __name__ == "__main__":
    with stages.logged(snakemake):
        from pixelwalk.networks import autoencoder, backend

        settings, seed = snakemake.params.settings, snakemake.params.seed
        stream = seed, "programme", snakemake.wildcards.name
        stationary = storage.read(snakemake.input.stationary, Stationary)
        graph = storage.origin(stationary.attributes)["settings"]
        label = graph.get("label", "any")
        training, source = storage.read_pixels(snakemake.input.images, label=label)
        test, test_source = storage.read_pixels(
            snakemake.input.test, "test", label=label
        )

        backend.prepare(snakemake.threads)
        trained = train_programme(
            autoencoder.to_unit_interval(training),
            autoencoder.to_unit_interval(test),
            stationary.distribution,
            boundary=graph.get("boundary", "free"),
            kernels=settings["kernels"],
            seed=seeds.small_seed(*stream),
            learning_rate=settings["learning_rate"],
            epochs=settings["epochs"],
            batch=settings["batch"],
            generator=seeds.generator(*stream, "order"),
        )
        storage.write(
            snakemake.output.networks,
            trained,
            settings=settings
            | {"images": source["settings"], "test set": test_source["settings"]},
            source=stationary.attributes,
            seed=seed,
            libraries=["keras", "tensorflow"],
        )
