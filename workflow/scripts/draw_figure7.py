"""Draw figure 7: linear networks become circulant, and where they do not."""

from pixelwalk import stages, storage
from pixelwalk.figures import linear, style

with stages.logged(snakemake):
    optima = [storage.read(p, "linear-optimum") for p in snakemake.input.optima]
    trainings = [storage.read(p, "linear-training") for p in snakemake.input.trainings]
    names = snakemake.params.names
    figure = linear.figure7(names, optima, trainings)
    style.save(figure, **dict(snakemake.output.items()))
