"""Measure the pattern of weights that are learned in each way from images."""

import logging

from pixelwalk import pairs, storage
from pixelwalk.compute import bits
from pixelwalk.compute.seeds import generator
from pixelwalk.jobs import progress, stages
from pixelwalk.pairs import regression
from pixelwalk.storage.kinds.graph import Graph, Stationary
from studies.programme import chains, closed_form, edges, patterns
from studies.programme.kinds import Networks, Optimum, Patterns

import numpy as np

log = logging.getLogger(__name__)

#: Fewest disjoint batches whose areas are judged, where there are so many.
JUDGED = 5

#: Most batches of independent spins.
NULL_BATCHES = 10


def measure_patterns(
    problem,
    distribution,
    of_chain,
    trained,
    *,
    seeds,
    cutoff,
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
    seeds : ndarray of float, shape (seeds, N, N)
        Of dense linear layers that differ in their initial weights.
    cutoff : float
        Of the closed form, as for `closed_form.readers`.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    sizes : sequence of int
        Numbers of images, ascending; sizes above the number of images are skipped.
    regressed : int
        Largest number of samples for logistic regression, which takes long.
    batches : int
        Largest number of batches of each size.
    stream : numpy.random.Generator
        Draws the steps of the chain: as many as there are images in a batch; and the
        shuffled spins of the null.

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
    rows, last, judged = [], {}, None
    for size in sizes:

        def learn(part, logistic=size <= regressed):
            images = closed_form.pixel_values(part)
            best = closed_form.optimum(images, distribution.ravel(), cutoff)
            learned = _learned(part, images, of_chain, weight, logistic, stream)
            return learned | {"closed form": best}

        number = min(count // size, batches)
        row, table, learned = _score_size(problem, size, number, learn)
        rows.append(row)
        if judged is None or number >= min(JUDGED, len(judged["batch_areas"])):
            judged = table | {"judged_size": size}
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
        **judged,
        **_null(problem, [s for s in sizes if s <= regressed], batches, stream),
        **patterns.shapes(last, problem, min(distribution.shape) / 2),
        seed_areas=np.array([patterns.precision(w, truth) for w in seeds]),
        seed_shares=np.array([patterns.share_of_large(w) for w in seeds]),
        edges=int(truth.sum()) // 2,
        chance=float(truth.sum() / (truth.size - len(truth))),
        coupling=float(problem.coupling),
    )


def _score_size(problem, size, batches, learn):
    """Score batches of one size: means with errors, single ones, and last weights."""
    areas = np.full((batches, len(patterns.KINDS)), np.nan)
    shares, scores = areas.copy(), []
    for batch in range(batches):
        part = _part(problem.pixels, batch * size, (batch + 1) * size)
        learned = learn(part)
        for kind, matrix in learned.items():
            column = patterns.KINDS.index(kind)
            areas[batch, column] = patterns.precision(
                patterns.signed(kind, matrix, problem.coupling), problem.truth
            )
            shares[batch, column] = patterns.share_of_large(matrix)
        scores.append(
            edges.score(learned, _spins(part), problem.truth, problem.coupling)
        )
    area, error = edges.mean_and_error(areas)
    averages = {"batches": batches, "precision": area, "error": error}
    single = {"batch_areas": areas, "batch_shares": shares}
    return averages | edges.summary(scores), single, learned


def _null(problem, sizes, batches, stream):
    """Apply pseudo-likelihood to the largest of some sizes, every spin shuffled."""
    found = {"null_recovered": np.nan, "null_batches": 0, "null_size": 0}
    if not sizes or _spins(problem.pixels) is None:
        return found
    size, recovered = sizes[-1], []
    for batch in range(min(len(problem.pixels) // size, batches, NULL_BATCHES)):
        part = _part(problem.pixels, batch * size, (batch + 1) * size)
        spins = stream.permuted(_spins(part), axis=0)
        learned = {"logistic regression": regression.couplings(spins)}
        score = edges.score(learned, spins, problem.truth, problem.coupling)
        recovered.append(score["recovered"][-1])
    return {
        "null_recovered": float(np.mean(recovered)),
        "null_batches": len(recovered),
        "null_size": size,
    }


def _part(pixels, start, stop):
    packed = isinstance(pixels, bits.Packed)
    return pixels.part(start, stop) if packed else pixels[start:stop]


def _spins(part):
    """Spins of -1 and +1, shape (n, N); None for grey images."""
    packed = isinstance(part, bits.Packed)
    return 2 * closed_form.pixel_values(part) - 1 if packed else None


def _learned(part, images, of_chain, weight, logistic, stream):
    """Learn weights from some images in each way: dict of matrices, by kind."""
    mean = images.mean(axis=0)
    learned = {
        "averaged pairs": pairs.pair_weights(part, threads=1, **weight),
        "single steps": chains.one_step(of_chain, len(images), stream),
        "linear regression": regression.partial_correlations(images),
        "marginals": np.outer(mean, mean),
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
            seeds=np.concatenate([networks.matrices[:1], networks.repeats]),
            cutoff=storage.read(snakemake.input.optimum, Optimum).cutoff,
            weight=weight,
            sizes=settings["sizes"],
            regressed=settings["regressed"],
            batches=settings["batches"],
            stream=generator(seed, "patterns", snakemake.wildcards.name),
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
