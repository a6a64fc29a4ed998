"""Which jobs of the study another choice of lattices reruns."""

from edits import compare, setting, several

import pytest

SPINS = {"rows": 3, "columns": 3, "beta": 0.3, "bonds": "half", "training": 60}
TABLE = {
    "another lattice to show": (
        several(
            setting("graphs", "again", to={"ising": "half", "kind": "product"}),
            setting("paper", "lattices", "half", to="again"),
        ),
        "average_pairs again, draw_figure3, write_summary",
    ),
    "the other lattice to show": (
        several(
            setting("graphs", "again", to={"ising": "standard", "kind": "product"}),
            setting("paper", "lattices", "standard", to="again"),
        ),
        "average_pairs again, draw_figure3, write_summary",
    ),
    "another ensemble to recover": (
        several(
            setting("ising", "again", to=SPINS),
            setting("paper", "recovery", "half", to="again"),
        ),
        "sample_ising again, solve_ising again, write_summary",
    ),
}


@pytest.mark.parametrize("edit", TABLE)
def test_a_choice_reruns_what_it_reaches(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == expected
