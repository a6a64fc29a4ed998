"""The largest graph, the rarest jump and the coldest antiferromagnet, and beyond."""

import copy

import pytest
from test_settings import DEFAULT, SCHEMA

from pixelwalk import settings


@pytest.fixture
def config():
    return copy.deepcopy(DEFAULT)


def refusal(config):
    with pytest.raises(ValueError) as error:
        settings.check(config, SCHEMA)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("size", [(64, 64), (1024, 4), (4, 1024), (63, 65)])
def test_a_matrix_that_is_drawn_may_have_4096_sites(config, size):
    assert settings.MOST_PIXELS == 4096
    rows, columns = size
    config["ising"]["lattice-half"] |= {"rows": rows, "columns": columns}
    settings.check(config, SCHEMA)


@pytest.mark.parametrize("size", [(64, 65), (65, 64), (241, 17), (128, 128)])
def test_a_matrix_over_more_sites_is_refused(config, size):
    rows, columns = size
    config["ising"]["lattice-half"] |= {"rows": rows, "columns": columns}
    line = refusal(config)
    assert line.startswith("paper.lattices.half: expected ")
    assert "at most 4096 sites" in line
    assert f"got ising.lattice-half with {rows} x {columns}" in line


def test_a_graph_may_have_65536_sites_and_an_ensemble_more(config):
    assert settings.MOST_NODES == 65536
    large = {"rows": 257, "columns": 256}
    config["ising"]["large"] = config["ising"]["lattice-half"] | large
    settings.check(config, SCHEMA)
    config["graphs"]["large"] = config["graphs"]["lattice-half"] | {"ising": "large"}
    line = refusal(config)
    assert line.startswith("graphs.large.ising: expected ")
    assert "at most 65536 sites" in line and "got ising.large with 257 x 256" in line
    config["ising"]["large"]["rows"] = 256
    settings.check(config, SCHEMA)


@pytest.mark.parametrize("teleport", [0.0001, 0.00011, 0.5, 0.9999])
def test_the_chance_of_a_jump_may_reach_its_limits(config, teleport):
    config["graphs"]["fives"]["teleport"] = teleport
    settings.check(config, SCHEMA)


@pytest.mark.parametrize("teleport", [0.000099, 0.99991, 1, 0])
def test_a_jump_beyond_its_limits_is_refused(config, teleport):
    config["graphs"]["fives"]["teleport"] = teleport
    line = refusal(config)
    assert line.startswith("graphs.fives.teleport: expected the chance of a jump")
    assert f"0.0001 to 0.9999, got {teleport}" in line


@pytest.mark.parametrize("method", ["exact", "swendsen-wang"])
def test_an_antiferromagnet_needs_the_heat_bath(config, method):
    config["ising"]["lattice-half"] |= {"beta": -0.5, "method": method}
    assert refusal(config) == (
        "ising.lattice-half: a beta below 0 needs method: gibbs, got beta: -0.5 with "
        f"method: {method}"
    )
    config["ising"]["lattice-half"] |= {"method": "gibbs"}
    settings.check(config, SCHEMA)
