"""Keep the heaviest pairs as a sparse graph, without a matrix of all weights."""

from pixelwalk import graph, pairs, storage
from pixelwalk.graph.strips import sparsify_strips
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph

with stages.logged(snakemake):
    pixels, source = storage.read_pixels(snakemake.input.pixels)
    adjacency = sparsify_strips(
        pairs.Strips(pixels, **snakemake.params.weight),
        snakemake.wildcards.cut,
        threads=snakemake.threads,
    )
    graph.log_edges(adjacency, snakemake.wildcards.cut)
    storage.write(
        snakemake.output.graph,
        Graph(
            adjacency=adjacency,
            mean=pairs.mean_image(pixels),
            active_fraction=graph.active_fraction(adjacency),
        ),
        settings=snakemake.params.weight | dict(snakemake.wildcards),
        source=source,
        libraries=["numba", "scipy"],
    )
