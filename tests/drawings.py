"""Read off a figure what it shows, and check what holds of every figure."""

import inspect
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib
import numpy as np
from matplotlib import _pylab_helpers
from matplotlib.text import Text

from pixelwalk.figures import style


def panels(figure):
    """Panels that show an image, row by row."""
    return [axes for axes in figure.axes if axes.images]


def shown(figure):
    """What the panels show, as plain arrays."""
    for panel in panels(figure):
        assert len(panel.images) == 1
    return [np.asarray(panel.images[0].get_array()) for panel in panels(figure)]


def titles(figure):
    return [panel.get_title() for panel in panels(figure)]


def limits(figure):
    return [panel.images[0].get_clim() for panel in panels(figure)]


def bar_labels(figure):
    return [
        axes.get_ylabel() for axes in figure.axes if axes.get_label() == "<colorbar>"
    ]


def same(first, second):
    return len(first) == len(second) and all(map(np.array_equal, first, second))


def saved(figure):
    """Save a figure, and give the bytes of its SVG, PNG and CSV."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, "new", f"figure.{end}") for end in ("svg", "png", "csv")]
        style.save(figure, *paths)
        assert sorted(paths[0].parent.iterdir()) == sorted(paths)
        return tuple(path.read_bytes() for path in paths)


def assert_well_drawn(function, *arguments, least=12, **options):
    """Check what holds of every function that draws a figure.

    A matplotlibrc has no effect on it, it changes no global state, no text is smaller
    than `least` points, and equal arrays give equal bytes without a date.
    """
    assert inspect.unwrap(function) is not function  # style.plain
    before = dict(matplotlib.rcParams)
    figure = function(*arguments, **options)
    files = saved(figure)
    assert dict(matplotlib.rcParams) == before
    assert not _pylab_helpers.Gcf.figs  # pyplot holds no figure
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text()]
    assert not {t.get_text(): t for t in texts if t.get_fontsize() < least}
    again = saved(function(*arguments, **options))
    assert (again == files) is True  # no page-long message
    svg, png, _ = files
    assert svg.startswith(b"<?xml") and png.startswith(b"\x89PNG\r\n\x1a\n")
    assert b"<dc:date>" not in svg and b"tIME" not in png
