"""Measure what autoencoders on disjoint parts of an ensemble learned (section 8).

Each is measured on its own held-out samples, so the numbers of the networks are
independent.
"""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.networks import backend
from pixelwalk.storage.kinds.ising import Samples
from studies.autoencoder import network
from studies.autoencoder.blocks import block_spins, explained
from studies.autoencoder.kinds import Learned, Replicas
from studies.autoencoder.likeness import likeness, permuted_likeness
from studies.autoencoder.measure_locality import measure_locality, without_profile
from studies.autoencoder.reconstruction import correct_share, correct_shares
from studies.autoencoder.train_replicas import parts

import numpy as np
from scipy import special

#: Random orders of the pixels of a network, for the likeness of its fields.
ORDERS = 9


def measure_fields(fields, boundary, *, permutations, generator):
    """Measure the receptive fields of one network, beside permuted pixels.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron.
    boundary : {"periodic", "free"}
    permutations : int
        Random orders of the pixels, for spread and clustering.
    generator : numpy.random.Generator

    Returns
    -------
    dict of str to float
        The datasets of `Learned` from `spread` to `permuted_likeness`.
    """
    local = measure_locality(
        fields, boundary, permutations=permutations, stream=generator
    )
    bare = without_profile(fields)
    return {
        "spread": np.mean(local.spreads),
        "permuted_spread": np.mean(local.null_spread),
        "clustering": np.mean(local.clustering),
        "permuted_clustering": np.mean(local.null_clustering),
        "likeness": np.mean(likeness(bare, boundary)),
        "permuted_likeness": permuted_likeness(
            bare, boundary, permutations=ORDERS, generator=generator
        ),
    }


def measure_images(test, odds, reference, training, components, boundary):
    """Return the shares of held-out pixels that one network and others give back.

    Parameters
    ----------
    test : ndarray of float, shape (n, rows, columns)
        Held-out samples, 0 or 1.
    odds, reference : ndarray of float, shape (n, rows, columns)
        Logarithms of the odds that a pixel is 1, by the network and by that trained at
        infinite temperature.
    training : ndarray of float, shape (m, rows * columns)
        Samples from which the principal components are computed.
    components : int
        Number of principal components.
    boundary : {"periodic", "free"}

    Returns
    -------
    dict of str to float
        The datasets of `Learned` from `network` to `reference`.
    """
    flat = test.reshape(len(test), -1)
    shares = correct_shares(test, special.expit(odds), boundary)
    shares["components"] = correct_share(flat, project(flat, training, components))
    shares["reference"] = correct_share(
        flat, special.expit(reference).reshape(flat.shape)
    )
    return {guess: share.mean() for guess, share in shares.items()}


def project(images, training, components):
    """Project images on the first principal components of others."""
    mean = training.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(training, rowvar=False))
    axes = axes[:, -components:]
    return mean + (images - mean) @ axes @ axes.T


def measure_blocks(encoder, bias, images, activation, order=None):
    """Return R squared of block spins regressed on the hidden units of one network.

    Parameters
    ----------
    encoder, bias : ndarray, shapes (pixels, hidden) and (hidden,)
    images : pair of ndarray of float32, shape (n, rows, columns)
        Training and held-out samples, 0 or 1.
    activation : str
        Keras name of the activation.
    order : ndarray of int, shape (pixels,), optional
        Order of the pixels before they are put into blocks, which then are groups of
        any pixels.

    Returns
    -------
    float
    """
    numbers = []
    for part in images:
        flat = part.reshape(len(part), -1)
        numbers.append(network.hidden_units(encoder, bias, flat, activation).numpy())
        placed = flat if order is None else flat[:, order]
        numbers.append(block_spins(placed.reshape(part.shape)))
    return explained(*numbers)


def measure_replica(i, replicas, reference, images, boundary, settings, generator):
    """Measure one network.

    Parameters
    ----------
    i : int
        Number of the network, from 0.
    replicas, reference : Replicas
        The networks, and those at infinite temperature.
    images : pair of ndarray of float32, shape (n, rows, columns)
        Training and held-out samples of the network, 0 or 1.
    boundary : {"periodic", "free"}
    settings : mapping
        `activation` of the hidden layer, and `permutations`.
    generator : numpy.random.Generator

    Returns
    -------
    dict of str to float
        The datasets of `Learned`.
    """
    activation, shape = settings["activation"], images[0].shape[1:]
    training, test = (part.reshape(len(part), -1) for part in images)

    def odds(networks):
        names = ("encoder", "bias", "decoder", "decoder_bias")
        weights = [getattr(networks, name)[i] for name in names]
        return network.logits(weights, test, activation).numpy().reshape(-1, *shape)

    def r_squared(encoder, bias, order=None):
        return measure_blocks(encoder, bias, images, activation, order)

    encoder, bias = replicas.encoder[i], replicas.bias[i]
    return {
        **measure_images(
            images[1], odds(replicas), odds(reference), training, len(bias), boundary
        ),
        **measure_fields(
            encoder.T.reshape(-1, *shape),
            boundary,
            permutations=settings["permutations"],
            generator=generator,
        ),
        "blocks": r_squared(encoder, bias),
        "untrained_blocks": r_squared(replicas.untrained[i], np.zeros_like(bias)),
        "scattered_blocks": r_squared(
            encoder, bias, generator.permutation(len(encoder))
        ),
    }


if __name__ == "__main__":
    with stages.logged(snakemake):
        files, seed = snakemake.input, snakemake.params.seed
        samples = storage.read(files.samples, Samples)
        replicas, reference = (
            storage.read(path, Replicas) for path in (files.replicas, files.reference)
        )
        count = len(replicas.loss)
        training, test = parts(samples.training, count), parts(samples.test, count)
        shape = samples.training.shape[1:]
        backend.prepare(snakemake.threads)
        rows = [
            measure_replica(
                i,
                replicas,
                reference,
                [part[i].reshape(-1, *shape) for part in (training, test)],
                samples.attributes["settings"]["boundary"],
                replicas.attributes["settings"] | snakemake.params.settings,
                seeds.generator(seed, "learned", snakemake.wildcards.name, str(i)),
            )
            for i in range(count)
        ]
        storage.write(
            snakemake.output.learned,
            Learned(**{name: np.array([r[name] for r in rows]) for name in rows[0]}),
            settings=snakemake.params.settings | {"networks": count},
            source=replicas.attributes,
            seed=seed,
            libraries=["keras", "tensorflow", "scipy"],
        )
