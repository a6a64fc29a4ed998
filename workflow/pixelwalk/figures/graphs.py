"""The stationary distributions of the walk: figures 4 and 5."""

import matplotlib.ticker
import numpy as np

from pixelwalk.figures import style


@style.plain
def figure4(image, stationary, mean, dataset):
    """Draw one image, the stationary distribution, the mean image, and what differs.

    Parameters
    ----------
    image, stationary, mean : ndarray of float, shape (rows, columns)
        One of the images; probabilities; the mean of the images.
    dataset : str
        What the images are.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, axes = style.grid(2, 2, width=11.5, height=10, title=dataset)
    panels = axes.flat
    difference = stationary - mean / mean.sum()
    largest = np.abs(difference).max()
    style.picture(panels[0], image, title="one image", label="grey value")
    _probabilities(panels[1], stationary, "stationary distribution")
    style.picture(panels[2], mean, title="mean image", label="mean grey value")
    _probabilities(
        panels[3],
        difference,
        "stationary minus mean (each sums to 1)",
        cmap=style.DIFFERENCE,
        vmin=-largest,
        vmax=largest,
    )
    for panel in panels:
        panel.set(xticks=[], yticks=[])
    return figure


@style.plain
def figure5(stationaries, fractions, cuts, dataset):
    """Draw the stationary distributions of sparser and sparser graphs.

    Parameters
    ----------
    stationaries : sequence of ndarray of float, shape (rows, columns)
        Probabilities, for each cut.
    fractions : sequence of float
        Share of the entries that each graph has.
    cuts : sequence of str
        Their names.
    dataset : str
        What the images are.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, panels = _panels(len(cuts), dataset)
    _distributions(panels, stationaries, fractions, cuts)
    return figure


@style.plain
def own_graph(mean, stationaries, fractions, cuts, dataset):
    """Draw the mean image, and beside it what `figure5` draws.

    Parameters
    ----------
    mean : ndarray of float, shape (rows, columns)
        Mean image.
    stationaries, fractions, cuts, dataset
        As for `figure5`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, panels = _panels(1 + len(cuts), dataset, mean.shape)
    style.picture(panels[0], mean, title="mean image\n", label="mean value")
    panels[0].set(xticks=[], yticks=[])
    _distributions(panels[1:], stationaries, fractions, cuts)
    return figure


def _panels(count, title, shape=(1, 1)):
    """Make a figure of so many panels, three or four in a row, for such pictures."""
    columns = min(count, min((3, 4), key=lambda columns: -count % columns))
    rows = -(-count // columns)
    # As high as the pictures, which are some 3.6 inches wide.
    each = 1 + 3.6 * np.clip(shape[0] / shape[1], 0.25, 2)
    figure, axes = style.grid(
        rows, columns, width=5 * columns, height=each * rows + 0.4, title=title
    )
    for panel in axes.flat[count:]:
        panel.set_axis_off()
    return figure, axes.flat[:count]


def _distributions(panels, stationaries, fractions, cuts):
    for panel, values, fraction, cut in zip(
        panels, stationaries, fractions, cuts, strict=True
    ):
        title = f"{_in_words(cut)}\n{100 * fraction:.2f} % of all entries"
        _probabilities(panel, values, title)
        panel.set(xticks=[], yticks=[])


def _in_words(cut):
    rule, number = cut.split("-")
    if rule == "knn":
        return f"{number} heaviest of each pixel"
    percent = f"{100 * float(number):g} %"
    if rule == "top":
        return f"heaviest {percent}"
    return "all weights" if float(number) == 0 else f"at least {percent} of largest"


def _probabilities(panel, values, title, **keywords):
    drawn = style.picture(panel, values, title=title, **keywords)
    bar = panel.figure.colorbar(drawn, ax=panel, shrink=0.85)
    bar.set_label("probability", fontsize=15)
    bar.ax.tick_params(labelsize=13)
    bar.formatter = matplotlib.ticker.ScalarFormatter(useMathText=True)
    bar.formatter.set_powerlimits((-2, 2))
    bar.ax.yaxis.offsetText.set_fontsize(13)
    bar.update_ticks()
