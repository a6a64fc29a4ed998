"""Read the digit in the stationary distributions with a trained classifier."""

from pixelwalk import storage
from pixelwalk.claims import reading
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit.kinds import Reading

with stages.logged(snakemake):
    training = storage.read(snakemake.input.training, Images)
    test = storage.read(snakemake.input.test, Images)
    walks = [storage.read(path, Stationary) for path in snakemake.input.walks]
    reader = reading.train_reader(training.images, training.labels)
    storage.write(
        snakemake.output.reading,
        Reading(
            cuts=snakemake.params.settings["cuts"],
            active=[walk.active_fraction for walk in walks],
            probabilities=reading.read(reader, [w.distribution for w in walks]),
            mean_probabilities=reading.read(reader, [walks[0].mean])[0],
            accuracy=reading.accuracy(reader, test.images, test.labels),
            tested=len(test.images),
        ),
        settings=snakemake.params.settings
        | {
            "training": training.attributes["settings"],
            "test": test.attributes["settings"],
        },
        source=walks[0].attributes,
        libraries=["scikit-learn"],
    )
