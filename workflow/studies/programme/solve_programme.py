"""Solve for the best linear layer, and compare it with the matrix of the walk."""

from pixelwalk import storage
from pixelwalk.compute import seeds
from pixelwalk.graph.steps import total_variation
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph, Stationary
from studies.programme import chains, closed_form
from studies.programme.kinds import Networks, Optimum

import numpy as np

#: The matrices that are compared with the transition matrix of the walk.
MATRICES = ("closed form", "trained", "single steps")

#: Disjoint batches of the training images, each with a closed form of its own.
BATCHES = 5


def solve_programme(
    training, test, distribution, of_chain, trained, *, sizes, draws, repeats, stream
):
    """Compare the closed form, a trained layer and single steps with the chain.

    Parameters
    ----------
    training, test : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Images, as for `closed_form.pixel_values`.
    distribution : ndarray of float64, shape (rows, columns)
        Target of the layer up to its scale: the target's mean is 1.
    of_chain : ndarray of float64, shape (N, N)
        From `chains.chain`.
    trained : ndarray of float, shape (seeds, N, N)
        Matrices of the trained dense linear layers.
    sizes, draws, repeats, stream
        As for `closed_form.losses` and `chains.one_step_rate`; sizes above the number
        of images are skipped.

    Returns
    -------
    Optimum
    """
    training, test = map(closed_form.pixel_values, (training, test))
    target = distribution.ravel() / distribution.mean()
    weights, chosen = closed_form.regularised(training, test)
    steps = chains.one_step_rate(of_chain, draws, repeats, stream)
    best = np.outer(target, weights)
    sizes = [size for size in sizes if size <= len(training)]
    norm = np.linalg.norm(best)
    losses, gradients = closed_form.descent(trained, training, target)
    return Optimum(
        names=list(MATRICES),
        chain=of_chain,
        chain_singular_values=np.linalg.svd(of_chain, compute_uv=False),
        chain_eigenvalue_sizes=chains.eigenvalue_sizes(of_chain),
        closed_form=best,
        trained_distance=np.linalg.norm(trained[0] - best) / (norm or 1),
        target=target,
        least_loss=chosen["cutoff_losses"][0],
        seed_losses=losses,
        seed_gradients=gradients,
        **chosen,
        **closed_form.check(training, target),
        **closed_form.losses(training, test, sizes, chosen["cutoff"]),
        **steps,
        **_distances(training, target, of_chain, trained, chosen["cutoff"]),
        **_compared(
            [best, np.asarray(trained[0], float), steps["one_step"]],
            of_chain,
            distribution.ravel(),
        ),
    )


def _distances(training, target, of_chain, trained, cutoff):
    """Distances from the chain, in the best scale, over batches of images and seeds."""
    batches = np.array_split(training, min(BATCHES, len(training)))
    optima = [closed_form.optimum(batch, target, cutoff) for batch in batches]
    # The walk on independent pixels forgets where it was: all its columns are y.
    null = np.outer(target, np.ones(len(target)))
    return {
        "batch_distances": np.array(
            [chains.scaled_distance(matrix, of_chain) for matrix in optima]
        ),
        "seed_distances": np.array(
            [chains.scaled_distance(np.asarray(w, float), of_chain) for w in trained]
        ),
        "null_distance": chains.scaled_distance(null, of_chain),
    }


def _compared(matrices, of_chain, distribution):
    """Compare several matrices with the chain: dict of arrays, one row a matrix."""
    rows = [
        chains.compare(matrix, of_chain)
        | {"stationary_distances": chains.stationary_distance(matrix, distribution)}
        for matrix in matrices
    ]
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    leading = columns.pop("leading")
    return columns | {"leading_distances": total_variation(leading, distribution)}


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        graph = storage.read(snakemake.input.graph, Graph)
        stationary = storage.read(snakemake.input.stationary, Stationary)
        networks = storage.read(snakemake.input.networks, Networks)
        label = storage.origin(graph.attributes)["settings"].get("label", "any")
        training, _ = storage.read_pixels(snakemake.input.images, label=label)
        test, _ = storage.read_pixels(snakemake.input.test, "test", label=label)
        optimum = solve_programme(
            training,
            test,
            stationary.distribution,
            chains.chain(graph.adjacency, snakemake.params.teleport),
            np.concatenate([networks.matrices[:1], networks.repeats]),
            sizes=settings["sizes"],
            draws=settings["draws"],
            repeats=settings["repeats"],
            stream=seeds.generator(seed, "one-step", snakemake.wildcards.name),
        )
        storage.write(
            snakemake.output.optimum,
            optimum,
            settings=settings | {"teleport": snakemake.params.teleport},
            source=networks.attributes,
            seed=seed,
            libraries=["scipy"],
        )
