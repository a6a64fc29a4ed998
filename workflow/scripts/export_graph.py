"""Write a graph as GraphML, or as a sparse matrix for scipy."""

from pixelwalk import storage
from pixelwalk.graph import exports
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph

with stages.logged(snakemake):
    graph = storage.read(snakemake.input.graph, Graph)
    if snakemake.wildcards.suffix == "npz":
        exports.write_npz(snakemake.output.graph, graph.adjacency)
    else:
        exports.write_graphml(
            snakemake.output.graph, graph.adjacency, graph.mean, graph.attributes
        )
