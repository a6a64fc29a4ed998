"""Draw figure 3: the lattice, what is exact, and the averaged matrices."""

from pixelwalk import storage
from pixelwalk.figures import graphs, style
from pixelwalk.ising import lattice
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Exact
from pixelwalk.storage.kinds.pairs import Weights

with stages.logged(snakemake):
    files = snakemake.input
    half = storage.read(files.half, Weights)
    standard = storage.read(files.standard, Weights)
    digit = storage.read(files.digit, Weights)
    exact_half = storage.read(files.exact_half, Exact)
    exact_standard = storage.read(files.exact_standard, Exact)
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
