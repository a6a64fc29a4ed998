"""Which jobs of the study another choice of networks reruns."""

from edits import compare, setting


def test_another_order_of_networks_reruns_figures_and_judge(rerun, config):
    change = setting("paper", "linear", to=["spins", "fives"])
    roots = "draw_figure7, draw_figure8, judge_linear, write_summary"
    expected, seen = compare(rerun, config, {"order": (change, roots)}, "order")
    assert seen == expected
