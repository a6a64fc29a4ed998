"""Draw figure 9: the matrix of the walk, and what is learned in its place."""

from types import SimpleNamespace

from pixelwalk import stages, storage
from pixelwalk.figures import programme, style

with stages.logged(snakemake):
    files = snakemake.input
    runs = [
        SimpleNamespace(
            networks=storage.read(networks, "programme-networks"),
            optimum=storage.read(optimum, "programme-optimum"),
        )
        for networks, optimum in zip(files.networks, files.optima, strict=True)
    ]
    dataset = storage.describe_digit(runs[1].networks.attributes)
    figure = programme.figure9(*runs, dataset)
    style.save(figure, **dict(snakemake.output.items()))
