"""Total variation, by hand."""

import numpy as np

from pixelwalk.graph import steps


def test_total_variation_by_hand():
    first = np.array([[0.5, 0.5, 0], [0.2, 0.3, 0.5]])
    assert steps.total_variation(first, first).tolist() == [0, 0]
    assert steps.total_variation(first, [0, 0, 1]).tolist() == [1, 0.5]
    assert steps.total_variation(first[0], [0.25, 0.5, 0.25]) == 0.25
