"""The bit-parallel heat bath: its random words, and each draw of a spin, are exact."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import special

from boltzmann import (
    ALARM,
    counts_chance,
    enumerated,
    flat,
    state_numbers,
    uneven_chance,
)
from pixelwalk.compute import wide
from pixelwalk.ising import draws, heatbath, sampling

LATTICES = [
    (1, 1, "free"),
    (1, 5, "free"),
    (4, 1, "free"),
    (2, 3, "free"),
    (4, 3, "free"),
    (3, 3, "periodic"),
    (4, 5, "periodic"),
]
# With the coupling of either sign, and with and without a field: the two ways to draw.
STRENGTHS = [
    (0.3, 0.0),
    (-0.3, 0.0),
    (0.3, 1e-12),
    (-0.3, 1e-12),
    (0.5, 0.7),
    (-0.5, -1.4),
    (0.0, 0.0),
    (0.0, 3.0),
]


def seeds(number=0):
    return np.random.SeedSequence([7, number])


def draw(count, model, sweeps, number=0):
    samples, _ = sampling.sample(
        count, model, method="gibbs", sweeps=sweeps, seeds=seeds(number)
    )
    return samples


def local_sums(old, new, model):
    """Sum of the neighbours that every site saw in a sweep: shape (n, sites).

    Sites of lower number had been drawn, those of higher number had not.
    """
    sums = np.zeros_like(new)
    for site, around in enumerate(model.neighbours()):
        for other in around[around < model.sites]:
            sums[:, site] += (new if other < site else old)[:, other]
    return sums


def test_the_random_words_of_each_lane_are_those_of_numpy():
    words = np.empty(40 * wide.LANES, np.uint64)
    draws.random_words(draws.stream(seeds()), words)
    starts = seeds().generate_state(3 * wide.LANES, np.uint64).reshape(wide.LANES, 3)
    for lane, start in enumerate(starts):
        numpys = np.random.SFC64()
        state = numpys.state
        state["state"]["state"] = np.append(start, np.uint64(1))
        numpys.state = state
        numpys.random_raw(12)
        np.testing.assert_array_equal(
            words.reshape(40, wide.LANES)[:, lane], numpys.random_raw(40)
        )


def test_random_words_go_on_where_the_last_ones_ended():
    whole, parts = np.empty(64, np.uint64), np.empty(64, np.uint64)
    draws.random_words(draws.stream(seeds()), whole)
    stream = draws.stream(seeds())
    for start in (0, 8, 40):
        draws.random_words(stream, parts[start : {0: 8, 8: 40, 40: 64}[start]])
    np.testing.assert_array_equal(parts, whole)


@pytest.mark.parametrize(
    "number", [0.0, 1e-30, 2.0**-64, 0.1, 1 / 3, 0.5, 1 - 2.0**-53, 5e-324]
)
def test_the_digits_of_a_probability_are_exact(number):
    digits = draws.binary_digits(np.array([number]))[:, 0]
    assert set(digits.tolist()) <= {0, 2**64 - 1}
    value = sum(
        Fraction(int(digit > 0), 2**place) for place, digit in enumerate(digits, 1)
    )
    assert value == Fraction(int(Fraction(number) * 2**64), 2**64)


def test_certainty_is_all_ones():
    digits = draws.binary_digits(np.array([1.0, 0.0]))
    assert (digits[:, 0] == 2**64 - 1).all() and (digits[:, 1] == 0).all()


@pytest.mark.parametrize(("rows", "columns", "boundary"), LATTICES)
@pytest.mark.parametrize(("coupling", "field"), STRENGTHS)
def test_every_spin_is_drawn_with_its_conditional_chance(
    rows, columns, boundary, coupling, field
):
    # From a random start all sums of neighbours occur, at corners, edges and inside.
    model = sampling.Model(rows, columns, coupling, boundary, field)
    old, new = (flat(draw(512 * 40, model, sweeps)) for sweeps in (0, 1))
    cases = 9 * np.arange(model.sites) + local_sums(old, new, model) + 4
    tries = np.bincount(cases.ravel(), minlength=9 * model.sites)
    ups = np.bincount(cases[new > 0], minlength=9 * model.sites)
    chances = 1 / (1 + np.exp(-2 * coupling * (np.arange(-4, 5) + field)))
    seen = tries > 0
    assert seen.sum() == sum(1 + np.sum(model.neighbours() < model.sites, axis=1))
    assert (
        counts_chance(ups[seen], tries[seen], np.tile(chances, model.sites)[seen])
        > ALARM
    )


@pytest.mark.parametrize(("coupling", "field"), [(0.4, 0), (-0.4, 0), (0.3, 0.4)])
def test_the_draws_of_a_sweep_depend_on_each_other_by_the_neighbours_alone(
    coupling, field
):
    # One sweep over 2 x 2 sites: all 16 x 16 steps have the chance of four draws.
    model = sampling.Model(2, 2, coupling, "free", field)
    old, new = (flat(draw(512 * 400, model, sweeps)) for sweeps in (0, 1))
    states, _ = enumerated(model)
    before, after = np.repeat(states, 16, axis=0), np.tile(states, (16, 1))
    argument = 2 * coupling * (local_sums(before, after, model) + field) * after
    expected = special.expit(argument).prod(axis=1) / 16
    seen = np.bincount(16 * state_numbers(old) + state_numbers(new), minlength=256)
    assert uneven_chance(seen, expected) > ALARM


@pytest.mark.parametrize("chance", [0.5, 0.3, 1 - 2.0**-9, 1e-5, 1 - 1e-5, 3e-7])
def test_chances_near_0_and_1_are_kept(chance):
    # A field so strong that the neighbours do not matter: 64 x 64 independent spins.
    weak = 1e-12
    model = sampling.Model(64, 64, weak, "free", special.logit(chance) / 2 / weak)
    count = 512 * 40
    ups = int(draw(count, model, 1).on_counts().sum())
    assert counts_chance(ups, count * model.sites, chance) > ALARM


@pytest.mark.parametrize("boundary", ["free", "periodic"])
def test_rare_flips_against_the_neighbours_are_kept(boundary):
    # Chances 7e-3 and 5e-5, whose first digits are all zeros.
    model = sampling.Model(32, 32, 1.24, boundary)
    old, new = (flat(draw(512 * 10, model, sweeps, 1)) for sweeps in (0, 1))
    sums = 4 + local_sums(old, new, model)
    tries = np.bincount(sums.ravel(), minlength=9)
    ups = np.bincount(sums[new > 0], minlength=9)
    chances = special.expit(2 * model.coupling * np.arange(-4, 5))
    assert counts_chance(ups, tries, chances) > ALARM


@pytest.mark.parametrize("field", [0.0, 1e-300])
def test_without_heat_nothing_goes_against_the_neighbours(field):
    model = sampling.Model(8, 8, 1000.0, "periodic", field)
    old, new = (flat(draw(5120, model, sweeps)) for sweeps in (0, 1))
    sums = local_sums(old, new, model)
    assert (new[sums > 0] == 1).all() and (new[sums < 0] == -1).all()
    undecided = new[sums == 0]
    assert counts_chance((undecided > 0).sum(), undecided.size, 0.5) > ALARM


def test_many_sweeps_are_as_many_single_ones():
    model = sampling.Model(5, 6, 0.4, "free", 0.1)
    at_once, singly = (heatbath.HeatBath(model, seeds()) for _ in range(2))
    at_once.advance(7)
    for _ in range(7):
        singly.advance(1)
    np.testing.assert_array_equal(at_once.words(), singly.words())


def test_a_long_run_is_cut_into_calls_that_join(monkeypatch):
    model = sampling.Model(5, 6, 0.4, "free")
    whole, cut = (heatbath.HeatBath(model, seeds()) for _ in range(2))
    assert whole.burn_in(10) == 10
    monkeypatch.setattr(heatbath, "_UPDATES", 3 * model.sites)
    assert cut.burn_in(10) == 10
    np.testing.assert_array_equal(whole.words(), cut.words())


@pytest.mark.parametrize(("coupling", "field"), STRENGTHS)
def test_the_random_words_used_do_not_depend_on_the_state(coupling, field):
    kernel = heatbath.Kernel(sampling.Model(4, 5, coupling, "free", field))
    used = []
    for fill in (0, 2**64 - 1, 0x123456789ABCDEF):
        states, stream = kernel.states(1), draws.stream(seeds())
        kernel.words(states[0])[:] = np.uint64(fill)
        kernel.run(states, stream, 10)
        used.append(stream)
    np.testing.assert_array_equal(used[0], used[1])
    np.testing.assert_array_equal(used[0], used[2])


@pytest.mark.parametrize("boundary", ["free", "periodic"])
@pytest.mark.parametrize("coupling", [0.0, 0.2, 0.44, 1.0, 1000.0])
@pytest.mark.parametrize("field", [0.0, 1e-12, 0.5, -2.0])
def test_an_update_keeps_the_order_of_states(boundary, coupling, field):
    kernel = heatbath.Kernel(sampling.Model(5, 4, coupling, boundary, field))
    states, stream = kernel.states(3), draws.stream(seeds())
    lower, middle, upper = (kernel.words(state) for state in states)
    draws.random_words(draws.stream(seeds(1)), lower.reshape(-1))
    draws.random_words(draws.stream(seeds(2)), upper.reshape(-1))
    middle[:] = lower
    lower &= upper
    upper |= middle
    for _ in range(30):
        kernel.run(states, stream, 1)
        assert not (lower & ~middle).any() and not (middle & ~upper).any()


def test_states_run_together_go_the_way_that_each_goes_alone():
    kernel = heatbath.Kernel(sampling.Model(4, 5, 0.3, "periodic"))
    together, stream = kernel.states(2), draws.stream(seeds())
    kernel.words(together[1])[:] = np.uint64(2**64 - 1)
    alone = [together[number : number + 1].copy() for number in range(2)]
    kernel.run(together, stream, 5)
    for number, state in enumerate(alone):
        kernel.run(state, draws.stream(seeds()), 5)
        np.testing.assert_array_equal(state[0], together[number])
