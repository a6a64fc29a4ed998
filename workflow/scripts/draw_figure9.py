"""Draw figure 9: the matrix of the walk, and what is learned in its place."""

from types import SimpleNamespace

from pixelwalk import storage
from pixelwalk.figures import programme, style
from pixelwalk.jobs import stages
from studies.programme.kinds import Networks, Optimum

with stages.logged(snakemake):
    files = snakemake.input
    runs = [
        SimpleNamespace(
            networks=storage.read(networks, Networks),
            optimum=storage.read(optimum, Optimum),
        )
        for networks, optimum in zip(files.networks, files.optima, strict=True)
    ]
    dataset = storage.describe_digit(runs[1].networks.attributes)
    figure = programme.figure9(*runs, dataset)
    style.save(figure, **dict(snakemake.output.items()))
