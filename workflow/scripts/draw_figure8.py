"""Draw figure 8: layers and their product, the shifts needed, and the filters."""

from pixelwalk import storage
from pixelwalk.figures import linear, style
from pixelwalk.jobs import stages
from studies.linear.kinds import Optimum, Training

with stages.logged(snakemake):
    optima = [storage.read(p, Optimum) for p in snakemake.input.optima]
    trainings = [storage.read(p, Training) for p in snakemake.input.trainings]
    names = snakemake.params.names
    figure = linear.figure8(names, optima, trainings)
    style.save(figure, **dict(snakemake.output.items()))
