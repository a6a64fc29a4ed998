"""Draw the mean image of a graph, and the stationary distributions of its cuts."""

from pixelwalk import stages, storage
from pixelwalk.figures import graphs, style

with stages.logged(snakemake):
    walks = [storage.read(path, "stationary") for path in snakemake.input.stationaries]
    figure = graphs.own_graph(
        walks[0].mean,
        [walk.distribution for walk in walks],
        [walk.active_fraction for walk in walks],
        snakemake.params.cuts,
        storage.describe_images(walks[0].attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
