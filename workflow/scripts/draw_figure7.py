"""Draw figure 7: linear networks become circulant, and where they do not."""

from pixelwalk import storage
from pixelwalk.figures import linear, style
from pixelwalk.jobs import stages
from studies.linear.kinds import Optimum, Training

with stages.logged(snakemake):
    optima = [storage.read(p, Optimum) for p in snakemake.input.optima]
    trainings = [storage.read(p, Training) for p in snakemake.input.trainings]
    names = snakemake.params.names
    figure = linear.figure7(names, optima, trainings)
    style.save(figure, **dict(snakemake.output.items()))
