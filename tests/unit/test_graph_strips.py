"""Graphs from strips: those of the whole matrix, to the last bit, within a bound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixelwalk import graph, pairs
from pixelwalk.compute import bits
from pixelwalk.graph.strips import sparsify_strips
from pixelwalk.pairs import strips

CUTS = (
    *("at-0", "at-0.10", "at-0.35", "at-0.5", "at-1"),
    *("top-0", "top-0.0474", "top-0.3", "top-0.75", "top-1"),
    *("knn-1", "knn-3", "knn-50"),
)
kinds = st.sampled_from(sorted(pairs.KINDS))
flags = st.booleans()


def images(count, rows, columns, *, packed):
    stream = np.random.default_rng([count, rows, columns])
    on = stream.random((count, rows, columns)) < stream.random((rows, columns))
    if packed:
        return bits.pack(on)
    return np.where(on, stream.integers(1, 256, on.shape), 0).astype(np.uint8)


def same(first, second):
    assert first.shape == second.shape
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(first, part), getattr(second, part))
        assert getattr(first, part).dtype == getattr(second, part).dtype


@given(
    st.tuples(st.integers(1, 70), st.integers(2, 7), st.integers(2, 7)),
    flags,
    kinds,
    st.sampled_from(CUTS),
    st.tuples(flags, flags, flags),
    st.sampled_from([4, 12, 128]),
)
def test_a_graph_from_strips_is_that_of_the_matrix(
    shape, packed, kind, cut, chosen, rows
):
    pixels = images(*shape, packed=packed)
    options = dict(zip(("centred", "square", "diagonal"), chosen, strict=True))
    expected = graph.sparsify(pairs.pair_weights(pixels, kind, **options), cut)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strips, "_ROWS", rows)
        asked = pairs.Strips(pixels, kind, **options)
        same(sparsify_strips(asked, cut), expected)
        # Where it only just fits, more passes decide.
        same(sparsify_strips(asked, cut, most=expected.nnz), expected)


class Weights:
    """A matrix of weights, in strips of one row."""

    def __init__(self, matrix):
        self.matrix = np.asarray(matrix, float)
        self.size = len(matrix)

    def rows(self):
        return [(row, row + 1) for row in range(self.size)]

    def weights(self, start, stop, first=0):
        return self.matrix[start:stop, first:].copy()


tiny = np.nextafter(0, 1)
numbers = st.sampled_from(
    [
        *(-np.inf, -1.0, -0.0, 0.0, tiny, 2 * tiny, 1e-310, 1e-300, 1e300),
        # Alike in their first digits, and in all but the last bit.
        *(1.0, np.nextafter(1, 2), 1 + 2**-30, 1 + 2**-11, 1.5, 2.0),
    ]
)


@given(st.integers(1, 6), st.data(), st.sampled_from(CUTS))
def test_any_weights_are_ordered_rightly(size, data, cut):
    matrix = np.zeros((size, size))
    above = np.triu_indices(size)
    matrix[above] = data.draw(
        st.lists(numbers, min_size=len(above[0]), max_size=len(above[0]))
    )
    matrix = np.where(np.tri(size, k=-1, dtype=bool), matrix.T, matrix)
    expected = graph.sparsify(np.where(matrix < 0, -1, matrix), cut)
    asked = Weights(matrix)
    for most in (size**2, expected.nnz):
        same(sparsify_strips(asked, cut, most=most), expected)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("kind", ["coactivation", "correlation"])
def test_threads_change_nothing(cut, kind):
    asked = pairs.Strips(images(20, 15, 20, packed=True), kind, centred=True)
    alone = sparsify_strips(asked, cut, threads=1)
    for threads in (2, 5, None):
        same(sparsify_strips(asked, cut, threads=threads), alone)


@pytest.mark.parametrize("cut", [cut for cut in CUTS if cut != "top-0"])
@pytest.mark.parametrize("kind", ["same-state", "correlation"])
def test_a_graph_of_too_many_entries_is_refused_with_their_number(cut, kind):
    asked = pairs.Strips(images(20, 5, 10, packed=True), kind, centred=True)
    entries = sparsify_strips(asked, cut).nnz
    message = (
        rf"at most {entries - 1:,} entries, got {entries:,} of 50 x 50 under {cut}"
    )
    with pytest.raises(ValueError, match=message):
        sparsify_strips(asked, cut, most=entries - 1)


@pytest.mark.parametrize("cut", ["at-2", "top-", "knn-0", "all"])
def test_other_cuts_are_refused(cut):
    asked = pairs.Strips(images(2, 2, 3, packed=True), "product")
    with pytest.raises(ValueError, match="a cut is at-<"):
        sparsify_strips(asked, cut)


def test_pixels_that_are_all_alike_stay_or_go_together():
    asked = pairs.Strips(np.ones((3, 9), np.uint8), "same-state")
    for cut in ("top-0.1", "top-1", "knn-1", "at-1"):
        assert sparsify_strips(asked, cut).nnz == 81
    with pytest.raises(ValueError, match="got 81 of 9 x 9"):
        sparsify_strips(asked, "top-0.1", most=80)


def test_a_large_lattice_is_found_from_its_samples():
    # A chain of 5,000 spins, each as the one before but for one time in ten: the
    # correlation of neighbours is 0.8, that of next neighbours 0.64.
    stream = np.random.default_rng(3)
    turned = stream.random((4000, 5000)) < 0.1
    turned[:, 0] = stream.random(4000) < 0.5
    samples = np.logical_xor.accumulate(turned, axis=1).reshape(4000, 50, 100)
    asked = pairs.Strips(bits.pack(samples), "correlation", diagonal=False)
    for cut in ("at-0.85", f"top-{2 * 4999 / 5000**2:.9f}"):
        found = sparsify_strips(asked, cut).tocoo()
        order = np.lexsort((found.col, found.row))
        first, second = found.row[order], found.col[order]
        assert np.array_equal(np.abs(first - second), np.ones(2 * 4999))
