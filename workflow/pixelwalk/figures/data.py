"""Data of a figure as one long table, panel by panel."""

import csv
import io

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection

#: Columns of the table.
COLUMNS = ("panel", "title", "kind", "series", "x", "y", "value")

#: Largest image in the table; with all pixels, that of figure 9 would have 150 MB.
MOST_ENTRIES = 65_536


def table(figure):
    """Return the data of a figure as CSV text.

    For an image, x is the column, y the row and value the pixel, empty if masked; an
    image of more than `MOST_ENTRIES` has one row of kind "omitted" with its numbers of
    columns and rows. For lines, points, bars and the outlines of bands and error bars,
    x and y are coordinates.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    str
        A header, and a row for each number, in full precision.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    panels = [axes for axes in figure.axes if axes.get_label() != "<colorbar>"]
    for number, axes in enumerate(panels, start=1):
        title = _as_shown(" ".join(axes.get_title().split()))
        for kind, series, rows in _drawn(axes):
            label = "" if str(series).startswith("_") else _as_shown(series)
            first = (number, title, kind, label)
            writer.writerows((*first, *map(_plain, row)) for row in rows)
    return text.getvalue()


def _as_shown(text):
    return text.replace(r"\$", "$")


def _drawn(axes):
    """Yield kind, name and rows (x, y, value) of every artist of a panel."""
    for image in axes.images:
        values = np.ma.asarray(image.get_array())
        if values.size > MOST_ENTRIES:
            yield "omitted", image.get_label(), [(*values.shape[1::-1], "")]
            continue
        rows = ((c, r, values[r, c]) for r, c in np.ndindex(values.shape[:2]))
        yield "image", image.get_label(), rows
    for line in axes.lines:
        yield "line", line.get_label(), _points(line.get_xydata())
    for drawn in axes.collections:
        if isinstance(drawn, PathCollection):
            yield "points", drawn.get_label(), _points(drawn.get_offsets())
        elif isinstance(drawn, LineCollection):
            ends = [path.vertices for path in drawn.get_paths()]
            points = np.concatenate(ends) if ends else ()
            yield "error bars", drawn.get_label(), _points(points)
        elif isinstance(drawn, PolyCollection):
            outlines = [path.vertices for path in drawn.get_paths()]
            points = np.concatenate(outlines) if outlines else ()
            yield "band", drawn.get_label(), _points(points)
    for patch in axes.patches:
        corners = patch.get_path().transformed(patch.get_patch_transform()).vertices
        yield "bar", patch.get_label(), _points(corners)


def _points(coordinates):
    return ((x, y, "") for x, y in np.asarray(coordinates))


def _plain(value):
    """Return a number as exact text, empty if masked."""
    if value is np.ma.masked:
        return ""
    return repr(value.item()) if isinstance(value, np.generic) else value
