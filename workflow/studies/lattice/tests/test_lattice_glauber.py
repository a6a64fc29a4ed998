"""The exact matrices of heat-bath dynamics, against other ways to the same numbers."""

from pixelwalk.ising import theory
from pixelwalk.ising.model import Model
from studies.lattice.solve_glauber import solve_glauber

import numpy as np
import pytest


def test_two_spins_by_hand():
    # tanh(K s) = s tanh(K): each spin is predicted by the other alone.
    solved = solve_glauber(Model(1, 2, 0.7, "free"))
    assert solved.updates == pytest.approx(np.tanh(0.7) * np.eye(2)[::-1])
    right = (1 + np.array([[1, np.tanh(0.7)], [np.tanh(0.7), 1]])) / 2
    assert solved.averaged == pytest.approx(right)


def test_at_infinite_temperature_nothing_is_predicted():
    solved = solve_glauber(Model(3, 3, 0.0, "periodic"))
    assert solved.updates == pytest.approx(np.zeros((9, 9)))
    assert solved.averaged == pytest.approx(0.5 + np.eye(9) / 2)


@pytest.mark.parametrize("boundary", ["free", "periodic"])
def test_without_a_field_only_the_diagonal_differs_from_the_precision_matrix(boundary):
    # <tanh(K h_i) s_j> = <s_i s_j> for j != i, so C(1) = C(0) - diag(v).
    solved = solve_glauber(Model(3, 4, 0.3, boundary))
    exact = theory.exact_correlations(3, 4, 0.3, boundary=boundary)
    assert solved.averaged == pytest.approx((1 + exact) / 2)
    rest = (np.eye(12) - solved.updates) @ exact
    assert rest == pytest.approx(np.diag(np.diag(rest)))
    assert np.all((np.diag(rest) > 0) & (np.diag(rest) < 1))


def test_the_prediction_is_the_best_for_simulated_updates():
    model = Model(2, 3, 0.4, "free", field=0.3)
    solved = solve_glauber(model)
    rng = np.random.default_rng(1)
    states = 1.0 - 2.0 * (np.arange(64)[:, None] >> np.arange(6) & 1)
    chances = np.exp(-0.4 * model.energy(states.reshape(-1, 2, 3)))
    spins = states[rng.choice(64, 200_000, p=chances / chances.sum())]
    up = 1 / (1 + np.exp(-0.8 * (spins @ model.adjacency + 0.3)))
    updated = np.where(rng.random(up.shape) < up, 1.0, -1.0)
    centred = spins - spins.mean(axis=0)
    fitted = np.linalg.lstsq(centred, updated - updated.mean(axis=0))[0].T
    assert solved.updates == pytest.approx(fitted, abs=0.02)
