"""Train autoencoders on disjoint parts of one ensemble (section 8)."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Samples
from studies.autoencoder.kinds import Replicas

import numpy as np


def parts(spins, count):
    """Split samples into equal parts; a remainder is left out.

    Parameters
    ----------
    spins : bits.Packed, shape (n, rows, columns)
    count : int
        Number of parts, at most n.

    Returns
    -------
    ndarray of float32, shape (count, n // count, rows * columns)
        Spins, -1 and +1, as 0 and 1.
    """
    flat = spins.unpack().reshape(len(spins), -1)
    each = len(flat) // count
    return flat[: count * each].reshape(count, each, -1).astype(np.float32)


if __name__ == "__main__":
    with stages.logged(snakemake):
        from pixelwalk.networks import backend
        from studies.autoencoder import network

        settings, seed = snakemake.params.settings, snakemake.params.seed
        stream = seed, "replicas", snakemake.wildcards.name
        samples = storage.read(snakemake.input.samples, Samples)
        rows, columns = samples.training.shape[1:]
        backend.prepare(snakemake.threads)
        start = network.initial_weights(
            settings["networks"],
            rows * columns,
            settings["hidden"],
            seeds.generator(*stream, "weights"),
        )
        (encoder, bias, decoder, decoder_bias), loss, val_loss = network.train(
            start,
            parts(samples.training, settings["networks"]),
            parts(samples.test, settings["networks"]),
            settings,
            seeds.generator(*stream, "order"),
        )
        storage.write(
            snakemake.output.replicas,
            Replicas(
                loss=loss,
                val_loss=val_loss,
                encoder=encoder,
                bias=bias[:, 0],
                decoder=decoder,
                decoder_bias=decoder_bias[:, 0],
                untrained=start[0],
            ),
            settings=settings,
            source=samples.attributes,
            seed=seed,
            libraries=["keras", "tensorflow"],
        )
