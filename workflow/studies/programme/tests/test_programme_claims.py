"""The verdicts on the second step of the programme, and data under which each turns."""

from copy import deepcopy
from types import SimpleNamespace

from pixelwalk import ledger
from pixelwalk.compute import bits
from pixelwalk.ising import lattice
from studies.programme import claims_optimum, claims_patterns, closed_form

import numpy as np
import programmes
import pytest

CASES = ("lattice", "images")
FILES = {
    claims_optimum.judge_expected_loss: "networks",
    claims_optimum.judge_rank_one: "optimum",
    claims_optimum.judge_training: "optimum",
    claims_optimum.judge_stochastic_matrix: "optimum",
    claims_patterns.judge_trained_weights: "patterns",
}


@pytest.fixture(scope="module")
def whole():
    """A run over samples of the small lattice."""
    run = programmes.run()
    for what in set(FILES.values()):
        getattr(run, what).path = f"{what}.h5"
    return run


@pytest.fixture
def run(whole):
    return deepcopy(whole)


def judge(judge_one, first, second=None):
    """Judge one run as that over the lattice, and one as that over images."""
    runs = {"lattice": first, "images": second or first}
    for name, one in runs.items():
        getattr(one, FILES[judge_one]).path = f"{name}.h5"
    return judge_one(
        {name: getattr(one, FILES[judge_one]) for name, one in runs.items()}
    )


def verdict(*arguments):
    return judge(*arguments)["verdict"]


@pytest.mark.parametrize("judge_one", FILES, ids=lambda one: one.__name__)
def test_a_claim_has_its_files_and_a_null_if_it_is_measured(run, judge_one):
    entry = judge(judge_one, run, deepcopy(run))
    assert entry["section"] == "11" and entry["paper"] is None
    assert entry["evidence"] == [f"{name}.h5" for name in CASES]
    assert bool(entry["null"]) == (entry["nature"] == "measurement")
    ledger.to_markdown([entry | {"study": "programme"}])


def test_targets_that_differ_refute_the_rank(run):
    images = closed_form.pixel_values(programmes.spins())
    target = run.optimum.target
    for spread, expected in ((0, "supported"), (1e-3, "refuted")):
        noise = spread * (images @ np.random.default_rng(1).normal(size=(9, 9)))
        other = deepcopy(run)
        vars(other.optimum).update(closed_form.check(images, target + noise))
        assert verdict(claims_optimum.judge_rank_one, run, other) == expected
        assert verdict(claims_optimum.judge_rank_one, other, run) == expected


def test_a_closed_form_that_is_none_is_refuted(run):
    assert verdict(claims_optimum.judge_rank_one, run) == "supported"
    run.optimum.check_distance = 0.01
    assert verdict(claims_optimum.judge_rank_one, run) == "refuted"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    ("gaps", "gradients", "expected"),
    [
        ([0.001, 0.002, 0.001], [0.001, 0.002, 0.001], "supported"),
        ([0.1, 0.11, 0.1], [0.001, 0.002, 0.001], "refuted"),
        ([0.001, 0.002, 0.001], [0.1, 0.11, 0.1], "refuted"),
        ([0.001, 0.03, 0.002], [0.001, 0.002, 0.001], "undecided"),
        ([0.001], [0.001], "undecided"),  # a single layer has no interval
    ],
)
def test_training_is_judged_by_its_loss_and_its_gradient(
    run, case, gaps, gradients, expected
):
    good, other = deepcopy(run), run
    for one, loss, slope in (
        (good, [0.001, 0.002, 0.001], [0.001, 0.002, 0.001]),
        (other, gaps, gradients),
    ):
        one.optimum.seed_losses = one.optimum.least_loss * (1 + np.array(loss))
        one.optimum.seed_gradients = np.array(slope)
    runs = (other, good) if case == "lattice" else (good, other)
    assert verdict(claims_optimum.judge_training, *runs) == expected


def test_a_layer_that_was_not_trained_is_far_from_the_optimum():
    pixels, edges = programmes.spins(), lattice.adjacency(3, 3, "free")
    start = np.random.default_rng(1).uniform(-1 / 3, 1 / 3, (9, 9))
    verdicts = []
    for trained in (None, start):
        _, solved, _, _ = programmes.solved(pixels, edges, trained)
        one = SimpleNamespace(optimum=solved)
        verdicts.append(verdict(claims_optimum.judge_training, one))
    assert verdicts == ["supported", "refuted"]


