"""Draw figure 11: parameters against loss, and how far a step moves images."""

from types import SimpleNamespace

from pixelwalk import storage
from pixelwalk.figures import programme, style
from pixelwalk.jobs import stages
from studies.programme.kinds import FixedPoints, Networks, Optimum

with stages.logged(snakemake):
    files = snakemake.input
    runs = [
        SimpleNamespace(
            networks=storage.read(networks, Networks),
            optimum=storage.read(optimum, Optimum),
        )
        for networks, optimum in zip(files.networks, files.optima, strict=True)
    ]
    figure = programme.figure11(
        *runs,
        storage.read(files.fixed, FixedPoints),
        storage.describe_digit(runs[1].networks.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
