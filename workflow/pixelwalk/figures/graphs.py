"""Figures of stationary distributions next to a mean image."""

import matplotlib.ticker
import numpy as np

from pixelwalk.figures import style


@style.plain
def own_graph(mean, stationaries, fractions, cuts, dataset):
    """Draw the mean image and the stationary distributions of a graph's cuts.

    Parameters
    ----------
    mean : ndarray of float, shape (rows, columns)
        Mean image.
    stationaries : sequence of ndarray of float, shape (rows, columns)
        Probabilities, for each cut.
    fractions : sequence of float
        Fraction of all entries that each cut keeps.
    cuts : sequence of str
        Names of the cuts.
    dataset : str
        Name of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    figure, axes = panels(1 + len(cuts), dataset, mean.shape)
    style.picture(axes[0], mean, title="mean image\n", label="mean value")
    axes[0].set(xticks=[], yticks=[])
    draw_distributions(axes[1:], stationaries, fractions, cuts)
    return figure


@style.plain
def panels(count, title, shape=(1, 1)):
    """Return a figure with a panel for each picture, three or four in a row.

    Parameters
    ----------
    count : int
        Number of panels.
    title : str
        Title of the figure.
    shape : tuple of int
        Rows and columns of the pictures.

    Returns
    -------
    figure : matplotlib.figure.Figure
    panels : ndarray of matplotlib.axes.Axes, shape (count,)
    """
    columns = min(count, min((3, 4), key=lambda columns: -count % columns))
    rows = -(-count // columns)
    # Pictures are about 3.6 inches wide.
    each = 1 + 3.6 * np.clip(shape[0] / shape[1], 0.25, 2)
    figure, axes = style.grid(
        rows, columns, width=5 * columns, height=each * rows + 0.4, title=title
    )
    for panel in axes.flat[count:]:
        panel.set_axis_off()
    return figure, axes.flat[:count]


@style.plain
def draw_distributions(panels, stationaries, fractions, cuts):
    """Draw stationary distributions into panels, one for each cut.

    Parameters
    ----------
    panels : sequence of matplotlib.axes.Axes
        A panel for each cut.
    stationaries, fractions, cuts
        As for `own_graph`.
    """
    for panel, values, fraction, cut in zip(
        panels, stationaries, fractions, cuts, strict=True
    ):
        title = f"{_in_words(cut)}\n{100 * fraction:.2f} % of all entries"
        draw_probabilities(panel, values, title)
        panel.set(xticks=[], yticks=[])


def _in_words(cut):
    rule, number = cut.split("-")
    if rule == "knn":
        return f"{number} heaviest of each pixel"
    percent = f"{100 * float(number):g} %"
    if rule == "top":
        return f"heaviest {percent}"
    return "all weights" if float(number) == 0 else f"at least {percent} of largest"


@style.plain
def draw_probabilities(panel, values, title, **keywords):
    """Draw probabilities as a picture, with a colour bar in powers of ten.

    Parameters
    ----------
    panel : matplotlib.axes.Axes
        Panel to draw in.
    values : ndarray of float, shape (rows, columns)
        Probabilities or their differences.
    title : str
        Title of the panel.
    **keywords
        For `style.picture`.
    """
    drawn = style.picture(panel, values, title=title, **keywords)
    bar = panel.figure.colorbar(drawn, ax=panel, shrink=0.85)
    bar.set_label("probability", fontsize=15)
    bar.ax.tick_params(labelsize=13)
    bar.formatter = matplotlib.ticker.ScalarFormatter(useMathText=True)
    bar.formatter.set_powerlimits((-2, 2))
    bar.ax.yaxis.offsetText.set_fontsize(13)
    bar.update_ticks()
