"""Figure 3 shows exactly the matrices it gets."""

from drawings import assert_well_drawn, bar_labels, limits, panels, same, shown, titles
from studies.lattice.figure3 import draw_figure3

import numpy as np

STREAM = np.random.default_rng(1)
MATRICES = [(m + m.T) + 10 * np.eye(6) for m in STREAM.random((4, 6, 6))]


def arguments(exact_half=None):
    edges, exact, half, standard = MATRICES
    correlations = {
        "half": exact if exact_half is None else exact_half,
        "standard": 2 * exact,
    }
    averaged = {"half": half, "standard": standard}
    return edges, correlations, averaged, 3 * edges, "MNIST, 200 images of 5"


def test_figure3_shows_the_matrices_in_the_range_of_their_pairs():
    figure = draw_figure3(*arguments())
    edges, exact, half, standard = MATRICES
    expected = [edges, exact, 2 * exact, 3 * edges, half, standard]
    assert same(shown(figure), expected)
    names = titles(figure)
    assert "lattice" in names[0] and names[3] == "MNIST, 200 images of 5"
    for column, bonds in ((1, "half"), (2, "standard")):
        assert names[column].startswith("exact") and bonds in names[column]
        assert names[column + 3].startswith("Ising") and bonds in names[column + 3]
    for matrix, found in zip(expected, limits(figure), strict=True):
        others = matrix[~np.eye(6, dtype=bool)]
        assert found == (others.min(), others.max())
    for panel in panels(figure):
        assert (panel.get_xlabel(), panel.get_ylabel()) == ("pixel", "pixel")
    assert all(bar_labels(figure)) and len(bar_labels(figure)) == 6


def test_figure3_says_where_no_exact_matrix_is_known():
    figure = draw_figure3(*arguments(exact_half=np.empty((0, 0))))
    assert len(shown(figure)) == 5
    named = [axes.get_title() for axes in figure.axes if not axes.images]
    assert "exact, bonds half: not known for this lattice" in named


def test_figure3_is_well_drawn():
    assert_well_drawn(draw_figure3, *arguments())


def test_a_dollar_in_the_name_of_the_images_begins_no_formula():
    *others, _ = arguments()
    figure = draw_figure3(*others, "3 images of $5 and $6")
    assert titles(figure)[3] == r"3 images of \$5 and \$6"
