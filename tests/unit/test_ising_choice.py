"""`method: auto`: exact where a pilot ends, and what is drawn where not."""

import logging

import numpy as np
import pytest

from boltzmann import ALARM, states_chance
from pixelwalk.ising import choice, sampling

OPEN = {"method": "auto", "budget": 2**16, "sweeps": 30, "training": 5}
COLD = sampling.Model(20, 20, 0.6, "periodic")


def draw(count, model, settings):
    seeds = np.random.SeedSequence(1)
    how = sampling.method_and_sweeps(settings)
    return sampling.sample(count, model, **how, seeds=seeds)


@pytest.mark.parametrize(
    "model",
    [
        sampling.Model(10, 10, 0.35, "periodic"),
        sampling.Model(6, 6, 0.25, "free", 0.5, "triangular"),
        sampling.Model(3, 1, 0.5, "free", edges=((0, 1), (1, 2))),
        sampling.Model(4, 4, 0.0, "free"),
    ],
    ids=str,
)
def test_where_the_coupling_ends_it_is_exact_bit_by_bit(model, caplog):
    settled = sampling.choose_method(OPEN, model)
    assert settled == {"method": "exact", "budget": 2**16, "training": 5}
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
    exact, _ = draw(600, model, OPEN | {"method": "exact"})
    np.testing.assert_array_equal(draw(600, model, settled)[0].words, exact.words)


def test_the_samples_may_go_further_back_than_the_pilot():
    # Else an ensemble of many blocks would end in an error that its pilot did not have.
    model = sampling.Model(10, 10, 0.33, "periodic")
    settled = sampling.choose_method(OPEN | {"budget": 64}, model)
    assert settled["method"] == "exact" and settled["budget"] == 8 * 64
    _, burned = draw(40_000, model, settled)
    assert burned.max() > 64


@pytest.mark.parametrize(
    ("model", "method", "why"),
    [
        (
            COLD,
            "swendsen-wang",
            "no exact samples within 100 sweeps back into the past",
        ),
        (
            sampling.Model(3, 3, -0.2, "free"),
            "gibbs",
            "exact samples need a beta of at least 0",
        ),
    ],
)
def test_where_it_does_not_end_another_method_is_taken_and_told(
    model, method, why, caplog
):
    settled = sampling.choose_method(OPEN | {"budget": 100}, model)
    assert settled == {"method": method, "sweeps": 30, "training": 5}
    (record,) = caplog.records
    assert record.levelno == logging.WARNING and record.name.startswith("pixelwalk")
    assert record.getMessage() == (
        f"{why}, so method: auto draws by {method}, 30 sweeps from a random start"
    )


def test_an_antiferromagnet_is_drawn_right():
    model = sampling.Model(3, 3, -0.4, "periodic")
    samples, _ = draw(50_000, model, sampling.choose_method(OPEN, model))
    assert states_chance(samples, model) > ALARM


def test_a_large_lattice_is_tried_within_bounds(monkeypatch):
    tried = []

    def refuse(_chains, sweeps):
        tried.append(sweeps)
        raise choice.NotCoupled

    monkeypatch.setattr(choice.CoupledFromThePast, "burn_in", refuse)
    for side in (10, 20, 64, 512):
        sampling.choose_method(OPEN, sampling.Model(side, side, 0.6, "free"))
    star = tuple((0, site) for site in range(1, 4096))
    sampling.choose_method(OPEN, sampling.Model(64, 64, 0.6, "free", edges=star))
    assert tried == [2**16, 2**15, 2**12, 64, 2**12]


@pytest.mark.parametrize("method", sampling.METHODS)
def test_a_method_that_is_named_is_kept(method):
    settings = OPEN | {"method": method}
    assert sampling.choose_method(settings, COLD) == settings


def test_a_budget_of_nothing_is_refused():
    with pytest.raises(ValueError, match=r"budget must be at least 1 sweep .* got 0"):
        sampling.choose_method(OPEN | {"budget": 0}, COLD)
