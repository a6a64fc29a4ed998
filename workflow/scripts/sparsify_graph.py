"""Keep the heaviest pairs of the averaged weights as a sparse graph."""

from pixelwalk import graph, storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph
from pixelwalk.storage.kinds.pairs import Weights

with stages.logged(snakemake):
    averaged = storage.read(snakemake.input.weights, Weights)
    adjacency = graph.sparsify(averaged.weights, snakemake.wildcards.cut)
    graph.log_edges(adjacency, snakemake.wildcards.cut)
    storage.write(
        snakemake.output.graph,
        Graph(
            adjacency=adjacency,
            mean=averaged.mean,
            active_fraction=graph.active_fraction(adjacency),
        ),
        settings={"cut": snakemake.wildcards.cut},
        source=averaged.attributes,
        libraries=["scipy"],
    )
