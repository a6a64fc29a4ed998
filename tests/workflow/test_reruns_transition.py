"""What an edit reruns of what the small configuration has no use for."""

import pytest
import yaml

from edits import (
    DIGIT,
    FIXED,
    NOTHING,
    SUMMARY,
    body,
    compare,
    more,
    rules,
    setting,
    several,
    transition,
)

CHAINS = {
    **{"rows": 3, "columns": 3, "beta": 0.3, "training": 5},
    **{"method": "gibbs", "sweeps": 5},
}
GRAPH = {"ising": "chains", "kind": "correlation", "shards": 2}

# What follows from other samples of the chains, or other weights of their graph.
WEIGHED = rules("join_sums, sparsify_graph, walk_graph, draw_explorer")
SUMMED = WEIGHED + rules("sum_pairs 2")
SAMPLED = SUMMED + rules("sample_ising")
# The same for one of the two graphs of the transition.
DRAWN = rules(
    "average_pairs, sparsify_graph, walk_graph, measure_transition, draw_transition, "
    "draw_explorer"
)


def chains(key, to, expected):
    """Make the row of a setting of the chains, which the summary shows, too."""
    change = setting("ising", "chains", key, to=to)
    return f"the chains' {key}", (change, expected + SUMMARY)


def weight(key, to, expected):
    """Make the row of a setting of their graph."""
    change = setting("graphs", "chains", key, to=to)
    return f"their graph's {key}", (change, expected + SUMMARY)


TABLE = dict(
    [
        chains("sweeps", 6, SAMPLED),
        chains("budget", 4096, NOTHING),  # chains do not go back into the past
        chains("bonds", "half", SAMPLED),
        chains("method", "swendsen-wang", SAMPLED),
        weight("kind", "product", SUMMED),
        weight("centred", True, WEIGHED),
        weight("square", True, WEIGHED),
        weight("diagonal", False, WEIGHED),
        weight("teleport", 0.02, rules("walk_graph, draw_explorer")),
        weight("shards", 3, WEIGHED + rules("sum_pairs 3")),
    ]
) | {
    "the order of a transition": (
        setting("transitions", "critical", "graphs", to=["warm", "again", "cold"]),
        rules("draw_transition"),
    ),
    "a graph less": (
        setting("transitions", "critical", "graphs", to=["warm"]),
        rules("draw_transition"),
    ),
    "another transition": (
        setting("transitions", "another", to={"graphs": ["warm"]}),
        rules("draw_transition"),
    ),
    "a temperature": (
        setting("ising", "warm", "beta", to=0.35),
        DRAWN + rules("sample_ising"),
    ),
    "the digit's images and the population exchanged": (
        several(
            setting("paper", "digit", to="more"),
            setting("paper", "population", to="fives"),
        ),
        DIGIT + FIXED + rules("draw_figure3, measure_fractions, draw_explorer"),
    ),
    "code of the study": (
        body("../studies/transitions/measure_transition.py", "_around"),
        rules("measure_transition 3, draw_transition"),
    ),
    "code of the figure": (
        body("../studies/transitions/figure_transition.py", "_along"),
        rules("draw_transition"),
    ),
    "the caption": (
        more("workflow/studies/transitions/transition.rst", "More."),
        SUMMARY,
    ),
}


def add(place, config):
    """Add the chains and the transition, and take a population of one digit."""
    config["images"]["more"] = {"source": "digits", "label": 5, "count": 100}
    config["graphs"]["more"] = {"images": "more", "kind": "coactivation"}
    config["paper"]["population"] = "more"
    config["ising"]["chains"], config["graphs"]["chains"] = CHAINS.copy(), GRAPH.copy()
    transition(place, config)
    for name in ("warm", "cold"):
        config["ising"][name]["shards"] = config["graphs"][name]["shards"] = 1
    # At one temperature, so that the two can stand in either order.
    config["graphs"]["again"] = {"ising": "cold", "kind": "correlation"}
    config["transitions"]["critical"]["graphs"].append("again")
    place.configure(config)


@pytest.fixture(scope="module")
def finished(finished, tmp_path_factory):
    """Place in which what is added has been run as well; nobody may change it."""
    place = finished.copy(tmp_path_factory.mktemp("wider") / "place")
    add(place, read_config(place))
    run = place.snakemake()
    assert run.returncode == 0, run.stderr
    return place


@pytest.fixture
def config(rerun):
    return read_config(rerun)


def read_config(place):
    return yaml.safe_load((place / "config.yaml").read_text())


@pytest.mark.parametrize("edit", TABLE)
def test_an_edit_reruns_what_it_reaches_of_a_transition(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == expected
