"""Ensembles of replicas that do not fit are refused in one line."""

import copy

from pixelwalk.config import schema, settings
from places import STUDIES, small

import pytest


def refusal(change):
    config = copy.deepcopy(small())
    change(config)
    with pytest.raises(ValueError, match=r"^[^\n]+$") as raised:
        settings.check(config, schema.load(STUDIES))
    return str(raised.value)


def altered(ensemble, **changes):
    return lambda config: config["ising"][ensemble].update(changes)


def replicas(**changes):
    return lambda config: config["paper"]["replicas"].update(changes)


@pytest.mark.parametrize(
    ("change", "key", "told"),
    [
        (replicas(half="standard"), "half", "bonds: half, got 'standard'"),
        (replicas(standard="half"), "standard", "bonds: standard, got 'half'"),
        (replicas(infinite="replicas-half"), "infinite", "with beta: 0, got 0.5"),
        (replicas(infinite="none"), "infinite", "an entry of 'ising'"),
        (replicas(networks=1), "networks", "a whole number of at least 2"),
        (replicas(networks=21), "half", "a test sample for each of 21 networks"),
        (
            altered("replicas-infinite", training=61),
            "infinite",
            "with training: 60, got 61",
        ),
        (altered("replicas-infinite", boundary="periodic"), "infinite", "boundary: "),
        (altered("replicas-infinite", lattice="triangular"), "infinite", "rectangular"),
        (altered("replicas-standard", test=21), "standard", "with test: 20, got 21"),
    ],
)
def test_replicas_that_do_not_fit(change, key, told):
    line = refusal(change)
    assert line.startswith(f"paper.replicas.{key}: ") and told in line


def test_replicas_may_be_left_out():
    config = copy.deepcopy(small())
    del config["paper"]["replicas"]
    settings.check(config, schema.load(STUDIES))
    assert "replicas" not in config["paper"]
