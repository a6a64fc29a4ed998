"""Draw figure 3: the lattice and the averaged matrices."""

from pixelwalk import lattice, stages, storage
from pixelwalk.figures import graphs, style

with stages.logged(snakemake.log[0]):
    half = storage.read(snakemake.input.half, "weights")
    standard = storage.read(snakemake.input.standard, "weights")
    digit = storage.read(snakemake.input.digit, "weights")
    size = storage.origin(half.attributes)["settings"]
    exact = lattice.adjacency(size["rows"], size["columns"], size["boundary"])
    figure = graphs.figure3(
        exact.toarray(),
        half.weights,
        standard.weights,
        digit.weights,
        storage.describe_images(digit.attributes),
    )
    style.save(figure, snakemake.output.svg, snakemake.output.png)
