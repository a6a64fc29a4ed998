"""Average precision of weights as a guess of edges, beside scikit-learn's."""

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from pixelwalk.graph.precision import average_precision

weights_of_pairs = hnp.arrays(int, st.integers(1, 40), elements=st.integers(-5, 60))


@given(weights_of_pairs, st.randoms(use_true_random=False))
def test_the_average_precision_is_that_of_scikit_learn(weights, random):
    edges = np.array([random.random() < 0.3 for _ in weights])
    edges[random.randrange(len(edges))] = True
    found = average_precision(edges, weights)
    expected = metrics.average_precision_score(edges, weights)
    assert found == pytest.approx(expected, abs=1e-14)
    # The mean over the edges of the precision down to each, ties ranked together.
    precision = [edges[weights >= weight].mean() for weight in weights[edges]]
    assert found == pytest.approx(np.mean(precision), abs=1e-14)


@given(weights_of_pairs)
def test_edges_that_outweigh_all_other_pairs_are_found(weights):
    edges = weights > np.median(weights)
    edges[np.argmax(weights)] = True
    weights = weights + 100 * edges
    assert average_precision(edges, weights) == 1
