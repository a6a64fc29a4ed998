"""Coupling from the past: the samples are exact, or there are none."""

import numpy as np
import pytest
from scipy import stats

from boltzmann import ALARM, flat, mean_chance, pairs_chance, states_chance
from pixelwalk.compute import bits, wide
from pixelwalk.ising import draws, exact, heatbath, sampling
from pixelwalk.ising.theory import transfer

# The paper's lattice on both sides of the critical coupling, 0.4407, which is a beta of
# 0.8814 where bonds count half.
SETTINGS = [
    (boundary, bonds, beta)
    for boundary, bonds, betas in (
        ("periodic", "standard", (0.2, 0.4, 0.46)),
        ("periodic", "half", (0.5, 0.84, 0.89)),
        ("free", "standard", (0.2, 0.4, 0.5)),
        ("free", "half", (0.5, 0.88, 0.96)),
    )
    for beta in betas
]


def seeds(number=0):
    return np.random.SeedSequence([11, number])


def draw(count, model, budget=2**16, number=0):
    return sampling.sample(
        count, model, method="exact", sweeps=budget, seeds=seeds(number)
    )


@pytest.mark.parametrize(("boundary", "bonds", "beta"), SETTINGS)
def test_energy_and_all_pairs_of_the_papers_lattice(boundary, bonds, beta):
    model = sampling.Model(10, 10, sampling.coupling(beta, bonds), boundary)
    samples, _ = draw(12_000, model)
    # A false alarm among all 12 settings in one of 100 fresh seeds. With 4,950 pairs in
    # each, one may lie 5.2 standard errors sqrt((1 - G**2) / 12,000) from its
    # correlation G; the energy, in another such alarm, 3.3 of its own.
    alarm = 0.01 / len(SETTINGS)
    correlations = transfer.correlations(10, 10, model.coupling, boundary)
    assert pairs_chance(samples, correlations) > alarm
    energies = sampling.energy(sampling.spins(samples), boundary)
    expected = transfer.energy(10, 10, model.coupling, boundary)
    assert mean_chance(energies, expected) > alarm


@pytest.mark.parametrize("field", [0.1, -0.5])
@pytest.mark.parametrize("boundary", ["periodic", "free"])
def test_all_pairs_in_a_field(boundary, field):
    model = sampling.Model(8, 9, 0.4, boundary, field)
    samples, _ = draw(6000, model)
    correlations = transfer.correlations(8, 9, 0.4, boundary, field)
    assert pairs_chance(samples, correlations) > ALARM
    energies = sampling.energy(sampling.spins(samples), boundary, field)
    expected = transfer.energy(8, 9, 0.4, boundary, field)
    assert mean_chance(energies, expected) > ALARM


