"""What the package is measured by: one thin call for each kernel."""

import numpy as np

from pixelwalk import pairs
from pixelwalk.graph import walk
from pixelwalk.graph.strips import sparsify_strips
from pixelwalk.ising import diagnostics, draws, heatbath, sampling

#: What the results call us, and chains in a block of the sampler.
NAME, PACKAGE = "pixelwalk", "pixelwalk"
CHAINS = heatbath.HeatBath.WIDTH

random_words = draws.random_words


def random_stream(seed):
    """State of the sampler's generator, as `random_words` takes it."""
    return draws.stream(np.random.SeedSequence(seed))


def sample(
    side,
    coupling,
    count,
    *,
    sweeps,
    threads,
    method,
    boundary="periodic",
    kind="rectangular",
):
    """Sample a square of a lattice: packed samples, and the sweeps of each block."""
    return sampling.sample(
        count,
        sampling.Model(side, side, coupling, boundary, lattice=kind),
        method=method,
        sweeps=sweeps,
        seeds=np.random.SeedSequence(1),
        threads=threads,
    )


def energy_per_site(samples, boundary="periodic", kind="rectangular"):
    """Mean energy per site of packed samples."""
    _, rows, columns = samples.shape
    model = sampling.Model(rows, columns, 0.0, boundary, lattice=kind)
    return float(np.mean(diagnostics.per_site(samples, model)[0]))


def coactivation(pixels, threads):
    """Share of the images, packed or spins, in which each two pixels are on."""
    return pairs.pair_weights(pixels, "coactivation", threads=threads)


def heaviest_pairs(images, cut, threads):
    """Sparse graph of the heaviest pairs, whose matrix of weights is never held."""
    strips = pairs.Strips(images, "coactivation")
    return sparsify_strips(strips, cut, threads=threads)


def stationary(weights, teleport, tolerance):
    """Stationary distribution of the walk, its residual and the steps it took."""
    return walk.stationary_distribution(weights, teleport=teleport, tolerance=tolerance)


def training_images(side, coupling, count, threads):
    """Exact samples on a free lattice, as a network gets them: 0 or 1, flat."""
    samples, _ = sample(
        side,
        coupling,
        count,
        sweeps=65536,
        threads=threads,
        boundary="free",
        method="exact",
    )
    return samples.unpack().reshape(count, -1).astype(np.float32)


def prepare_training(threads):
    """Set Keras up as the workflow does; to be called before anything is computed."""
    from pixelwalk.networks import backend

    backend.prepare(threads)
    # It warns of functions that are compiled again and again, as a benchmark must.
    backend.tf.get_logger().setLevel("ERROR")


def train(training, test, epochs, seed=1):
    """Train the autoencoder of section 8; gives its losses."""
    from pixelwalk.networks import autoencoder

    model = autoencoder.build(
        training.shape[1], hidden=32, activation="relu", seed=seed
    )
    history = autoencoder.train(
        model,
        training,
        test,
        optimizer="adam",
        learning_rate=1e-3,
        epochs=epochs,
        batch=256,
        generator=np.random.default_rng(seed),
    )
    return {
        "loss": history["loss"][-1],
        "validation loss": history["val_loss"][-1],
    }
