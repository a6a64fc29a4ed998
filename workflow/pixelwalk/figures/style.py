"""The style of all figures, and functions that create and save them."""

import matplotlib
from matplotlib.figure import Figure

from pixelwalk import storage
from pixelwalk.figures import data

#: Perceptually uniform colour maps, also for the colour-blind.
AMOUNT, DIFFERENCE, STATES = "cividis", "berlin", "gray"

_STYLE = {
    "font.size": 15,
    "axes.titlesize": 16,
    "figure.titlesize": 18,
    "axes.labelsize": 15,
    "image.interpolation": "nearest",
    "image.origin": "upper",
    "svg.hashsalt": "pixelwalk",  # else names in the file are random
    "savefig.dpi": 150,
}

#: Decorator of functions that draw: a user's matplotlibrc has no effect.
plain = matplotlib.rc_context(
    {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}
)


def literal(text):
    """Escape each ``$`` of a text, which Matplotlib would read as a formula."""
    return text.replace("$", r"\$")


def grid(rows, columns, *, width, height, title=None, **keywords):
    """Return a figure with a grid of panels.

    Parameters
    ----------
    rows, columns : int
        Numbers of panels.
    width, height : float
        Size of the figure in inches.
    title : str, optional
        Title of the figure.
    **keywords
        For `matplotlib.figure.Figure.subplots`.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : ndarray of matplotlib.axes.Axes, shape (rows, columns)
    """
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots(rows, columns, squeeze=False, **keywords)
        if title:
            figure.suptitle(title)
    return figure, axes


def mosaic(layout, *, width, height):
    """Return a figure with panels of different widths.

    Parameters
    ----------
    layout : list of list of str
        Names of the panels, as for `matplotlib.figure.Figure.subplot_mosaic`.
    width, height : float
        Size of the figure in inches.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : dict of str to matplotlib.axes.Axes
    """
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplot_mosaic(layout)
    return figure, axes


def picture(axes, values, *, title=None, cmap=AMOUNT, label=None, **keywords):
    """Draw an image or a matrix in a panel, with a colour bar if it has a label.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Panel to draw in.
    values : ndarray, shape (rows, columns)
        Image or matrix.
    title, label : str, optional
        Title of the panel; label of the colour bar.
    cmap : str
        Colour map.
    **keywords
        For `matplotlib.axes.Axes.imshow`.

    Returns
    -------
    matplotlib.image.AxesImage
    """
    with matplotlib.rc_context(_STYLE):
        shown = axes.imshow(values, cmap=cmap, **keywords)
        if title:
            axes.set_title(title)
        if label:
            axes.figure.colorbar(shown, ax=axes, label=label, shrink=0.85)
    return shown


@plain
def save(figure, svg, png, csv):
    """Save a figure as SVG and PNG and its data as CSV, each atomically, without dates.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    svg, png, csv : path-like
        Files to write.
    """
    with matplotlib.rc_context(_STYLE):
        figure.draw_without_rendering()
        figure.set_layout_engine("none")  # once for both files
        with storage.whole(svg) as unfinished:
            figure.savefig(unfinished, metadata={"Date": None, "Creator": None})
        with storage.whole(png) as unfinished:
            figure.savefig(unfinished, metadata={"Software": None})
    storage.write_text(csv, data.table(figure))
