"""Small runs of the programme, through the functions that measure them."""

from types import SimpleNamespace

from pixelwalk.compute import bits
from pixelwalk.graph import walk
from pixelwalk.ising import lattice
from pixelwalk.ising.theory import enumeration
from studies.programme import chains, closed_form, patterns
from studies.programme.kinds import Networks
from studies.programme.measure_patterns import measure_patterns
from studies.programme.solve_programme import solve_programme

import numpy as np

ROWS, COLUMNS, COUPLING = 3, 3, 0.3
WEIGHT = {"kind": "correlation", "diagonal": False}
COURSE = {"sizes": [50, 200, 800, 3200], "regressed": 3200, "batches": 3}


def spins(count=10_000, coupling=COUPLING, seed=1):
    """Independent samples of a small free lattice, from its exact distribution."""
    states = enumeration.spin_states(ROWS * COLUMNS)
    bonds = lattice.adjacency(ROWS, COLUMNS, "free") / 2
    weights = np.exp(coupling * np.sum(states * (states @ bonds), axis=1))
    stream = np.random.default_rng(seed)
    chosen = stream.choice(len(states), count, p=weights / weights.sum())
    return bits.pack(states[chosen].reshape(count, ROWS, COLUMNS) > 0)


def problem(pixels, **changes):
    """The lattice's edges, to be found from samples of it."""
    edges = lattice.adjacency(ROWS, COLUMNS, "free").toarray() > 0
    squared = lattice.squared_distances(ROWS, COLUMNS, "free")
    return patterns.EdgeProblem(pixels, edges, squared, COUPLING)._replace(**changes)


def networks(loss, matrix, shuffled=0.5):
    """What networks leave behind: dense linear, with a bias, and a convolution."""
    size = len(matrix)
    spread = np.linspace(-0.001, 0.001, 10)
    return Networks(
        kinds=["dense", "dense", "convolution"],
        activations=["linear", "linear", "relu"],
        kernels=np.array([0, 0, 3]),
        biases=np.array([0, 1, 0]),
        parameters=np.array([size**2, size**2 + size, 18]),
        training_loss=np.array([loss, 0.01, loss]),
        test_loss=np.array([loss, 0.01, loss]),
        block_losses=loss * (1 + np.tile(spread, (3, 1))),
        shuffled_losses=shuffled * (1 + np.tile(spread, (3, 1))),
        target=np.ones(size),
        matrices=matrix[None],
        repeats=np.stack([matrix, matrix]),
    )


def solved(pixels, weights, trained=None, seed=3):
    """Closed form for the walk on some weights, and what is compared with it."""
    distribution, _, _ = walk.stationary_distribution(weights, teleport=0.01)
    distribution = distribution.reshape(pixels.shape[1:])
    chain = chains.chain(weights, 0.01)
    images = closed_form.pixel_values(pixels)
    target = distribution.ravel() / distribution.mean()
    best = closed_form.optimum(images, target) if trained is None else trained
    optimum = solve_programme(
        pixels,
        pixels,
        distribution,
        chain,
        np.stack([best] * 3),
        sizes=[5, 100],
        draws=[10**4, 10**5],
        repeats=3,
        stream=np.random.default_rng(seed),
    )
    power = np.mean(target**2)
    loss = np.mean((images @ best.T - target) ** 2) / power
    return networks(float(loss), best), optimum, distribution, chain


def patterned(given, distribution, chain, trained, seed=4, **course):
    """Patterns of the weights that are learned to find edges."""
    return measure_patterns(
        given,
        distribution,
        chain,
        {"trained": trained},
        seeds=np.stack([trained] * 3),
        cutoff=1e-12,
        weight=WEIGHT,
        stream=np.random.default_rng(seed),
        **COURSE | course,
    )


def run(pixels=None, weights=None, given=None, **course):
    """A whole run over samples of the small lattice."""
    pixels = spins() if pixels is None else pixels
    weights = lattice.adjacency(ROWS, COLUMNS, "free") if weights is None else weights
    trained, optimum, distribution, chain = solved(pixels, weights)
    given = problem(pixels) if given is None else given
    shapes = patterned(given, distribution, chain, trained.matrices[0], **course)
    return SimpleNamespace(networks=trained, optimum=optimum, patterns=shapes)
