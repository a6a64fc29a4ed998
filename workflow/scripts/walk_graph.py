"""Compute the stationary distribution of the random walk on a graph."""

from pixelwalk import storage
from pixelwalk.graph import walk
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph, Stationary

with stages.logged(snakemake):
    graph = storage.read(snakemake.input.graph, Graph)
    distribution, residual, steps = walk.stationary_distribution(
        graph.adjacency, teleport=snakemake.params.settings["teleport"]
    )
    storage.write(
        snakemake.output.stationary,
        Stationary(
            distribution=distribution.reshape(graph.mean.shape),
            row_sums=walk.row_sums(graph.adjacency).reshape(graph.mean.shape),
            mean=graph.mean,
            active_fraction=graph.active_fraction,
            residual=residual,
            steps=steps,
        ),
        settings=snakemake.params.settings,
        source=graph.attributes,
        libraries=["scipy"],
    )
