"""Which jobs of the study another choice of images reruns."""

from edits import compare, setting, several

import pytest

POPULATION = (
    "measure_likeness, measure_fractions, read_digits, measure_fixed_points, "
    "write_summary"
)
TABLE = {
    "another kind of weight": (
        setting("graphs", "fives", "kind", to="product"),
        "average_pairs fives, measure_likeness, measure_fixed_points, write_summary",
    ),
    "another teleport": (
        setting("graphs", "fives", "teleport", to=0.02),
        "walk_graph fives, measure_likeness, measure_fixed_points, draw_explorer, "
        "write_summary",
    ),
    "another graph of the digit": (
        several(
            setting("graphs", "again", to={"images": "fives", "kind": "product"}),
            setting("paper", "digit", to="again"),
        ),
        "average_pairs again, draw_figure3, draw_figure4, draw_figure5, "
        "measure_likeness, read_digits, measure_fixed_points, "
        "draw_explorer, write_summary",
    ),
    "another population": (setting("paper", "population", to="test"), POPULATION),
    "another test": (
        setting("paper", "test", to="training"),
        "read_digits, measure_fixed_points, write_summary",
    ),
    "population and test exchanged": (
        several(
            setting("paper", "population", to="test"),
            setting("paper", "test", to="training"),
        ),
        POPULATION,
    ),
}


@pytest.mark.parametrize("edit", TABLE)
def test_a_choice_reruns_what_it_reaches(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == expected
