"""Closed forms of linear layers against dense least squares, and single steps."""

from pixelwalk.compute import bits
from pixelwalk.graph import walk
from pixelwalk.ising import lattice
from studies.programme import chains, closed_form

import numpy as np
import pytest
from scipy import sparse

STREAM = np.random.default_rng(1)
#: More images than pixels, fewer, and with pixels that are never on or always equal.
IMAGES = {
    "many": STREAM.random((50, 6)),
    "few": STREAM.random((4, 6)),
    "dark": STREAM.random((50, 6)) * [1, 1, 0, 1, 0, 1],
    "equal": STREAM.random((50, 3)) @ np.eye(3)[:, [0, 1, 2, 0, 1, 2]],
}
TARGET = STREAM.random(6)
images = pytest.mark.parametrize("name", IMAGES)


@images
def test_the_optimum_is_the_shortest_least_squares_solution(name):
    pixels = IMAGES[name]
    targets = np.tile(TARGET, (len(pixels), 1))
    expected = np.linalg.lstsq(pixels, targets)[0].T
    found = closed_form.optimum(pixels, TARGET)
    np.testing.assert_allclose(found, expected, atol=1e-9)
    pseudo = np.outer(TARGET, np.linalg.pinv(pixels) @ np.ones(len(pixels)))
    np.testing.assert_allclose(found, pseudo, atol=1e-9)
    assert np.linalg.matrix_rank(found, tol=1e-9) == 1


@images
def test_another_method_gives_the_same_layer(name):
    found = closed_form.check(IMAGES[name], TARGET)
    assert found["checked"] == len(IMAGES[name])
    assert found["check_distance"] < 1e-8
    values = found["check_singular_values"]
    assert values[1] < 1e-12 * values[0]


def test_a_target_for_every_image_is_followed():
    pixels, weights = IMAGES["many"], STREAM.random((6, 6))
    found = closed_form.least_squares(pixels, pixels @ weights.T)
    np.testing.assert_allclose(found, weights, atol=1e-9)


@images
def test_the_optimum_is_where_a_vanishing_ridge_leads(name):
    pixels = IMAGES[name]
    ridge = 1e-8 * np.eye(6)
    right = pixels.T @ np.tile(TARGET, (len(pixels), 1))
    expected = np.linalg.solve(pixels.T @ pixels + ridge, right).T
    np.testing.assert_allclose(closed_form.optimum(pixels, TARGET), expected, atol=1e-5)


@images
def test_no_other_matrix_has_a_smaller_loss(name):
    pixels = IMAGES[name]
    best = closed_form.optimum(pixels, TARGET)

    def loss(matrix):
        return np.mean((pixels @ matrix.T - TARGET) ** 2) / np.mean(TARGET**2)

    least = closed_form.loss(pixels, closed_form.reader(pixels))
    assert loss(best) == pytest.approx(least, abs=1e-12)
    for _ in range(20):
        assert loss(best + 0.1 * STREAM.normal(size=best.shape)) > least - 1e-12


def test_the_loss_is_nothing_if_and_only_if_ones_are_in_the_span_of_pixels():
    for pixels, zero in (
        (IMAGES["few"], True),
        (IMAGES["many"], False),
        (np.hstack([IMAGES["many"], np.full((50, 1), 0.3)]), True),
        (np.hstack([IMAGES["many"][:, :5], 1 - IMAGES["many"][:, :5]]), True),
    ):
        loss = closed_form.loss(pixels, closed_form.reader(pixels))
        assert (loss < 1e-18) == zero


def test_the_loss_of_uncorrelated_spins_is_that_of_their_mean():
    # Of v x, x independent 0 or 1: the best loss is 1 / (N + 1), for v = 2 / (N + 1).
    states = np.array(list(np.ndindex(*(2,) * 7)), float)
    weights = closed_form.reader(states)
    assert weights == pytest.approx(2 / 8)
    assert closed_form.loss(states, weights) == pytest.approx(1 / 8)


def test_black_images_leave_nothing():
    for count in (3, 30):
        weights = closed_form.reader(np.zeros((count, 6)))
        assert not weights.any()
        assert closed_form.loss(np.zeros((count, 6)), weights) == 1


def test_losses_are_those_of_the_first_images():
    found = closed_form.losses(IMAGES["many"][:40], IMAGES["many"][40:], [5, 6, 40])
    assert found["losses"][:2] == pytest.approx(0, abs=1e-15)
    assert found["losses"][2] > 1e-3
    few = closed_form.reader(IMAGES["many"][:5])
    assert found["test_losses"][0] == closed_form.loss(IMAGES["many"][40:], few)


