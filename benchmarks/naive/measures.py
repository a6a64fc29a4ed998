"""What the naive script measures: networks, weights, walks, digits."""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.metrics import average_precision_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import normalize

from benchmarks.naive.basics import (
    cut_off,
    pair_weights,
    stationary,
    transitions_of,
)


def train(settings, training, test, seed):
    """Train an autoencoder by `fit`: history, reconstructions, receptive fields."""
    import keras

    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((training.shape[1],)),
            keras.layers.Dense(settings["hidden"], activation=settings["activation"]),
            keras.layers.Dense(training.shape[1], activation="sigmoid"),
        ]
    )
    model.compile(settings["optimizer"], loss="binary_crossentropy")
    history = model.fit(
        training,
        training,
        batch_size=settings["batch"],
        epochs=settings["epochs"],
        validation_data=(test, test),
        verbose=0,
    ).history
    return history, model.predict(test, verbose=0), model.layers[0].kernel.numpy().T


def locality(fields, edges, squared, permutations, stream):
    """Spread and clustering of the squared weights, against permuted pixels."""
    shares = (fields / np.sqrt(np.mean(fields**2, axis=0))) ** 2
    shares /= shares.sum(axis=1, keepdims=True)

    def statistics(shares):
        spread = np.sqrt(np.sum(shares @ squared * shares, axis=1) / 2).mean()
        centred = shares - shares.mean(axis=1, keepdims=True)
        between = np.sum(centred @ edges * centred, axis=1) / edges.sum()
        return spread, (between / np.mean(centred**2, axis=1)).mean()

    spread, clustering = statistics(shares)
    null = np.array(
        [
            statistics(shares[:, stream.permutation(len(squared))])
            for _ in range(permutations)
        ]
    )
    return {
        "spread": spread,
        "clustering": clustering,
        "p spread": (1 + np.sum(null[:, 0] <= spread)) / (1 + permutations),
        "p clustering": (1 + np.sum(null[:, 1] >= clustering)) / (1 + permutations),
    }


def recovery(spins, edges, sizes):
    """Average precision of pair weights as a guess of the edges, by batch size."""
    pair = np.triu_indices(len(edges), 1)
    found = {}
    for size in sizes:
        batches = min(len(spins) // size, 100)
        scores = [
            average_precision_score(
                edges[pair],
                pair_weights(spins[b * size : (b + 1) * size], "same-state")[pair],
            )
            for b in range(batches)
        ]
        found[size] = np.mean(scores)
    return found


def likeness(pixels, graph):
    """Correlation of the stationary distribution and the mean image."""
    weights = cut_off(pair_weights(pixels, graph["kind"]), graph["cuts"][0])
    walk = stationary(weights, graph["teleport"])
    return np.corrcoef([walk, weights.sum(axis=1), pixels.mean(axis=0)])[2]


def fractions(pixels):
    """Share of the pairs that stay, for 24 kinds of weight and three cuts."""
    kinds = [
        ("coactivation", 0, False),
        ("coactivation", 127, False),
        ("same-state", 0, False),
        ("same-value", 0, False),
        ("product", 0, False),
        ("product", 0, True),
    ]
    shares = []
    for kind in kinds:
        plain = pair_weights(pixels, *kind)
        bare = plain * (1 - np.eye(len(plain)))
        for weights in (plain, plain**2, bare, bare**2):
            for cut in ("at-0", "at-0.10", "at-0.35"):
                shares.append(np.mean(cut_off(weights, cut) > 0))
    return shares


def read_digits(training, test, walks):
    """Train nearest neighbours on digits; accuracy, and what they read in the walks."""
    pixels, labels = training
    compress = PCA(min(50, len(pixels), pixels.shape[1])).fit(normalize(pixels))
    voters = KNeighborsClassifier(5).fit(compress.transform(normalize(pixels)), labels)

    def look(pictures):
        return voters.predict(compress.transform(normalize(pictures)))

    return np.mean(look(test[0]) == test[1]), look(np.array(walks))


def steps(walk, weights, teleport, pixels, stream):
    """How far a step moves what is near the stationary distribution, and images."""
    step = transitions_of(weights) * (1 - teleport) + teleport / len(weights)
    drawn = stream.dirichlet(np.ones(len(walk)), 100)
    targets = np.concatenate([drawn, np.eye(len(walk))])
    away = np.abs(targets - walk).sum(axis=1, keepdims=True) / 2
    moved = []
    for distance in (0.001, 0.01, 0.1, 0.5):
        near = walk + distance * (targets - walk) / away
        moved.append(np.abs(near @ step - near).sum(axis=1).max() / 2)
    pictures = normalize(pixels.astype(float), "l1")
    return moved, np.mean(np.abs(pictures @ step - pictures).sum(axis=1) / 2)
