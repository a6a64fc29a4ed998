"""Draw figure 6: convolutions and lattices as matrices, and how distances fall."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.matrices import kinds

import numpy as np

_TITLE = 16  # size of the font

# Columns and rows of a fine grid, for panels of different sizes.
_LAYOUT = [
    *[["valid"] * 3 + ["same"] * 3 + ["circular"] * 3 + ["image"] * 3] * 3,
    *[["periodic"] * 4 + ["helical"] * 4 + ["ring"] * 4] * 4,
    *[["product"] * 4 + ["limit"] * 4 + ["eigenvalues"] * 4] * 4,
]
_TITLES = {
    "valid": "a filter on a line:\nwhere it fits",
    "same": "zeros around the line:\nToeplitz",
    "circular": "ends joined:\ncirculant",
    "image": "a filter on an image:\ndoubly block Toeplitz",
}
_LATTICES = {
    "periodic": "periodic lattice",
    "helical": "helical lattice",
    "ring": "ring",
}
# Colours of Okabe and Ito, which colour-blind readers can tell apart.
_FILTERS, _NEAREST, _JUMP, _OPERATOR = "#0072B2", "#E69F00", "#CC79A7", "#000000"


@style.plain
def draw(matrices):
    """Draw matrices of filters and lattices, and how distances fall as they grow.

    Parameters
    ----------
    matrices : kinds.Matrices

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = style.mosaic(_LAYOUT, width=16, height=15.5)
    for name, title in _TITLES.items():
        taps = getattr(matrices, name).toarray()
        style.picture(axes[name], np.ma.masked_equal(taps, 0), title=title)
        axes[name].set(xticks=[], yticks=[])
    for name, adjacency, distances in zip(
        matrices.lattices, matrices.adjacency, matrices.lattice_distance, strict=True
    ):
        line, blocks = (f"{distance:.2g}" for distance in distances)
        title = (
            f"{_LATTICES[name]}: {line} from circulant,\n{blocks} from block-circulant"
        )
        style.picture(axes[name], adjacency, title=title, cmap=f"{style.STATES}_r")
        axes[name].set(xticks=[], yticks=[])
    _distances(
        axes["product"],
        matrices,
        ("product_limit", "product_nearest", "product_operator"),
        0,
        "product: distance from Toeplitz",
    )
    _distances(
        axes["limit"],
        matrices,
        ("circulant_limit", "circulant_nearest", "circulant_operator"),
        1,
        "Toeplitz: distance from circulant",
    )
    _eigenvalues(axes["eigenvalues"], matrices)
    return figure


def _distances(panel, matrices, names, which, title):
    limit, nearest, operator = names
    special = (matrices.special_product, matrices.special_circulant)[which]
    jump = matrices.special.index("jump")
    power = matrices.special_exponents[which, jump]
    panel.loglog(
        matrices.sizes, getattr(matrices, operator).mean(axis=0), **_look(_OPERATOR)
    )
    panel.loglog(
        matrices.sizes, special[jump], **_look(_JUMP, power, "filter with a jump", "s")
    )
    for name, colour, what, look in (
        (limit, _FILTERS, "from the limit", {"marker": "o", "markersize": 9}),
        # Thinner and on top: where the two are equal both are seen.
        (nearest, _NEAREST, "from the nearest", {"marker": "x", "linestyle": "--"}),
    ):
        power = matrices.exponents[matrices.fitted.index(name)].mean()
        distance = getattr(matrices, name).mean(axis=0)
        panel.loglog(matrices.sizes, distance, **_look(colour, power, what) | look)
    panel.set_title(title, fontsize=_TITLE)
    lowest = min(line.get_ydata().min() for line in panel.lines)
    panel.set(
        xlabel="n",
        ylabel="relative distance",
        ylim=(10 ** np.floor(np.log10(lowest / 2)), 1.2),  # room for the legend
    )
    panel.legend(fontsize=12, loc="lower left")


def _look(colour, power=None, what="operator norm", marker="^"):
    label = what if power is None else f"{what}: $n^{{{power:.2f}}}$"
    return {"color": colour, "label": label, "marker": marker, "linewidth": 2}


def _eigenvalues(panel, matrices):
    for values, look in (
        (matrices.values, {"color": _FILTERS, "label": "values of the symbol"}),
        (
            matrices.eigenvalues,
            {
                "color": _JUMP,
                "marker": "o",
                "linestyle": "none",
                "label": f"eigenvalues, n = {len(matrices.eigenvalues)}",
            },
        ),
    ):
        panel.plot((np.arange(len(values)) + 0.5) / len(values), values, **look)
    panel.set_title("eigenvalues of a Toeplitz matrix", fontsize=_TITLE)
    panel.set(xlabel="rank, smallest first, over their number", ylabel="value")
    panel.legend(fontsize=12, loc="upper left")


if __name__ == "__main__":
    with stages.logged(snakemake):
        figure = draw(storage.read(snakemake.input.matrices, kinds.Matrices))
        style.save(figure, **dict(snakemake.output.items()))
