"""Drawing ensembles: the right distribution by every method, on any threads."""

import sys

import numpy as np
import pytest

from boltzmann import (
    ALARM,
    counts_chance,
    enumerated,
    enumerated_correlations,
    flat,
    pairs_chance,
    states_chance,
)
from pixelwalk.compute import bits
from pixelwalk.ising import sampling

METHODS = pytest.mark.parametrize("method", sampling.METHODS)
ATTRACTIVE = ("exact", "swendsen-wang")


def draw(count, model, method, *, sweeps=50, seed=1, threads=None):
    samples, _ = sampling.sample(
        count,
        model,
        method=method,
        sweeps=2**16 if method == "exact" else sweeps,
        seeds=np.random.SeedSequence(seed),
        threads=threads,
    )
    return samples


@METHODS
@pytest.mark.parametrize(
    "model",
    [
        sampling.Model(3, 3, 0.3, "periodic"),
        sampling.Model(3, 3, 0.7, "free"),
        sampling.Model(2, 4, 0.4, "free", 0.5),
        sampling.Model(3, 3, 0.2, "periodic", -1.0),
        sampling.Model(1, 6, 0.9, "free"),
        sampling.Model(1, 1, 0.5, "free", 0.4),
        sampling.Model(1, 1, 3.0, "free"),
        sampling.Model(3, 3, 0.0, "periodic"),
        sampling.Model(3, 3, 0.3, "periodic", 1e-12),
    ],
    ids=str,
)
def test_every_state_has_its_boltzmann_chance(method, model):
    count = 12_000 if method == "swendsen-wang" else 50_000
    assert states_chance(draw(count, model, method), model) > ALARM


@pytest.mark.parametrize(
    "model",
    [
        sampling.Model(3, 3, -0.6, "free"),
        sampling.Model(3, 3, -0.4, "periodic"),  # frustrated: an odd ring
        sampling.Model(2, 4, -0.5, "free", 1.5),
        sampling.Model(3, 3, -0.3, "periodic", -0.8),
        sampling.Model(1, 6, -0.8, "free", 1e-12),
    ],
    ids=str,
)
def test_every_state_of_the_antiferromagnet_has_its_chance(model):
    assert states_chance(draw(50_000, model, "gibbs"), model) > ALARM


@pytest.mark.parametrize("coupling", [0.35, -0.35])
@pytest.mark.parametrize(
    ("rows", "columns", "boundary", "field"),
    [
        (3, 5, "periodic", 0),
        (5, 3, "periodic", 0.2),
        (4, 4, "periodic", 0.1),
        (4, 4, "free", 0),
        (2, 7, "free", -0.3),
        (15, 1, "free", 0),
    ],
)
def test_all_pairs_on_larger_lattices(rows, columns, boundary, field, coupling):
    model = sampling.Model(rows, columns, coupling, boundary, field)
    states, chances = enumerated(model)
    correlations = enumerated_correlations(model)
    up = chances @ (states > 0)
    for method in sampling.METHODS:
        if coupling < 0 and method in ATTRACTIVE:
            continue
        samples = draw(8000, model, method)
        assert pairs_chance(samples, correlations) > ALARM
        assert counts_chance(samples.on_counts().ravel(), len(samples), up) > ALARM


def test_without_heat_all_spins_are_equal():
    model = sampling.Model(4, 4, 1000.0, "free")
    spins = flat(draw(6400, model, "swendsen-wang"))
    assert (abs(spins.sum(axis=1)) == 16).all()
    assert counts_chance((spins[:, 0] > 0).sum(), 6400, 0.5) > ALARM


@METHODS
def test_the_strongest_field_turns_every_spin(method):
    for field, spin in ((sys.float_info.max, 1), (-sys.float_info.max, -1)):
        model = sampling.Model(3, 4, 0.1, "free", field)
        assert (flat(draw(600, model, method)) == spin).all()


@pytest.mark.parametrize("method", ["gibbs", "swendsen-wang"])
def test_a_chain_starts_at_random(method):
    model = sampling.Model(6, 6, 5.0, "periodic")
    starts = draw(10_000, model, method, sweeps=0)
    assert pairs_chance(starts, np.zeros((36, 36))) > ALARM
    assert counts_chance(starts.on_counts().ravel(), 10_000, 0.5) > ALARM


def test_half_at_beta_is_standard_at_half_of_beta():
    pair = [
        draw(100, sampling.Model(5, 5, sampling.coupling(beta, bonds), "free"), "exact")
        for beta, bonds in ((0.8, "half"), (0.4, "standard"))
    ]
    np.testing.assert_array_equal(pair[0].words, pair[1].words)


