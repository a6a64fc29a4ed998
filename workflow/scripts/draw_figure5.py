"""Draw figure 5: stationary distributions of sparser and sparser graphs."""

from pixelwalk import stages, storage
from pixelwalk.figures import graphs, style

with stages.logged(snakemake):
    walks = [storage.read(path, "stationary") for path in snakemake.input.walks]
    figure = graphs.figure5(
        [walk.distribution for walk in walks],
        [walk.active_fraction for walk in walks],
        snakemake.params.cuts,
        storage.describe_images(walks[0].attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
