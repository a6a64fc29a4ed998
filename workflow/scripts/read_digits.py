"""Read the digit in the stationary distributions with a trained classifier."""

from pixelwalk import stages, storage
from pixelwalk.claims import reading

with stages.logged(snakemake):
    training = storage.read(snakemake.input.training, "images")
    test = storage.read(snakemake.input.test, "images")
    walks = [storage.read(path, "stationary") for path in snakemake.input.walks]
    reader = reading.train_reader(training.images, training.labels)
    storage.write(
        snakemake.output.reading,
        "reading",
        {
            "cuts": snakemake.params.settings["cuts"],
            "active": [walk.active_fraction for walk in walks],
            "probabilities": reading.read(reader, [w.distribution for w in walks]),
            "mean_probabilities": reading.read(reader, [walks[0].mean])[0],
            "accuracy": reading.accuracy(reader, test.images, test.labels),
            "tested": len(test.images),
        },
        settings=snakemake.params.settings
        | {
            "training": training.attributes["settings"],
            "test": test.attributes["settings"],
        },
        source=walks[0].attributes,
        libraries=["scikit-learn"],
    )
