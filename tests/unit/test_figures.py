"""Figures show exactly the arrays they get, and are saved with equal bytes."""

import importlib
import inspect
import pkgutil
import time

import matplotlib
import numpy as np
import pytest
from matplotlib import _pylab_helpers, colormaps
from matplotlib.text import Text

from drawings import bar_labels, same, shown, titles
from pixelwalk import figures
from pixelwalk.figures import graphs, style

STREAM = np.random.default_rng(1)
MEAN = STREAM.random((4, 5))
CUTS = ["at-0", "at-0.10", "at-0.35", "top-0.0474", "top-0.0046"]
SHARES = [0.3069, 0.1371, 0.0425, 0.0474, 0.0046]
WALKS = STREAM.random((5, 4, 5)) / 20

FIGURES = {
    "graph": lambda: own_graph(),
}


def own_graph(mean=MEAN, count=5, name="my images"):
    return graphs.own_graph(mean, WALKS[:count], SHARES[:count], CUTS[:count], name)


def saved(figure, folder):
    paths = [folder / "new" / f"figure.{end}" for end in ("csv", "png", "svg")]
    style.save(figure, *reversed(paths[1:]), paths[0])
    assert sorted(paths[0].parent.iterdir()) == paths
    return tuple(path.read_bytes() for path in reversed(paths))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_the_figure_of_a_graph_shows_the_mean_image_and_every_cut(count):
    figure = own_graph(count=count)
    assert same(shown(figure), [MEAN, *WALKS[:count]])
    assert titles(figure)[:2] == [
        "mean image\n",
        "all weights\n30.69 % of all entries",
    ]
    assert bar_labels(figure) == ["mean value"] + ["probability"] * count
    assert figure.get_suptitle() == "my images"


@pytest.fixture(scope="module", params=FIGURES)
def drawn(request, tmp_path_factory):
    """A figure, what was saved of it, and what is global before and after."""
    before = dict(matplotlib.rcParams)
    figure = FIGURES[request.param]()
    files = saved(figure, tmp_path_factory.mktemp(request.param))
    return request.param, figure, files, (before, dict(matplotlib.rcParams))


def test_equal_arrays_give_equal_bytes(drawn, tmp_path):
    name, _, files, _ = drawn
    if name == "graph":
        time.sleep(1.1)  # a clock would show in the files
    assert (saved(FIGURES[name](), tmp_path) == files) is True  # no page-long message
    svg, png, _ = files
    assert svg.startswith(b"<?xml") and png.startswith(b"\x89PNG\r\n\x1a\n")
    assert b"<dc:date>" not in svg and b"tIME" not in png


def test_other_arrays_give_other_bytes(tmp_path):
    different = [MEAN, MEAN[::-1]]
    first, second = (
        saved(own_graph(values), tmp_path / str(number))
        for number, values in enumerate(different)
    )
    assert first[0] != second[0] and first[1] != second[1]


def test_text_can_be_read_from_afar(drawn):
    _, figure, _, _ = drawn
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text()]
    small = {t.get_text(): t.get_fontsize() for t in texts if t.get_fontsize() < 12}
    assert not small


def test_drawing_and_saving_change_no_global_state(drawn):
    _, _, _, (before, after) = drawn
    assert after == before
    assert not _pylab_helpers.Gcf.figs  # pyplot holds no figure


def test_lightness_of_the_colours_tells_the_amount():
    def lightness(name):
        colours = colormaps[name](np.linspace(0, 1, 256))[:, :3]
        return colours @ [0.2126, 0.7152, 0.0722]

    for name in (style.AMOUNT, style.STATES):
        assert np.all(np.diff(lightness(name)) >= -1e-3)
    # Differences of either sign, equally large, are about equally far from no
    # difference, and from the middle on lightness grows or falls all the way.
    both = lightness(style.DIFFERENCE)
    assert np.abs(both - both[::-1]).max() < 0.2
    for half in (both[127::-1], both[128:]):
        assert np.all(np.diff(half) * np.sign(half[-1] - half[0]) >= -0.01)


def test_a_failed_save_leaves_nothing(tmp_path):
    figure, _ = style.grid(1, 1, width=1, height=1)
    figure.set_size_inches(1e6, 1e6)  # more pixels than there can be
    with pytest.raises(Exception, match=r"[Ii]mage|memory|size"):
        style.save(figure, *(tmp_path / f"a.{end}" for end in ("svg", "png", "csv")))
    assert not (tmp_path / "a.png").exists()
    assert all(path.suffix == ".svg" for path in tmp_path.iterdir())


def test_a_dollar_in_a_name_begins_no_formula(tmp_path):
    name = r"a $\nope$ b; 3 images of $5"
    drawn = own_graph(name=name)
    drawn.axes[0].set_title(style.literal(name))
    csv = tmp_path / "drawn.csv"
    style.save(drawn, tmp_path / "drawn.svg", tmp_path / "drawn.png", csv)
    assert f"1,{name},image," in csv.read_text()


def drawers():
    """Give every function that draws a figure."""
    for found in pkgutil.iter_modules(figures.__path__):
        module = importlib.import_module(f"pixelwalk.figures.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            ours = inspect.unwrap(function).__module__ == module.__name__
            if ours and name[0] != "_" and found.name not in ("data", "style"):
                yield function


def test_all_that_draws_leaves_out_what_a_matplotlibrc_says():
    functions = set(drawers())
    assert graphs.own_graph in functions
    assert [f.__name__ for f in functions if inspect.unwrap(f) is f] == []
