"""Small images that are easy to learn, and small networks that learn them.

Keras is imported inside the functions: no other test should wait for it.
"""

import numpy as np

STREAM = np.random.default_rng(1)
#: Images of two patterns with little noise: no constant knows them.
PATTERNS = STREAM.integers(0, 2, (2, 16))
IMAGES = PATTERNS[STREAM.integers(0, 2, 70)] ^ (STREAM.random((70, 16)) < 0.02)
IMAGES = IMAGES.astype(np.float32)
TRAINING, TEST = IMAGES[:50], IMAGES[50:]


class InOrder:
    """In place of a generator: leaves the images as they are."""

    permutation = staticmethod(np.arange)


def build(seed=7, hidden=5, activation="relu", visible=16):
    """Build a small network, for one thread."""
    from pixelwalk.networks import autoencoder, backend

    backend.prepare(1)
    return autoencoder.build(visible, hidden=hidden, activation=activation, seed=seed)


def train(model, training=TRAINING, test=TEST, seed=7, **options):
    """Train a network, in three epochs of uneven batches if nothing else is asked."""
    from pixelwalk.networks import autoencoder

    usual = {"optimizer": "adam", "learning_rate": 0.01, "epochs": 3, "batch": 8}
    usual |= {"generator": np.random.default_rng(seed)}
    return autoencoder.train(model, training, test, **usual | options)


def fit(model, optimizer="adam", batch=8, callbacks=()):
    """Train as people do, with `fit`, for three epochs with the images in order."""
    from pixelwalk.networks.backend import keras

    rate = {"learning_rate": 0.01}
    rule = keras.optimizers.get({"class_name": optimizer, "config": rate})
    model.compile(rule, loss="binary_crossentropy")
    return model.fit(
        TRAINING,
        TRAINING,
        batch_size=batch,
        epochs=3,
        validation_data=(TEST, TEST),
        shuffle=False,
        verbose=0,
        callbacks=list(callbacks),
    ).history


def train_linear(*arguments, **options):
    """Train linear networks."""
    from studies.linear import network

    return network.train(*arguments, **options)


def descend(starts, inputs, targets, marks, optimizer="descent", *, rate):
    """Descend as `train_linear` does without Adam, by hand in numpy."""
    weights, done = [start.copy() for start in starts], 0
    for mark in marks:
        for _ in range(mark - done):
            seen = [inputs]
            for w in weights:
                seen.append(w @ seen[-1])
            error = seen[-1] - targets
            for layer in reversed(range(len(weights))):
                w = weights[layer]
                weights[layer] = w - rate * error @ seen[layer].T
                error = w.T @ error
        done = mark
        product = np.linalg.multi_dot([*weights[::-1], inputs])
        yield np.sum((product - targets) ** 2) / 2, list(weights)


def reconstruct(model, images):
    """What a network makes of images."""
    from pixelwalk.networks import autoencoder

    return autoencoder.reconstruct(model, images)


def cross_entropy(images, chances):
    """Mean over pixels and images, in nat."""
    chances = np.clip(np.asarray(chances, float), 1e-7, 1 - 1e-7)
    return -np.mean(images * np.log(chances) + (1 - images) * np.log(1 - chances))


def forward(weights, images):
    """What a network with a hidden layer of tanh gives back, in double precision."""
    inward, bias, outward, offset = (np.asarray(w, float) for w in weights)
    hidden = np.tanh(images @ inward + bias)
    return hidden, 1 / (1 + np.exp(-(hidden @ outward + offset)))


def gradients(weights, images):
    """Derivatives of the cross-entropy by the weights, by hand."""
    hidden, chances = forward(weights, images)
    beyond = (chances - images) / images.size
    before = beyond @ np.asarray(weights[2], float).T * (1 - hidden**2)
    return [images.T @ before, before.sum(0), hidden.T @ beyond, beyond.sum(0)]
