"""Training to convergence: derivatives by hand, and optima that are known."""

from studies.linear import converge

import numpy as np
import pytest

RANDOM = np.random.default_rng(1).normal(size=(5, 6, 6))
SEEN = np.diag([1.0, 1, 1, 1, 1, 0])


def loss(weights, best, seen):
    return np.sum(((np.linalg.multi_dot(weights[::-1]) - best) @ seen) ** 2) / 2


def orthogonal(depth, size=8, seed=2):
    stream = np.random.default_rng(seed)
    return [np.linalg.qr(stream.normal(size=(size, size)))[0] for _ in range(depth)]


def test_the_gradient_is_that_of_finite_differences():
    best, *weights = RANDOM[:4]
    squares = 0
    for layer in weights:
        for place in np.ndindex(layer.shape):
            kept, values = layer[place], []
            for step in (1e-5, -1e-5):
                layer[place] = kept + step
                values.append(loss(weights, best, SEEN))
            layer[place] = kept
            squares += ((values[0] - values[1]) / 2e-5) ** 2
    found = converge.gradient_norm(weights, best, SEEN)
    assert found == pytest.approx(np.sqrt(squares), rel=1e-6)


def test_the_length_of_a_step_is_the_best_of_many():
    best, first, second, *moves = RANDOM

    def along(length):
        return loss([first + length * moves[0], second + length * moves[1]], best, SEEN)

    moves = [np.sign(along(-1e-3) - along(1e-3)) * move for move in moves]
    found = converge.step_length([first, second], moves, SEEN, best @ SEEN)
    tried = min(np.linspace(1e-4, 5, 20001), key=along)
    assert found == pytest.approx(tried, abs=5e-4)


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_product_comes_to_the_best_map_whatever_its_determinant(depth):
    best = np.random.default_rng(3).normal(size=(8, 8))
    for sign in (1, -1):
        starts = orthogonal(depth)
        starts[0][0] *= sign
        weights, gradient, steps = converge.converge(starts, best, np.eye(8), 1e-9)
        assert gradient <= 1e-9 and steps < 60
        product = np.linalg.multi_dot([*weights[::-1], np.eye(8)])
        assert product == pytest.approx(best, abs=1e-7)


def test_what_is_not_seen_stays_as_it_was():
    best, starts = RANDOM[0], orthogonal(2, 6)
    weights, gradient, _ = converge.converge(starts, best, SEEN, 1e-10)
    assert gradient <= 1e-10
    product = weights[1] @ weights[0]
    assert product[:, :5] == pytest.approx(best[:, :5], abs=1e-8)
    assert weights[0][:, 5] == pytest.approx(starts[0][:, 5])


def test_too_few_steps_are_told_by_the_gradient(monkeypatch):
    monkeypatch.setattr(converge, "_MOST", 2)
    _, gradient, steps = converge.converge(orthogonal(3, 6), RANDOM[0], SEEN, 1e-9)
    assert steps == 2 and gradient > 1e-9


def test_equal_starts_give_equal_bytes():
    one, same = (
        converge.converge(orthogonal(3, 6), RANDOM[0], SEEN, 1e-9)[0] for _ in "ab"
    )
    assert np.array_equal(one, same)
