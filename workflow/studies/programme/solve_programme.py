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
    trained : ndarray of float, shape (N, N)
        Matrix of the trained dense linear layer.
    sizes, draws, repeats, stream
        As for `closed_form.losses` and `chains.one_step_rate`; sizes above the number
        of images are skipped.

    Returns
    -------
    Optimum
    """
    training, test = map(closed_form.pixel_values, (training, test))
    target = distribution.ravel() / distribution.mean()
    weights = closed_form.reader(training)
    steps = chains.one_step_rate(of_chain, draws, repeats, stream)
    best = np.outer(target, weights)
    sizes = [size for size in sizes if size <= len(training)]
    norm = np.linalg.norm(best)
    return Optimum(
        names=list(MATRICES),
        chain=of_chain,
        chain_singular_values=np.linalg.svd(of_chain, compute_uv=False),
        chain_eigenvalue_sizes=chains.eigenvalue_sizes(of_chain),
        closed_form=best,
        trained_distance=np.linalg.norm(trained - best) / (norm or 1),
        target=target,
        loss=closed_form.loss(training, weights),
        test_loss=closed_form.loss(test, weights),
        **closed_form.check(training, target),
        **closed_form.losses(training, test, sizes),
        **steps,
        **_compared(
            [best, np.asarray(trained, float), steps["one_step"]],
            of_chain,
            distribution.ravel(),
        ),
    )


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
            networks.matrices[0],
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
