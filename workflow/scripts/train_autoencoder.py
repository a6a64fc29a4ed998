"""Train an autoencoder, and reconstruct the test set with it."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import History, Reconstructions

with stages.logged(snakemake):
    from pixelwalk.networks import autoencoder, backend

    settings, seed = snakemake.params.settings, snakemake.params.seed
    stream = seed, "autoencoders", snakemake.wildcards.name
    images, source = storage.read_pixels(snakemake.input.training)
    held_out, test_source = storage.read_pixels(snakemake.input.test, "test")
    training, test = map(autoencoder.to_unit_interval, (images, held_out))

    backend.prepare(snakemake.threads)
    model = autoencoder.build(
        training.shape[1],
        hidden=settings["hidden"],
        activation=settings["activation"],
        seed=seeds.small_seed(*stream),
    )
    history = autoencoder.train(
        model,
        training,
        test,
        optimizer=settings["optimizer"],
        learning_rate=settings["learning_rate"],
        epochs=settings["epochs"],
        batch=settings["batch"],
        generator=seeds.generator(*stream, "order"),
    )
    provenance = {
        "settings": settings | {"test set": test_source["settings"]},
        "source": source,
        "seed": seed,
        "libraries": ["keras", "tensorflow"],
    }
    storage.write(snakemake.output.history, History(**history), **provenance)
    storage.write(
        snakemake.output.reconstructions,
        Reconstructions(
            originals=test.reshape(held_out.shape),
            reconstructions=autoencoder.reconstruct(model, test).reshape(
                held_out.shape
            ),
            fields=autoencoder.receptive_fields(model).reshape(-1, *held_out.shape[1:]),
        ),
        **provenance,
    )
    autoencoder.save(model, snakemake.output.model)
