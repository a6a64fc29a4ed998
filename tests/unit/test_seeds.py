"""Streams differ where seeds or names differ, and nowhere else."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pixelwalk.compute import seeds

seed_values = st.integers(0, 2**32 - 1)
parts = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1),
    max_size=3,
)


@given(seed_values, parts)
def test_the_same_seed_and_names_give_the_same_stream(seed, names):
    first, second = (seeds.generator(seed, *names).random(8) for _ in range(2))
    assert np.array_equal(first, second)


@given(seed_values, seed_values, parts, parts)
def test_other_seeds_or_names_give_other_streams(seed, other, names, others):
    assume((seed, names) != (other, others))
    first = seeds.seed_sequence(seed, *names).generate_state(4)
    second = seeds.seed_sequence(other, *others).generate_state(4)
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("others", [("b", "a"), ("ab",), ("a", "b", "b"), ("a",)])
def test_order_and_borders_of_names_matter(others):
    one, two = (seeds.generator(1, *names).random(8) for names in (("a", "b"), others))
    assert not np.array_equal(one, two)


def test_two_streams_are_uncorrelated():
    one, two = (seeds.generator(0, name).normal(size=100_000) for name in ("a", "b"))
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(100_000)


def test_a_stream_does_not_depend_on_global_state():
    np.random.seed(1)  # noqa: NPY002
    before = seeds.generator(7, "ising").random()
    np.random.seed(2)  # noqa: NPY002
    assert seeds.generator(7, "ising").random() == before


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(ValueError, match=rf"seed must lie in .* got {seed}"):
        seeds.generator(seed, "ising")
