"""The table of a figure holds every number that it draws, and reads back the same."""

import csv
import io

import numpy as np
import pytest

from pixelwalk.figures import data, style


def rows(figure, kind):
    table = csv.DictReader(io.StringIO(data.table(figure)))
    assert tuple(table.fieldnames) == data.COLUMNS
    return [row for row in table if row["kind"] == kind]


def numbers(found, *columns):
    return [tuple(float(row[column]) for column in columns) for row in found]


def test_an_image_comes_back_to_the_last_digit_and_empty_where_masked():
    figure, axes = style.grid(1, 2, width=4, height=2)
    values = np.array([[0.1, 1 / 3, np.pi], [1e-300, 0.0, -2.0]])
    style.picture(axes[0, 1], np.ma.masked_equal(values, 0), title="a\nb", label="bar")
    found = rows(figure, "image")
    assert {row["panel"] for row in found} == {"2"}
    assert {row["title"] for row in found} == {"a b"}
    back = [[row["value"] for row in found if row["y"] == str(y)] for y in range(2)]
    assert [[float(v or 0) for v in line] for line in back] == values.tolist()
    assert back[1][1] == ""


def test_lines_points_error_bars_and_bars_come_back_under_their_names():
    figure, axes = style.grid(1, 1, width=4, height=2)
    panel, x, y = axes[0, 0], np.array([1.0, 2.0]), np.array([0.1, 0.7])
    panel.plot(x, y, label="course")
    panel.scatter(y, x, label="seen")
    panel.errorbar(x, y, yerr=0.25, fmt="none", label="error")
    panel.fill_between(x, y, y + 1, label="band")
    panel.bar([5.0], [3.0], width=2.0)
    (line,) = {row["series"] for row in rows(figure, "line")} - {""}
    assert line == "course"
    assert numbers(rows(figure, "line"), "x", "y")[:2] == [(1, 0.1), (2, 0.7)]
    assert numbers(rows(figure, "points"), "x", "y") == [(0.1, 1), (0.7, 2)]
    ends = numbers(rows(figure, "error bars"), "y")
    assert [end for (end,) in ends] == pytest.approx([-0.15, 0.35, 0.45, 0.95])
    assert {(1.0, 0.1), (2.0, 1.7)} <= set(numbers(rows(figure, "band"), "x", "y"))
    assert {(4.0, 0.0), (6.0, 3.0)} <= set(numbers(rows(figure, "bar"), "x", "y"))


@pytest.mark.parametrize(("side", "kind"), [(256, "image"), (257, "omitted")])
def test_of_a_large_matrix_the_size_alone_is_told(side, kind):
    figure, axes = style.grid(1, 1, width=4, height=2)
    style.picture(axes[0, 0], np.ones((256, side)))
    (found,) = {row["kind"] for row in csv.DictReader(io.StringIO(data.table(figure)))}
    assert found == kind
    if kind == "omitted":
        assert numbers(rows(figure, kind), "x", "y") == [(257, 256)]