def test_the_optimum_is_not_the_matrix_of_the_walk_on_a_lattice(run):
    entry = judge(claims_optimum.judge_stochastic_matrix, run)
    assert entry["verdict"] == "refuted"
    measured = entry["measured"]["lattice"]
    assert measured["closed form"]["distance in the best scale"] > 0.5
    assert measured["closed form"]["distance of its stationary distribution"] < 1e-9
    assert measured["single steps"]["distance in the best scale"] < 0.1
    assert measured["closed form"]["singular values of at least 1 % of the first"] == 1


def test_a_matrix_near_the_chain_must_beat_the_walk_on_independent_pixels(run):
    near = deepcopy(run)
    near.optimum.seed_distances = np.array([0.02, 0.021, 0.02])
    for null, expected in (
        (0.5, "supported"),
        (0.0201, "undecided"),
        (0.01, "refuted"),
    ):
        near.optimum.null_distance = null
        assert verdict(claims_optimum.judge_stochastic_matrix, near) == expected
    near.optimum.null_distance = 0.5
    # On the lattice alone, or on images alone, is not enough.
    assert verdict(claims_optimum.judge_stochastic_matrix, run, near) == "refuted"
    assert verdict(claims_optimum.judge_stochastic_matrix, near, run) == "refuted"


def test_on_a_graph_of_rank_one_the_walk_on_independent_pixels_is_as_near():
    pixels = bits.pack(np.random.default_rng(1).random((10_000, 3, 3)) < 0.5)
    _, solved, _, _ = programmes.solved(pixels, np.ones((9, 9)))
    one = SimpleNamespace(optimum=solved)
    assert np.all(solved.batch_distances < 0.1)
    assert verdict(claims_optimum.judge_stochastic_matrix, one) != "supported"


@pytest.mark.parametrize(
    ("loss", "null", "expected"),
    [
        (0.005, 0.5, "supported"),
        (0.02, 0.5, "refuted"),
        (0.005, 0.004, "refuted"),
        (0.01, 0.5, "undecided"),
    ],
)
def test_only_convolutions_count_for_the_expected_loss(run, loss, null, expected):
    run.networks = programmes.networks(loss, run.networks.matrices[0], null)
    run.networks.block_losses[:2] = 1e-6  # dense networks
    assert verdict(claims_optimum.judge_expected_loss, run) == expected


def patterned(run, *, area=0.95, share=0.05, null=0.3):
    """Give the judged numbers of a run, closed form and trained layer alike."""
    spread = np.linspace(-0.001, 0.001, 3)
    found, column = run.patterns, run.patterns.kinds.index("closed form")
    found.seed_areas, found.seed_shares = area + spread, share + spread
    found.batch_areas = np.tile(found.batch_areas[:1], (3, 1))
    found.batch_shares = np.tile(found.batch_shares[:1], (3, 1))
    found.batch_areas[:, column], found.batch_shares[:, column] = area, share + spread
    found.batch_areas[:, found.kinds.index("marginals")] = null + spread
    return run


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "supported"),
        ({"area": 0.89}, "refuted"),
        ({"share": 0.11}, "refuted"),
        ({"null": 0.96}, "refuted"),
        ({"null": 0.95}, "undecided"),
        ({"share": 0.1}, "undecided"),
    ],
)
def test_area_share_and_null_count_for_the_trained_weights(run, numbers, expected):
    good = patterned(deepcopy(run))
    other = patterned(run, **numbers)
    assert verdict(claims_patterns.judge_trained_weights, good, other) == expected
    assert verdict(claims_patterns.judge_trained_weights, other, good) == expected


@pytest.mark.parametrize("matrix", ["seed_areas", "seed_shares"])
def test_the_trained_layer_alone_can_refute_the_pattern(run, matrix):
    one = patterned(run)
    setattr(one.patterns, matrix, 0.5 + np.linspace(-0.001, 0.001, 3))
    assert verdict(claims_patterns.judge_trained_weights, one) == "refuted"
