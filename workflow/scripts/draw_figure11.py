"""Draw figure 11: parameters against loss, and how far a step moves images."""

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
    figure = programme.figure11(
        *runs,
        storage.read(files.fixed, "fixed-points"),
        storage.describe_digit(runs[1].networks.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
