"""Measure the pattern of weights that are learned in each way from images."""

import logging

from pixelwalk import pairs, storage
from pixelwalk.compute import bits, seeds
from pixelwalk.jobs import progress, stages
from pixelwalk.pairs import regression
from pixelwalk.storage.kinds.graph import Graph, Stationary
from studies.programme import chains, closed_form, edges, patterns
from studies.programme.kinds import Networks, Patterns

import numpy as np

log = logging.getLogger(__name__)


def measure_patterns(
    problem,
    distribution,
    of_chain,
    trained,
    *,
    weight,
    sizes,
    regressed,
    batches,
    stream,
):
    """Learn weights in every way from growing numbers of images, and score them.

    Parameters
    ----------
    problem : patterns.EdgeProblem
        Its images are split into disjoint batches of each size.
    distribution : ndarray of float, shape (rows, columns)
        Stationary distribution.
    of_chain : ndarray of float, shape (N, N)
        Transition matrix of the walk, from `chains.chain`.
    trained : dict of str to ndarray of float, shape (N, N)
        Of layers that were trained on all images, from `patterns.trained_matrices`.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    sizes : sequence of int
        Numbers of images, ascending; sizes above the number of images are skipped.
    regressed : int
        Largest number of samples for logistic regression, which takes long.
    batches : int
        Largest number of batches of each size.
    stream : numpy.random.Generator
        Draws the steps of the chain: as many as there are images in a batch.

    Returns
    -------
    Patterns

    Raises
    ------
    ValueError
        If there are fewer images than the smallest size.
    """
    count, truth = len(problem.pixels), problem.truth
    if sizes[0] > count:
        raise ValueError(
            f"expected at least {sizes[0]} images to learn patterns from, the smallest "
            f"of the sizes, got {count}; name smaller sizes, or more images"
        )
    sizes = [size for size in sizes if size <= count]
    rows, last = [], {}
    for size in sizes:

        def learn(part, logistic=size <= regressed):
            return _learned(part, distribution, of_chain, weight, logistic, stream)

        row, learned = _score_size(problem, size, min(count // size, batches), learn)
        rows.append(row)
        last |= {kind: (size, matrix) for kind, matrix in learned.items()}
        reached = (
            f"{size} images, {row['batches']} batches: {row['precision'].round(3)}"
        )
        progress.report(log, len(rows), len(sizes), "sizes", reached)
    last["transition matrix"] = (0, of_chain)
    last |= {kind: (0, matrix) for kind, matrix in trained.items()}
    return Patterns(
        kinds=list(patterns.KINDS),
        methods=list(edges.METHODS),
        sizes=np.array(sizes),
        **{name: np.array([row[name] for row in rows]) for name in rows[0]},
        **patterns.shapes(last, problem, min(distribution.shape) / 2),
        edges=int(truth.sum()) // 2,
        chance=float(truth.sum() / (truth.size - len(truth))),
        coupling=float(problem.coupling),
    )


def _score_size(problem, size, batches, learn):
    """Score what batches of one size give: means with errors, and the last weights."""
    areas = np.full((batches, len(patterns.KINDS)), np.nan)
    scores = []
    for batch in range(batches):
        part = _part(problem.pixels, batch * size, (batch + 1) * size)
        learned = learn(part)
        for kind, matrix in learned.items():
            areas[batch, patterns.KINDS.index(kind)] = patterns.precision(
                patterns.signed(kind, matrix, problem.coupling), problem.truth
            )
        scores.append(
            edges.score(learned, _spins(part), problem.truth, problem.coupling)
        )
    area, error = edges.mean_and_error(areas)
    averages = {"batches": batches, "precision": area, "error": error}
    return averages | edges.summary(scores), learned


def _part(pixels, start, stop):
    packed = isinstance(pixels, bits.Packed)
    return pixels.part(start, stop) if packed else pixels[start:stop]


def _spins(part):
    """Spins of -1 and +1, shape (n, N); None for grey images."""
    packed = isinstance(part, bits.Packed)
    return 2 * closed_form.pixel_values(part) - 1 if packed else None


def _learned(part, distribution, of_chain, weight, logistic, stream):
    """Learn weights from some images in each way: dict of matrices, by kind."""
    images = closed_form.pixel_values(part)
    learned = {
        "averaged pairs": pairs.pair_weights(part, threads=1, **weight),
        "closed form": closed_form.optimum(images, distribution.ravel()),
        "single steps": chains.one_step(of_chain, len(images), stream),
        "linear regression": regression.partial_correlations(images),
    }
    if logistic and isinstance(part, bits.Packed):
        learned["logistic regression"] = regression.couplings(_spins(part))
    return learned


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        weight = snakemake.params.weight
        graph = storage.read(snakemake.input.graph, Graph)
        stationary = storage.read(snakemake.input.stationary, Stationary)
        networks = storage.read(snakemake.input.networks, Networks)
        label = storage.origin(graph.attributes)["settings"].get("label", "any")
        images, source = storage.read_pixels(snakemake.input.images, label=label)
        measured = measure_patterns(
            patterns.edge_problem(
                images, source["settings"], weight, settings["edges"]
            ),
            stationary.distribution,
            chains.chain(graph.adjacency, snakemake.params.teleport),
            patterns.trained_matrices(networks),
            weight=weight,
            sizes=settings["sizes"],
            regressed=settings["regressed"],
            batches=settings["batches"],
            stream=seeds.generator(seed, "patterns", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.patterns,
            measured,
            settings=settings
            | {"weight": weight, "teleport": snakemake.params.teleport}
            | {"images": source["settings"]},
            source=networks.attributes,
            seed=seed,
            libraries=["numba", "scikit-learn"],
        )
