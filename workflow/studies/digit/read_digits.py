"""Read the label in stationary distributions with a classifier (figure 5).

Those of the graph are read under every cut. Graphs of one in 200 of all entries are
read for every label, with the first images and with random choices of them. Two others
have no structure: graphs of the same images with each pixel shuffled among them, and
graphs whose weights are products of two pixels' means.
"""

import logging

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.graph import walk
from pixelwalk.jobs import stages
from pixelwalk.sources import folders
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit import choices, kinds

import numpy as np
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

log = logging.getLogger(__name__)

#: Principal components, and neighbours that vote.
COMPONENTS, VOTES = 50, 5

#: Cut of the sparse graphs: 1 in 200 of the possible edges, as the paper says.
SPARSE = "top-0.005"

#: Choices of images of each label: the first ones, and random ones.
TRIALS = 10

#: What the sparse graphs are made of.
GRAPHS = ("images", "independent pixels", "products of means")


def read_digits(training, test, walks, *, label, settings, seeds, threads):
    """Train a classifier, and read the label in stationary distributions.

    Parameters
    ----------
    training, test : pixelwalk.storage.kinds.images.Images
        Images with their `labels`.
    walks : sequence of pixelwalk.storage.kinds.graph.Stationary
        Of the same graph, one for each cut.
    label : int or str
        Label of the images of this graph.
    settings : dict
        Names of the `cuts`, `count` of images in a choice, and `weight` and `teleport`
        of the graph.
    seeds : numpy.random.SeedSequence
        For the choices.
    threads : int
        Threads to use; the result does not depend on it.

    Returns
    -------
    studies.digit.kinds.Reading
    """
    reader = train_reader(training.images, training.labels)
    classes, names = reader.classes_, training.label_names
    numbers = [np.count_nonzero(training.labels == one) for one in classes]
    tried = np.flatnonzero(np.array(numbers) >= choices.LEAST)
    trials = np.zeros((len(GRAPHS), len(tried), TRIALS))
    active = np.zeros_like(trials)
    for place, index in enumerate(tried):
        images = training.images[training.labels == classes[index]]
        pictures, active[:, place] = sparse_walks(
            images, settings=settings, seeds=seeds.spawn(1)[0], threads=threads
        )
        read = reader.predict(_flat(pictures.reshape(-1, images[0].size)))
        trials[:, place] = (read == classes[index]).reshape(len(GRAPHS), TRIALS)
    return kinds.Reading(
        labels=[names[one] if names else str(one) for one in classes.tolist()],
        label=int(np.argmax(folders.has_label(classes, label, names))),
        cuts=settings["cuts"],
        active=[float(one.active_fraction) for one in walks],
        probabilities=votes(reader, [one.distribution for one in walks]),
        mean_probabilities=votes(reader, [walks[0].mean])[0],
        accuracy=accuracy(reader, test.images, test.labels),
        tested=len(test.images),
        tried=tried,
        graphs=list(GRAPHS),
        trials=trials,
        trial_active=active,
    )


def sparse_walks(images, *, settings, seeds, threads):
    """Compute walks on sparse graphs of the first images and of random choices.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Images of one label.
    settings : dict
        `count`, `weight` and `teleport`, as for `read_digits`.
    seeds : numpy.random.SeedSequence
    threads : int

    Returns
    -------
    distributions : ndarray of float64, shape (graphs, TRIALS, N)
        Stationary distributions of the walks on each of `GRAPHS`.
    active : ndarray of float64, shape (graphs, TRIALS)
        Fractions of all entries that the graphs have.
    """

    def measure(chosen, stream):
        shuffled = stream.permuted(chosen, axis=0)
        mean = chosen.mean(axis=0).ravel()
        rows = []
        for weights in (
            pairs.pair_weights(chosen, **settings["weight"], threads=1),
            pairs.pair_weights(shuffled, **settings["weight"], threads=1),
            np.outer(mean, mean),
        ):
            adjacency = graph.sparsify(weights, SPARSE)
            visits, _, _ = walk.stationary_distribution(
                adjacency, teleport=settings["teleport"]
            )
            rows.append([*visits, graph.active_fraction(adjacency)])
        return np.array(rows)

    count = settings["count"]
    random = choices.over_choices(
        measure, images, count, TRIALS - 1, seeds=seeds, threads=threads
    )
    first = measure(images[:count], np.random.default_rng(seeds.spawn(1)[0]))
    table = np.concatenate([first[None], random]).swapaxes(0, 1)
    return table[..., :-1], table[..., -1]


def train_reader(images, labels):
    """Train a classifier: nearest neighbours among principal components.

    Brightness is divided out first, because a probability per pixel has another scale
    than a grey value.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.
    labels : ndarray of uint8, shape (n,)
        What they show.

    Returns
    -------
    sklearn.pipeline.Pipeline
    """
    components = min(COMPONENTS, len(images), images[0].size)
    reader = make_pipeline(
        Normalizer(),
        PCA(components, svd_solver="covariance_eigh"),
        KNeighborsClassifier(min(VOTES, len(images))),
    )
    return reader.fit(_flat(images), labels)


def votes(reader, pictures):
    """Estimate the probability of each label for each picture.

    Parameters
    ----------
    reader : sklearn.pipeline.Pipeline
        A classifier from `train_reader`.
    pictures : ndarray of float, shape (n, rows, columns)
        At least 0, in any unit.

    Returns
    -------
    ndarray of float64, shape (n, labels)
        Shares of the votes, in the order of the classifier's labels.
    """
    return reader.predict_proba(_flat(pictures))


def accuracy(reader, images, labels):
    """Compute the share of test images that are classified correctly, 0 to 1."""
    share = reader.score(_flat(images), labels)
    log.info("test accuracy %.4f", share)
    return share


def _flat(images):
    images = np.asarray(images)
    # Grey values take single precision, which halves the time; it holds them exactly.
    precision = np.result_type(images.dtype, np.float32)
    return images.reshape(len(images), -1).astype(precision)


if __name__ == "__main__":
    with stages.logged(snakemake):
        seed = snakemake.params.seed
        images = storage.read(snakemake.input.images, Images)
        training = storage.read(snakemake.input.training, Images)
        test = storage.read(snakemake.input.test, Images)
        walks = [storage.read(path, Stationary) for path in snakemake.input.walks]
        settings = snakemake.params.settings | {"count": len(images.images)}
        reading = read_digits(
            training,
            test,
            walks,
            label=images.attributes["settings"]["label"],
            settings=settings,
            seeds=seeds.seed_sequence(seed, "reading"),
            threads=snakemake.threads,
        )
        storage.write(
            snakemake.output.reading,
            reading,
            settings=snakemake.params.settings
            | {
                "training": training.attributes["settings"],
                "test": test.attributes["settings"],
            },
            source=walks[0].attributes,
            seed=seed,
            libraries=["scikit-learn"],
        )
