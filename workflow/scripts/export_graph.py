"""Export a graph for other programs: as GraphML, or as a matrix for scipy."""

from pixelwalk import exports, stages, storage

with stages.logged(snakemake):
    graph = storage.read(snakemake.input.graph, "graph")
    if snakemake.wildcards.suffix == "npz":
        exports.write_npz(snakemake.output.graph, graph.adjacency)
    else:
        exports.write_graphml(
            snakemake.output.graph, graph.adjacency, graph.mean, graph.attributes
        )
