"""Train the networks of the programme to give the stationary distribution."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from studies.programme.kinds import Networks

with stages.logged(snakemake):
    from pixelwalk.networks import autoencoder, backend, programme

    settings, seed = snakemake.params.settings, snakemake.params.seed
    stream = seed, "programme", snakemake.wildcards.name
    stationary = storage.read(snakemake.input.stationary, Stationary)
    graph = storage.origin(stationary.attributes)["settings"]
    label = graph.get("label", "any")
    training, source = storage.read_pixels(snakemake.input.images, label=label)
    test, test_source = storage.read_pixels(snakemake.input.test, "test", label=label)

    backend.prepare(snakemake.threads)
    found = programme.study(
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
        Networks(**found),
        settings=settings
        | {"images": source["settings"], "test set": test_source["settings"]},
        source=stationary.attributes,
        seed=seed,
        libraries=["keras", "tensorflow"],
    )
