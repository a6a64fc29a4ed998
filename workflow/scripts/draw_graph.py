"""Draw the mean image of a graph and the stationary distribution of each cut."""

from pixelwalk import storage
from pixelwalk.figures import graphs, style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary

with stages.logged(snakemake):
    walks = [storage.read(path, Stationary) for path in snakemake.input.stationaries]
    figure = graphs.own_graph(
        walks[0].mean,
        [walk.distribution for walk in walks],
        [walk.active_fraction for walk in walks],
        snakemake.params.cuts,
        storage.describe_images(walks[0].attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
