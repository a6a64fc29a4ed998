"""Draw figure 3: the lattice, exact correlations, and the averaged matrices."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.ising import lattice
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Exact
from pixelwalk.storage.kinds.pairs import Weights

import numpy as np


@style.plain
def draw_figure3(adjacency, correlations, averaged, digit, dataset):
    """Draw the lattice and exact correlations, above the averaged matrices.

    Parameters
    ----------
    adjacency : ndarray, shape (N, N)
        Adjacency matrix of the lattice.
    correlations : dict of str to ndarray, shape (N, N)
        Exact correlations of the spins, by the way of counting bonds; shape (0, 0)
        where none are known.
    averaged : dict of str to ndarray, shape (N, N)
        Pair weights of Ising samples, by the way of counting bonds.
    digit : ndarray, shape (M, M)
        Pair weights of images.
    dataset : str
        Description of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, axes = style.grid(2, 3, width=18, height=11)
    above = [(adjacency, "exact lattice", "adjacency")]
    below = [(digit, dataset, "weight of the pair")]
    for bonds, exact in correlations.items():
        above.append((exact, f"exact, bonds {bonds}", "correlation of the spins"))
        title = f"Ising samples, bonds {bonds}"
        below.append((averaged[bonds], title, "weight of the pair"))
    for panel, (matrix, title, label) in zip(axes.flat, above + below, strict=True):
        if matrix.size == 0:
            panel.set_axis_off()
            panel.set_title(f"{title}: not known for this lattice")
            continue
        pair = matrix[np.triu_indices(len(matrix), k=1)]
        low, high = pair.min(), pair.max()  # the diagonal would hide all else
        style.picture(panel, matrix, title=title, label=label, vmin=low, vmax=high)
        panel.set(xlabel="pixel", ylabel="pixel")
    return figure


if __name__ == "__main__":
    with stages.logged(snakemake):
        files = snakemake.input
        half = storage.read(files.half, Weights)
        standard = storage.read(files.standard, Weights)
        digit = storage.read(files.digit, Weights)
        exact_half = storage.read(files.exact_half, Exact)
        exact_standard = storage.read(files.exact_standard, Exact)
        size = storage.origin(half.attributes)["settings"]
        edges = lattice.adjacency(size["rows"], size["columns"], size["boundary"])
        figure = draw_figure3(
            edges.toarray(),
            {"half": exact_half.correlations, "standard": exact_standard.correlations},
            {"half": half.weights, "standard": standard.weights},
            digit.weights,
            storage.describe_images(digit.attributes),
        )
        style.save(figure, **dict(snakemake.output.items()))
