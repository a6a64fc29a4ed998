"""One style for all figures, and how they are saved."""

import matplotlib
from matplotlib.figure import Figure

from pixelwalk import storage
from pixelwalk.figures import data

#: Perceptually uniform and safe for the colour-blind: amounts, differences, two states.
AMOUNT, DIFFERENCE, STATES = "cividis", "berlin", "gray"

_STYLE = {
    "font.size": 15,
    "axes.titlesize": 16,
    "figure.titlesize": 18,
    "axes.labelsize": 15,
    "image.interpolation": "nearest",
    "image.origin": "upper",
    "svg.hashsalt": "pixelwalk",  # no random names in the file
    "savefig.dpi": 150,
}

#: Decorator of what draws: nothing that a matplotlibrc says has any effect.
plain = matplotlib.rc_context(
    {k: v for k, v in matplotlib.rcParamsDefault.items() if k != "backend"}
)


def literal(text):
    """Escape what Matplotlib would read as the beginning of a formula.

    Parameters
    ----------
    text : str
        Names of the user's own.

    Returns
    -------
    str
        The text with a backslash before each ``$``.
    """
    return text.replace("$", r"\$")


def grid(rows, columns, *, width, height, title=None, **keywords):
    """Make a figure with a grid of panels.

    Parameters
    ----------
    rows, columns : int
        Of panels.
    width, height : float
        Of the whole figure, in inches.
    title : str, optional
        Above all panels.
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
    """Make a figure with panels of different widths.

    Parameters
    ----------
    layout : list of list of str
        Names of the panels, as `matplotlib.figure.Figure.subplot_mosaic` takes them.
    width, height : float
        Of the whole figure, in inches.

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
    """Show an image or a matrix in a panel, with a colour bar if it has a label.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    values : ndarray, shape (rows, columns)
        What to show.
    title, label : str, optional
        Above the panel; beside the colour bar.
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
    """Save a figure as SVG and PNG, and what it draws as CSV, with no date in them.

    Each file appears whole or not at all.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What to save.
    svg, png, csv : path-like
        Where to.
    """
    with matplotlib.rc_context(_STYLE):
        figure.draw_without_rendering()
        figure.set_layout_engine("none")  # laid out by now: once is enough for both
        with storage.whole(svg) as unfinished:
            figure.savefig(unfinished, metadata={"Date": None, "Creator": None})
        with storage.whole(png) as unfinished:
            figure.savefig(unfinished, metadata={"Software": None})
    storage.write_text(csv, data.table(figure))