@METHODS
def test_samples_do_not_depend_on_threads_but_on_the_seed(method):
    model = sampling.Model(4, 5, 0.4, "free", 0.1)
    one, three = (draw(1100, model, method, threads=n) for n in (1, 3))
    np.testing.assert_array_equal(one.words, three.words)
    other = draw(1100, model, method, seed=2)
    # Of 20 spins each agrees with chance (1 + m**2) / 2; nowhere near all do.
    assert (flat(one) == flat(other)).mean() < 0.9


@METHODS
def test_a_longer_run_begins_like_a_shorter_one(method):
    model = sampling.Model(4, 5, 0.4, "periodic")
    longer = draw(1100, model, method)
    for shorter in (0, 1, 63, 64, 500, 512, 513):
        samples = draw(shorter, model, method)
        assert samples.shape == (shorter, 4, 5)
        np.testing.assert_array_equal(samples.words, longer.part(0, shorter).words)


@METHODS
@pytest.mark.parametrize("shards", [2, 7, 40])
def test_shards_are_parts_of_the_whole(method, shards):
    model, seeds = sampling.Model(4, 5, 0.3, "free"), lambda: np.random.SeedSequence(1)
    course = {"method": method, "sweeps": 64}
    drawn = [
        sampling.sample(
            2100, model, **course, seeds=seeds(), shard=shard, shards=shards, threads=1
        )
        for shard in range(1, shards + 1)
    ]
    samples, burned = sampling.sample(2100, model, **course, seeds=seeds())
    parts, burned_in_parts = zip(*drawn, strict=True)
    np.testing.assert_array_equal(bits.concatenate(parts).words, samples.words)
    np.testing.assert_array_equal(np.concatenate(burned_in_parts), burned)
    largest = max(map(len, parts))
    assert largest <= -(-2100 // shards) + sampling.METHODS[method].WIDTH


@METHODS
def test_samples_within_and_between_blocks_are_independent(method):
    # Without a field the centres of two samples agree as often as not.
    model = sampling.Model(3, 3, 0.2, "free")
    spins = flat(draw(20_000, model, method, sweeps=30))
    for lag in (1, 2, 63, 64, 65, 511, 512, 513):
        agree = (spins[lag:, 4] == spins[:-lag, 4]).sum()
        assert counts_chance(agree, len(spins) - lag, 0.5) > ALARM


@METHODS
def test_one_burn_in_is_told_for_every_block(method):
    model, block = sampling.Model(3, 3, 0.4, "free"), sampling.METHODS[method].WIDTH
    seeds = np.random.SeedSequence(1)
    _, burned = sampling.sample(
        2 * block + 1, model, method=method, sweeps=50, seeds=seeds
    )
    assert burned.shape == (3,) and burned.dtype == np.int64
    if method == "exact":
        assert set(burned.tolist()) <= {16, 32, 50}
    else:
        assert burned.tolist() == [50] * 3


@METHODS
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": -1}, "at least 0, .* got -1 and 9"),
        ({"sweeps": -1}, "at least 0, .* got 1 and -1"),
    ],
)
def test_too_small_numbers_are_refused(method, options, message):
    settings = {"count": 1, "sweeps": 9, "method": method} | options
    with pytest.raises(ValueError, match=message):
        sampling.sample(
            model=sampling.Model(3, 3, 0.4, "free"),
            seeds=np.random.SeedSequence(1),
            **settings,
        )


@METHODS
@pytest.mark.parametrize(
    ("size", "message"),
    [
        ((3, 3, 0.4, "open"), r"boundary must be one of .* got 'open'"),
        ((3, 2, 0.4, "helical"), r"at least 3 rows and columns, got 3 x 2"),
        ((2, 3, 0.4, "periodic"), r"at least 3 rows and columns, got 2 x 3"),
        ((0, 3, 0.4, "free"), r"at least 1 rows and columns, got 0 x 3"),
    ],
)
def test_lattices_that_do_not_exist_are_refused(method, size, message):
    with pytest.raises(ValueError, match=message):
        draw(1, sampling.Model(*size), method)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match=r"method must be one of .* got 'wolff'"):
        draw(1, sampling.Model(3, 3, 0.4, "free"), "wolff")


@pytest.mark.parametrize("method", ATTRACTIVE)
def test_methods_for_ferromagnets_refuse_others(method):
    message = f"method: {method} needs a beta of at least 0 .* got a coupling of -0.1"
    with pytest.raises(ValueError, match=message):
        draw(1, sampling.Model(3, 3, -0.1, "free"), method)
