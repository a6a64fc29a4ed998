"""Figure 6: convolutions and lattices as matrices, and what becomes of these."""

import numpy as np

from pixelwalk.figures import style

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
# Colours of Okabe and Ito, which the colour-blind tell apart.
_FILTERS, _NEAREST, _JUMP, _OPERATOR = "#0072B2", "#E69F00", "#CC79A7", "#000000"


@style.plain
def figure6(found):
    """Draw matrices of filters and lattices, and how distances fall as they grow.

    Parameters
    ----------
    found : object
        Datasets of kind `matrices`, as attributes.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = style.mosaic(_LAYOUT, width=16, height=15.5)
    for name, title in _TITLES.items():
        taps = getattr(found, name).toarray()
        style.picture(axes[name], np.ma.masked_equal(taps, 0), title=title)
        axes[name].set(xticks=[], yticks=[])
    for name, adjacency, distances in zip(
        found.lattices, found.adjacency, found.lattice_distance, strict=True
    ):
        line, blocks = (f"{distance:.2g}" for distance in distances)
        title = (
            f"{_LATTICES[name]}: {line} from circulant,\n{blocks} from block-circulant"
        )
        style.picture(axes[name], adjacency, title=title, cmap=f"{style.STATES}_r")
        axes[name].set(xticks=[], yticks=[])
    _distances(
        axes["product"],
        found,
        ("product_limit", "product_nearest", "product_operator"),
        0,
        "product: distance from Toeplitz",
    )
    _distances(
        axes["limit"],
        found,
        ("circulant_limit", "circulant_nearest", "circulant_operator"),
        1,
        "Toeplitz: distance from circulant",
    )
    _eigenvalues(axes["eigenvalues"], found)
    return figure


def _distances(panel, found, names, which, title):
    limit, nearest, operator = names
    special = (found.special_product, found.special_circulant)[which]
    jump = found.special.index("jump")
    power = found.special_exponents[which, jump]
    panel.loglog(found.sizes, getattr(found, operator).mean(axis=0), **_look(_OPERATOR))
    panel.loglog(
        found.sizes, special[jump], **_look(_JUMP, power, "filter with a jump", "s")
    )
    for name, colour, what, look in (
        (limit, _FILTERS, "from the limit", {"marker": "o", "markersize": 9}),
        # Thinner and on top: where the two are equal both are seen.
        (nearest, _NEAREST, "from the nearest", {"marker": "x", "linestyle": "--"}),
    ):
        power = found.exponents[found.fitted.index(name)].mean()
        distance = getattr(found, name).mean(axis=0)
        panel.loglog(found.sizes, distance, **_look(colour, power, what) | look)
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


def _eigenvalues(panel, found):
    for values, look in (
        (found.values, {"color": _FILTERS, "label": "values of the symbol"}),
        (
            found.eigenvalues,
            {
                "color": _JUMP,
                "marker": "o",
                "linestyle": "none",
                "label": f"eigenvalues, n = {len(found.eigenvalues)}",
            },
        ),
    ):
        panel.plot((np.arange(len(values)) + 0.5) / len(values), values, **look)
    panel.set_title("eigenvalues of a Toeplitz matrix", fontsize=_TITLE)
    panel.set(xlabel="rank, smallest first, over their number", ylabel="value")
    panel.legend(fontsize=12, loc="upper left")