@pytest.mark.parametrize("coupling", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("field", [0.0, 0.3])
@pytest.mark.parametrize(
    ("rows", "columns", "boundary"), [(3, 3, "periodic"), (2, 3, "free")]
)
def test_every_state_is_drawn_as_often_as_it_should_be(
    rows, columns, boundary, coupling, field
):
    model = sampling.Model(rows, columns, coupling, boundary, field)
    assert states_chance(draw(50_000, model)[0], model) > ALARM


@pytest.mark.parametrize("first", [1, 3, 50])
def test_where_the_start_is_tried_first_does_not_matter(first, monkeypatch):
    # A start of 1 sweep makes the most of coupling soon, which a wrong method favours.
    monkeypatch.setattr(exact, "_FIRST", first)
    model = sampling.Model(3, 3, 0.4, "periodic")
    samples, burned = draw(50_000, model)
    assert set(np.log2(burned / first) % 1) == {0}
    assert states_chance(samples, model) > ALARM


@pytest.mark.parametrize("field", [0.0, 0.2])
def test_chains_that_start_anywhere_earlier_arrive_at_the_sample(field):
    model = sampling.Model(6, 5, 0.42, "free", field)
    block = exact.CoupledFromThePast(model, seeds())
    back = block.burn_in(2**16)
    assert back > 2 * exact._FIRST
    # Sweeps of the epochs, from the one that ends at time 0 to the first: 16, 16, 32.
    lengths = [exact._FIRST]
    while sum(lengths) < back:
        lengths.append(sum(lengths))
    *epochs, other = seeds().spawn(len(lengths) + 1)

    kernel = heatbath.Kernel(model)
    states = kernel.states(3)
    beyond = draws.stream(other)
    for state in states:
        draws.random_words(beyond, kernel.words(state).reshape(-1))
    kernel.run(states[:1], beyond, 100)  # one starts 100 sweeps before the others
    for seed, sweeps in zip(reversed(epochs), reversed(lengths), strict=True):
        kernel.run(states, draws.stream(seed), sweeps)
    for state in states:
        np.testing.assert_array_equal(kernel.words(state), block.words())


def test_a_sample_looks_no_further_back_than_it_needs():
    # From the last start but one, the extreme chains do not meet in all 512 samples.
    model = sampling.Model(6, 5, 0.42, "free")
    block = exact.CoupledFromThePast(model, seeds())
    back = block.burn_in(2**16)
    with pytest.raises(ValueError, match=f"budget of {back // 2} sweeps"):
        exact.CoupledFromThePast(model, seeds()).burn_in(back // 2)
    again = exact.CoupledFromThePast(model, seeds())
    assert again.burn_in(back) == back
    np.testing.assert_array_equal(again.words(), block.words())


def test_the_chains_that_go_on_stay_exact_and_move():
    model = sampling.Model(3, 3, 0.3, "free", 0.1)
    blocks = [exact.CoupledFromThePast(model, seed) for seed in seeds().spawn(100)]
    words = []
    for block in blocks:
        block.burn_in(1000)
        before = block.words().copy()
        block.advance(3)
        words.append(block.words().copy())
        assert (before != words[-1]).any(axis=1).all()
    packed = bits.Packed(np.hstack(words).reshape(3, 3, -1), 100 * wide.BITS)
    assert states_chance(packed, model) > ALARM


def test_the_magnetisation_of_a_cold_lattice_has_no_preferred_sign():
    model = sampling.Model(8, 8, 0.48, "free")
    signs = np.sign(flat(draw(3000, model)[0]).sum(axis=1))
    ups, downs = (signs > 0).sum(), (signs < 0).sum()
    assert stats.binomtest(ups, ups + downs).pvalue > ALARM


def test_without_coupling_the_first_start_is_early_enough():
    samples, burned = draw(10_000, sampling.Model(4, 4, 0.0, "free"), budget=1)
    assert set(burned.tolist()) == {1}
    assert pairs_chance(samples, np.zeros((16, 16))) > ALARM


@pytest.mark.parametrize("budget", [1, 20, 100])
def test_a_budget_that_does_not_suffice_gives_no_samples(budget):
    message = (
        rf"no exact samples within a budget of {budget} sweeps, at a coupling of 1 on "
        r"6 x 7 sites; use method: auto, swendsen-wang or gibbs, or give a larger "
        "budget"
    )
    with pytest.raises(ValueError, match=message):
        draw(2000, sampling.Model(6, 7, 1.0, "free"), budget)


def test_the_budget_is_used_to_the_last_sweep():
    # After starts 64 sweeps back, the last one may be no more than 36 further.
    model = sampling.Model(3, 3, 0.35, "periodic")
    samples, burned = draw(50_000, model, 100)
    assert set(burned.tolist()) == {64, 100}
    assert states_chance(samples, model) > ALARM


def test_without_any_budget_nothing_can_be_exact():
    with pytest.raises(
        ValueError, match=r"sweeps at least 1 for method: exact, got 1 "
    ):
        draw(1, sampling.Model(3, 3, 0.1, "free"), 0)


def test_an_antiferromagnet_is_refused():
    with pytest.raises(ValueError, match=r"method: exact needs a beta of at least 0"):
        draw(1, sampling.Model(3, 3, -0.2, "free"))