@images
def test_a_cutoff_leaves_out_directions_in_which_images_hardly_vary(name):
    pixels = IMAGES[name]
    powers, directions = np.linalg.eigh(pixels.T @ pixels / len(pixels))
    cutoffs = [1e-12, 1e-3, 0.5]
    found, ranks = closed_form.readers(pixels, cutoffs)
    for cutoff, vector, rank in zip(cutoffs, found, ranks, strict=True):
        kept = powers > cutoff * powers[-1]
        along = directions[:, kept]
        least = np.linalg.lstsq(pixels @ along, np.ones(len(pixels)))[0]
        assert vector == pytest.approx(along @ least, abs=1e-9)
        assert rank == kept.sum()


def test_the_cutoff_is_chosen_on_one_half_and_told_on_the_other():
    stream = np.random.default_rng(4)
    rare = np.where(stream.random((4000, 30)) < 0.005, 0.01, 0)

    def draw(rows):
        return np.hstack([0.5 + stream.random((len(rows), 2)), rows])

    training, held_out = draw(rare[:40]), draw(rare[40:])
    vector, found = closed_form.regularised(training, held_out)
    halves = held_out[:1980], held_out[1980:]
    choice = [closed_form.loss(halves[0], v) for v in _vectors(training)]
    chosen = int(np.argmin(choice))
    assert found["cutoff_choice_losses"] == pytest.approx(choice)
    assert found["cutoff"] == closed_form.CUTOFFS[chosen] > 1e-12
    assert found["test_loss"] == pytest.approx(closed_form.loss(halves[1], vector))
    assert found["test_loss"] < found["cutoff_test_losses"][0]
    assert found["loss"] >= found["cutoff_losses"][0]
    assert found["cutoff_ranks"][0] >= found["cutoff_ranks"][-1]


def _vectors(training):
    return closed_form.readers(training, closed_form.CUTOFFS)[0]


def test_without_a_difference_the_smallest_cutoff_is_chosen():
    _, found = closed_form.regularised(np.eye(6), np.eye(6))
    assert found["cutoff"] == closed_form.CUTOFFS[0]


def test_loss_and_gradient_of_layers_are_those_of_the_definition():
    pixels = IMAGES["many"]
    matrices = STREAM.normal(size=(2, 6, 6))
    losses, gradients = closed_form.descent(matrices, pixels, TARGET)

    def loss(matrix):
        return np.mean((pixels @ matrix.T - TARGET) ** 2) / np.mean(TARGET**2)

    def gradient(matrix):
        steps = 1e-5 * np.eye(36).reshape(36, 6, 6)
        return np.array([loss(matrix + s) - loss(matrix - s) for s in steps])

    start = np.linalg.norm(gradient(np.zeros((6, 6))))
    for matrix, one, other in zip(matrices, losses, gradients, strict=True):
        assert one == pytest.approx(loss(matrix))
        expected = np.linalg.norm(gradient(matrix)) / start
        assert other == pytest.approx(expected, rel=1e-5)
    best = closed_form.optimum(pixels, TARGET)
    losses, gradients = closed_form.descent([best, 0 * best], pixels, TARGET)
    least = closed_form.loss(pixels, closed_form.reader(pixels))
    assert losses == pytest.approx([least, 1]) and gradients[1] == 1
    assert gradients[0] < 1e-12


def test_values_lie_between_0_and_1():
    flags = STREAM.random((5, 2, 3)) < 0.5
    packed = closed_form.pixel_values(bits.pack(flags))
    assert np.array_equal(packed, flags.reshape(5, 6))
    grey = np.array([[[0, 51], [255, 102]]], np.uint8)
    assert closed_form.pixel_values(grey).tolist() == [[0, 0.2, 1, 0.4]]


def graph():
    weights = STREAM.random((6, 6)) * (STREAM.random((6, 6)) < 0.6)
    weights[:, 2] = weights[2] = 0  # a pixel from which the walker always jumps
    return sparse.csr_array(weights + weights.T)


def test_the_chain_is_the_step_of_the_walk_on_columns():
    weights = graph()
    chain = chains.chain(weights, 0.1)
    start = STREAM.dirichlet(np.ones(6))
    after = walk.step(start, walk.transition_matrix(weights), 0.1)
    assert chain @ start == pytest.approx(after)
    assert chain.sum(axis=0) == pytest.approx(1)
    assert chain[:, 2] == pytest.approx(1 / 6)
    stationary, _, _ = walk.stationary_distribution(weights, teleport=0.1)
    assert chain @ stationary == pytest.approx(stationary)
    assert chains.stationary(chain) == pytest.approx(stationary)
    assert not np.allclose(chain, chain.T)
    assert chains.stationary(chain.T) != pytest.approx(stationary)


def test_every_optimum_has_the_target_for_a_stationary_distribution():
    share = TARGET / TARGET.sum()
    best = closed_form.optimum(IMAGES["many"], TARGET)
    assert chains.stationary(best) == pytest.approx(share)
    # With columns of nothing, the walker jumps from there.
    dark = closed_form.optimum(IMAGES["dark"], TARGET)
    scaled = np.where([1, 1, 0, 1, 0, 1], share[:, None], 1 / 6)
    found = chains.stationary(dark)
    assert scaled @ found == pytest.approx(found)
    assert not np.allclose(found, share)


