"""What a figure draws, as one long table: every number of it, panel by panel."""

import csv
import io

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection

#: The columns of the table.
COLUMNS = ("panel", "title", "kind", "series", "x", "y", "value")

#: Of larger images only the size is told: figure 9 alone would be a table of 150 MB.
MOST_ENTRIES = 65_536


def table(figure):
    """Give all that a figure draws as CSV text.

    Of an image, x is the column, y the row and value what is shown there; empty where
    it is masked; of one of more than `MOST_ENTRIES` there is a single row, of kind
    "omitted", with the number of columns and rows. Of lines, points, bars and the
    outlines of bands and error bars, x and y are the coordinates of each point, or the
    ends of each bar.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Laid out or not.

    Returns
    -------
    str
        A head, and a row for each number, in full precision.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    panels = [axes for axes in figure.axes if axes.get_label() != "<colorbar>"]
    for number, axes in enumerate(panels, start=1):
        title = _as_shown(" ".join(axes.get_title().split()))
        for kind, series, rows in _drawn(axes):
            label = "" if str(series).startswith("_") else _as_shown(series)
            head = (number, title, kind, label)
            writer.writerows((*head, *map(_plain, row)) for row in rows)
    return text.getvalue()


def _as_shown(text):
    return text.replace(r"\$", "$")


def _drawn(axes):
    """Kind, name and rows (x, y, value) of everything in a panel."""
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
    """Write a number so that it reads back as it is; nothing where it is masked."""
    if value is np.ma.masked:
        return ""
    return repr(value.item()) if isinstance(value, np.generic) else value
