"""Draw figure 3: the lattice, what is exact, and the averaged matrices."""

from pixelwalk import lattice, stages, storage
from pixelwalk.figures import graphs, style

with stages.logged(snakemake):
    files = snakemake.input
    half = storage.read(files.half, "weights")
    standard = storage.read(files.standard, "weights")
    digit = storage.read(files.digit, "weights")
    exact_half = storage.read(files.exact_half, "exact")
    exact_standard = storage.read(files.exact_standard, "exact")
    size = storage.origin(half.attributes)["settings"]
    edges = lattice.adjacency(size["rows"], size["columns"], size["boundary"])
    figure = graphs.figure3(
        edges.toarray(),
        {"half": exact_half.correlations, "standard": exact_standard.correlations},
        {"half": half.weights, "standard": standard.weights},
        digit.weights,
        storage.describe_images(digit.attributes),
    )
    style.save(figure, **dict(snakemake.output.items()))
