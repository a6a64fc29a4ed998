"""What an edit reruns of what the small configuration has no use for."""

import pytest
import yaml

from edits import compare, setting, several, transition

CHAINS = {
    **{"rows": 3, "columns": 3, "beta": 0.3, "training": 5},
    **{"method": "gibbs", "sweeps": 5},
}
GRAPH = {"ising": "chains", "kind": "correlation", "shards": 2}


def chains(key, to, roots):
    """Make the row of a setting of the chains."""
    return f"the chains' {key}", (setting("ising", "chains", key, to=to), roots)


def weight(key, to, roots):
    """Make the row of a setting of their graph."""
    return f"their graph's {key}", (setting("graphs", "chains", key, to=to), roots)


TABLE = dict(
    [
        chains("sweeps", 6, "sample_ising chains"),
        chains("budget", 4096, ""),  # chains do not go back into the past
        chains("bonds", "half", "sample_ising chains"),
        chains("method", "swendsen-wang", "sample_ising chains"),
        weight("kind", "product", "sum_pairs chains"),
        weight("centred", True, "join_sums chains"),
        weight("square", True, "join_sums chains"),
        weight("diagonal", False, "join_sums chains"),
        weight("teleport", 0.02, "walk_graph chains, draw_explorer"),
        weight("shards", 3, "sum_pairs chains"),
    ]
) | {
    "the order of a transition": (
        setting("transitions", "critical", "graphs", to=["warm", "again", "cold"]),
        "draw_transition critical",
    ),
    "a graph less": (
        setting("transitions", "critical", "graphs", to=["warm"]),
        "draw_transition critical",
    ),
    "another transition": (
        setting("transitions", "another", to={"graphs": ["warm"]}),
        "draw_transition another",
    ),
    "a temperature": (
        setting("ising", "warm", "beta", to=0.35),
        "sample_ising warm",
    ),
    "the digit's images and the population exchanged": (
        several(
            setting("paper", "digit", to="more"),
            setting("paper", "population", to="fives"),
        ),
        "draw_figure3, draw_figure4, draw_figure5, measure_likeness, read_digits, "
        "measure_fractions, measure_fixed_points, draw_explorer",
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
    change, roots = TABLE[edit]
    roots = ", ".join(filter(None, (roots, "write_summary")))
    expected, seen = compare(rerun, config, {edit: (change, roots)}, edit)
    assert seen == expected
