"""What the naive script is made of: lattices, samples, images, weights, walks."""

import gzip
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

_IDX = {"train": "train", "test": "t10k"}


def lattice(rows, columns, boundary):
    """Adjacency matrix of a lattice, and the squared distances of its sites."""
    row, column = np.divmod(np.arange(rows * columns), columns)
    down = np.abs(row[:, None] - row)
    across = np.abs(column[:, None] - column)
    if boundary == "periodic":
        down, across = (
            np.minimum(down, rows - down),
            np.minimum(across, columns - across),
        )
    squared = down**2 + across**2
    return (squared == 1).astype(float), squared.astype(float)


def gibbs(settings, stream):
    """Heat-bath samples of one ensemble, all chains at once, site by site."""
    count = settings["training"] + settings["test"]
    edges, _ = lattice(settings["rows"], settings["columns"], settings["boundary"])
    neighbours = [np.flatnonzero(line) for line in edges]
    strength = settings["beta"] * (2 if settings["bonds"] == "standard" else 1)
    spins = stream.choice([-1.0, 1.0], (len(edges), count))
    for _ in range(settings["sweeps"]):
        for site, around in enumerate(neighbours):
            field = spins[around].sum(axis=0) + settings["field"]
            chance = 1 / (1 + np.exp(-strength * field))
            spins[site] = np.where(stream.random(count) < chance, 1.0, -1.0)
    return spins.T.astype(np.int8)


def images_of(settings, folder, stream):
    """Images, flat, and labels of one image set."""
    if settings["source"] == "digits":
        digits = load_digits()
        chosen = slice(1347) if settings["part"] == "train" else slice(1347, None)
        pixels = (digits.data[chosen] * (255 / 16)).astype(np.uint8)
        labels = digits.target[chosen]
    else:
        name = _IDX[settings["part"]]
        with gzip.open(Path(folder) / f"{name}-images-idx3-ubyte.gz") as file:
            pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
        with gzip.open(Path(folder) / f"{name}-labels-idx1-ubyte.gz") as file:
            labels = np.frombuffer(file.read(), np.uint8, offset=8)
    order = np.arange(len(pixels))
    if settings["label"] != "any":
        order = order[labels == settings["label"]]
    if settings["choose"] == "random":
        order = stream.permutation(order)
    if settings["count"] != "all":
        order = order[: settings["count"]]
    return pixels[order], labels[order]


def pair_weights(pixels, kind, level=0, centred=False):
    """Average a function of two pixels over images, for all pairs."""
    x = pixels.astype(float)
    on = (x > level).astype(float)
    if kind == "coactivation":
        total = on.T @ on
    elif kind == "same-state":
        total = on.T @ on + (1 - on).T @ (1 - on)
    elif kind == "same-value":
        total = np.zeros((x.shape[1],) * 2)
        for values, bright in zip(pixels, on > 0, strict=True):
            total += (values[:, None] == values) & bright
    else:
        total = x.T @ x
    weights = total / len(x)
    if centred:
        weights -= np.outer(x.mean(axis=0), x.mean(axis=0))
    return weights


def cut_off(weights, cut):
    """Set to 0 what is lighter than a cut."""
    rule, number = cut.split("-")
    if rule == "at":
        least = float(number) * weights.max()
    else:
        least = np.sort(weights, axis=None)[-max(1, int(float(number) * weights.size))]
    return np.where((weights >= least) & (weights > 0), weights, 0)


def transitions_of(weights):
    """Transition matrix; uniform where a pixel has no edges."""
    sums = weights.sum(axis=1, keepdims=True)
    uniform = np.full_like(weights, 1 / len(weights))
    return np.divide(weights, sums, out=uniform, where=sums > 0)


def stationary(weights, teleport):
    """Stationary distribution, by power iteration."""
    step = transitions_of(weights).T * (1 - teleport)
    now = np.full(len(weights), 1 / len(weights))
    while True:
        after = step @ now + teleport / len(weights)
        if np.abs(after - now).sum() < 1e-12:
            return after
        now = after