def test_only_a_chain_has_a_stationary_distribution():
    share = TARGET / TARGET.sum()
    best = np.outer(TARGET, [1, 2, -3, 4, -5, 6])  # scaled, no entry is below 0
    assert chains.stationary_distance(best, share) == pytest.approx(0, abs=1e-12)
    wrong = np.roll(share, 1)
    expected = np.abs(share - wrong).sum() / 2
    assert chains.stationary_distance(best, wrong) == pytest.approx(expected)
    best[0, 1] = -0.1
    assert np.isnan(chains.stationary_distance(best, share))


@pytest.mark.parametrize("size", [1, 2, 50, 130, 200])
def test_the_largest_eigenvalues_are_those_of_all(size):
    for matrix in (
        *(STREAM.normal(size=(size, size)), np.outer(*STREAM.random((2, size)))),
        *(np.eye(size), np.zeros((size, size))),
    ):
        found = chains.eigenvalue_sizes(matrix)
        both = np.append(np.sort(np.abs(np.linalg.eigvals(matrix)))[::-1], 0)[:2]
        assert found == pytest.approx(both, rel=1e-8, abs=1e-8)


def test_a_matrix_of_rank_one_has_one_eigenvalue():
    left, right = STREAM.random((2, 150))
    found = chains.eigenvalue_sizes(np.outer(left, right))
    assert found == pytest.approx([left @ right, 0], abs=1e-9)


def test_a_matrix_is_compared_in_its_own_and_in_its_best_scale():
    chain = chains.chain(graph(), 0.1)
    same = chains.compare(3 * chain, chain)
    assert same["distances"] == pytest.approx(2)
    assert same["scaled_distances"] == pytest.approx(0, abs=1e-12)
    one = chains.compare(np.eye(6), chain)
    scales = np.linspace(-1, 1, 2001)
    away = [np.linalg.norm(s * np.eye(6) - chain) for s in scales]
    best = min(away) / np.linalg.norm(chain)
    assert one["scaled_distances"] == pytest.approx(best, abs=1e-6)
    assert chains.compare(0 * chain, chain)["scaled_distances"] == 1
    leading = chains.compare(np.outer(TARGET, [1, 2, 3, 4, 5, 6]), chain)["leading"]
    assert leading == pytest.approx(TARGET / TARGET.sum())


def test_single_steps_are_learned_as_least_squares_learns_them():
    chain = chains.chain(lattice.adjacency(2, 3, "free"), 0.1)
    found = chains.one_step(chain, 500, np.random.default_rng(3))
    # The same counts, as pairs of one-hot vectors.
    stream = np.random.default_rng(3)
    starts = stream.multinomial(500, np.full(6, 1 / 6))
    counts = stream.multinomial(starts, chain.T)
    before, after = np.divmod(np.repeat(np.arange(36), counts.ravel()), 6)
    assert len(before) == 500
    expected = np.linalg.lstsq(np.eye(6)[before], np.eye(6)[after])[0].T
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert found.sum(axis=0) == pytest.approx(1)


def test_a_pixel_from_which_no_step_was_drawn_stays_empty():
    chain = chains.chain(lattice.adjacency(4, 4, "free"), 0.1)
    found = chains.one_step(chain, 3, np.random.default_rng(3))
    assert (found.sum(axis=0) == 0).sum() >= 13


def test_the_distance_falls_as_the_root_of_the_steps():
    chain = chains.chain(lattice.adjacency(4, 4, "free"), 0.1)
    draws = [10**4, 10**5, 10**6]
    found = chains.one_step_rate(chain, draws, 20, np.random.default_rng(5))
    assert abs(found["rate"] + 0.5) < 4 * found["rate_error"] < 0.1
    # Of each column's multinomial: variance p (1 - p) over N of its M / N steps.
    spread = np.sqrt(16 * np.sum(chain * (1 - chain)) / 10**6)
    expected = spread / np.linalg.norm(chain)
    assert found["one_step_distances"][-1].mean() == pytest.approx(expected, rel=0.05)
    away = np.linalg.norm(found["one_step"] - chain) / np.linalg.norm(chain)
    assert away == found["one_step_distances"][-1, -1]


def test_a_chain_without_chance_is_learned_at_once():
    turned = np.roll(np.eye(4), 1, axis=0)
    found = chains.one_step_rate(turned, [1000, 10_000], 2, np.random.default_rng(5))
    assert not found["one_step_distances"].any()
    assert np.array_equal(found["one_step"], turned)
    assert found["rate"] == pytest.approx(0, abs=1e-9)
