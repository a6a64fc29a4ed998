"""Figures 7 and 8 show what the files hold, for any number of entries."""

import inspect

import patterns
from pixelwalk.figures import style
from studies.linear import figure7, figure8, solve_linear, train_linear

import numpy as np
import pytest

NAMES = ["plane", "line"]
SHAPES = [(3, 4), (12,)]
DRAW = [figure7.draw, figure8.draw]


def files(names, shapes, steps=40):
    optima, trainings = [], []
    for shape in shapes:
        pair = np.random.default_rng(1).normal(size=(2, *shape))
        settings = {"layers": [2, 3], "noise": [0, 0.1], "repeats": 2}
        settings |= {"band": 0.5, "steps": steps}
        stream = np.random.default_rng(2)
        sizes = [stream.normal(size=(3, 2, n)) for n in (4, 9)]
        optima.append(solve_linear.measure(*pair, pair[:1], sizes, settings, stream))
        trainings.append(
            train_linear.measure(*pair, settings, stream, patterns.descend)
        )
    return names, optima, trainings


@pytest.fixture(scope="module")
def contents():
    return files(NAMES, SHAPES)


def pictures(figure):
    return [np.asarray(a.images[0].get_array()) for a in figure.axes if a.images]


def lines(panel):
    """Data of the lines of a panel but for those that only the legend needs."""
    data = [(np.asarray(x.get_xdata()), np.asarray(x.get_ydata())) for x in panel.lines]
    return [(x, y) for x, y in data if len(x)]


def test_figure7_has_a_row_for_each_entry(contents):
    names, optima, trainings = contents
    figure = figure7.draw(*contents)
    assert [a.get_ylabel() for a in figure.axes[::5]] == names
    plane, line = optima
    moved = np.roll(plane.filter, (1, 2), axis=(0, 1))  # no shift: in the middle
    shown = [plane.input, plane.target, moved, trainings[0].learned]
    for image, expected in zip(
        pictures(figure), [*shown, trainings[1].learned], strict=True
    ):
        assert np.array_equal(image, expected)
    of_line = [lines(panel)[0][1] for panel in figure.axes[5:8]]
    expected = [line.input, line.target, np.roll(line.filter, 6)]
    assert all(map(np.array_equal, of_line, expected))


def test_figure7_shows_training_beside_its_prediction(contents):
    figure = figure7.draw(*contents)
    for panel, trained in zip(figure.axes[4::5], contents[2], strict=True):
        shown = lines(panel)
        for run in (1, 2):
            curve = *trained.predicted[run, 1:], *trained.predicted_ahead[run]
            assert any(np.array_equal(y, curve) for _, y in shown)
            dots = trained.distances[run, 1::3]
            assert any(np.array_equal(y, dots) for _, y in shown)
        stays = [y[0] for x, y in shown if list(x) == [0, 1] and y[0] == y[1]]
        assert stays == [trained.limit[2]]  # all frequencies are there but in the band
    (legend,) = figure.legends  # of all rows, below them
    labels = [t.get_text() for t in legend.get_texts()]
    largest = max(trained.distances[0].max() for trained in contents[2])
    assert labels[0] == f"from zero: never above {largest:.0e}"


def test_figure8_has_a_column_for_each_entry(contents):
    names, optima, trainings = contents
    figure = figure8.draw(*contents)
    layers, some, law, local = np.reshape(figure.axes, (4, 2))
    assert [panel.get_title() for panel in layers] == names
    for panel, trained in zip(layers, trainings, strict=True):
        ends = np.maximum(trained.product_seen_end, 1e-8)
        expected = [
            curve
            for i in range(2)
            for curve in (
                trained.product_seen[i, 1:],
                trained.factors[i, 1:],
                ends[i : i + 1],
            )
        ]
        shown = [y for _, y in lines(panel)]
        assert all(map(np.array_equal, shown, expected))
        assert len(shown) == len(expected)
    for panel, best in zip(some, optima, strict=True):
        for level in range(2):
            x, y = lines(panel)[level]
            assert x.tolist() == (12 - best.shifts).tolist()
            assert np.array_equal(y, best.distances[level])
    for panel, best in zip(law, optima, strict=True):
        for (x, y), name in zip(
            lines(panel), ("tenth", "permuted", "one"), strict=True
        ):
            assert x.tolist() == [4, 9]
            assert np.array_equal(y, getattr(best, f"law_{name}").mean(axis=1))
    for panel, best in zip(local, optima, strict=True):
        assert np.array_equal(lines(panel)[0][1], best.within)
        assert np.array_equal(lines(panel)[1][1], best.within_permuted)
        assert np.array_equal(lines(panel)[2][1], best.within_uniform)
        assert f"90 % in {best.taps:.0f} of 12 taps" in panel.texts[0].get_text()


@pytest.mark.parametrize("draw", DRAW)
@pytest.mark.parametrize("shapes", [[(1,)], [(2, 2), (1, 3)]])
def test_small_images_and_few_steps_are_drawn_and_saved(draw, shapes, tmp_path):
    figure = draw(*files([str(shape) for shape in shapes], shapes, steps=1))
    style.save(figure, *(tmp_path / f"a.{end}" for end in ("svg", "png", "csv")))
    assert (tmp_path / "a.png").stat().st_size > 10_000


@pytest.mark.parametrize("draw", DRAW)
def test_equal_files_give_equal_bytes(draw, contents, tmp_path):
    for name in ("one", "two"):
        figure = draw(*(part[:1] for part in contents))
        style.save(figure, *(tmp_path / f"{name}.{e}" for e in ("svg", "png", "csv")))
    for kind in ("svg", "png"):
        one, two = (tmp_path / f"{n}.{kind}" for n in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("draw", DRAW)
def test_drawing_leaves_out_what_a_matplotlibrc_says(draw):
    assert inspect.unwrap(draw) is not draw


def test_blank_images_are_drawn(tmp_path):
    blank = np.zeros((2, 3, 3))
    settings = {"layers": [2], "noise": [0], "repeats": 2, "band": 0.5, "steps": 2}
    stream = np.random.default_rng(1)
    best = solve_linear.measure(*blank, blank[:1], [], settings, stream)
    trained = train_linear.measure(*blank, settings, stream, patterns.descend)
    for draw in DRAW:
        figure = draw(["blank"], [best], [trained])
        style.save(figure, *(tmp_path / f"a.{end}" for end in ("svg", "png", "csv")))
