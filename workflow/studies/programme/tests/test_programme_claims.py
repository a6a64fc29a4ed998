"""The verdicts on the programme, and data under which each turns."""

from copy import deepcopy
from types import SimpleNamespace

from pixelwalk import ledger
from pixelwalk.compute import bits
from pixelwalk.ising import lattice
from studies.programme import claims, closed_form
from studies.programme.kinds import FixedPoints

import numpy as np
import programmes
import pytest

CASES = ("lattice", "images")


@pytest.fixture(scope="module")
def whole():
    """A run over samples of the small lattice."""
    return programmes.run()


@pytest.fixture
def run(whole):
    return deepcopy(whole)


def column(runs, what):
    return {name: getattr(run, what) for name, run in runs.items()}


def judge_optimum(runs):
    return claims.judge_optimum(column(runs, "networks"), column(runs, "optimum"))


def judge_stochastic_matrix(runs):
    return claims.judge_stochastic_matrix(column(runs, "optimum"))


def judge_sparsity(runs):
    return claims.judge_sparsity(column(runs, "patterns"))


def both(judge, first, second=None):
    return judge({"lattice": first, "images": second or first})["verdict"]


def placed(run, name):
    """Give the contents of a run the paths that files of this name have."""
    for what in ("networks", "optimum", "patterns"):
        getattr(run, what).path = f"{name}/{what}.h5"
    return run


def test_claims_name_the_files_behind_them(run):
    fixed = FixedPoints(
        digits=np.arange(2),
        nearness=np.array([0.01]),
        moved=np.full((2, 1), 0.01),
        largest=np.full((2, 1), 0.01),
        image_labels=np.arange(6) % 2,
        image_nearness=np.tile(np.linspace(0.1, 0.6, 6), (2, 1)),
        image_moved=np.tile(np.linspace(0.1, 0.6, 6), (2, 1)),
    )
    fixed.path = "fixed-points.h5"
    runs = {name: placed(deepcopy(run), name) for name in CASES}
    entries = [
        judge_optimum(runs),
        judge_stochastic_matrix(runs),
        judge_sparsity(runs),
        claims.judge_pseudo_likelihood(runs["lattice"].patterns),
        claims.judge_fixed_points(fixed),
    ]

    def files(what):
        return [f"{name}/{what}.h5" for name in CASES]

    assert [(entry["id"], entry["evidence"]) for entry in entries] == [
        ("programme-optimum", files("networks") + files("optimum")),
        ("programme-stochastic-matrix", files("optimum")),
        ("programme-sparsity", files("patterns")),
        ("pseudo-likelihood-recovers-lattice", ["lattice/patterns.h5"]),
        ("fixed-point", ["fixed-points.h5"]),
    ]
    for entry in entries:
        assert entry["section"] == "11" and entry["paper"] is None
    judged = [entry | {"study": "programme"} for entry in entries]
    ledger.to_json(judged)
    ledger.to_markdown(judged)


def test_a_layer_trained_to_its_optimum_supports_the_closed_form(run):
    assert both(judge_optimum, run) == "supported"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("factor", [0.99, 1.3, np.nan])
def test_a_layer_that_ends_elsewhere_refutes_the_closed_form(run, case, factor):
    other = deepcopy(run)
    other.networks.training_loss[0] *= factor
    runs = {"lattice": run, "images": run} | {case: other}
    assert judge_optimum(runs)["verdict"] == "refuted"


def test_a_layer_that_was_not_trained_refutes_the_closed_form():
    pixels, edges = programmes.spins(), lattice.adjacency(3, 3, "free")
    start = np.random.default_rng(1).uniform(-1 / 3, 1 / 3, (9, 9))
    verdicts = []
    for trained in (None, start):
        networks, solved, _, _ = programmes.solved(pixels, edges, trained)
        one = SimpleNamespace(networks=networks, optimum=solved)
        verdicts.append(both(judge_optimum, one))
    assert verdicts == ["supported", "refuted"]


def test_targets_that_differ_refute_the_rank(run):
    images = closed_form.pixel_values(programmes.spins())
    target = run.optimum.target
    for spread, expected in ((0, "supported"), (1e-3, "refuted")):
        noise = spread * (images @ np.random.default_rng(1).normal(size=(9, 9)))
        other = deepcopy(run)
        vars(other.optimum).update(closed_form.check(images, target + noise))
        assert both(judge_optimum, run, other) == expected
        assert both(judge_optimum, other, run) == expected


def test_a_closed_form_that_is_none_is_refuted(run, monkeypatch):
    reader = closed_form.reader
    monkeypatch.setattr(closed_form, "reader", lambda images: 1.01 * reader(images))
    images = closed_form.pixel_values(programmes.spins())
    vars(run.optimum).update(closed_form.check(images, run.optimum.target))
    assert run.optimum.check_distance == pytest.approx(0.01 / 1.01, rel=1e-6)
    assert both(judge_optimum, run) == "refuted"


def test_the_optimum_tells_how_far_training_ends_from_it(run):
    other = deepcopy(run)
    other.networks.matrices[0] = run.optimum.closed_form + np.eye(9)
    networks, solved, _, _ = programmes.solved(
        programmes.spins(), lattice.adjacency(3, 3, "free"), other.networks.matrices[0]
    )
    far = SimpleNamespace(networks=networks, optimum=solved)
    entry = judge_optimum({"lattice": run, "images": far})
    measured = entry["measured"]
    share = "trained, share of squared weight in its first singular value"
    assert measured["lattice"]["trained, distance from closed form"] < 1e-9
    assert measured["lattice"][share] == pytest.approx(1)
    away = 3 / np.linalg.norm(run.optimum.closed_form)
    assert measured["images"]["trained, distance from closed form"] == pytest.approx(
        away
    )
    powers = np.linalg.svd(far.networks.matrices[0], compute_uv=False) ** 2
    assert measured["images"][share] == pytest.approx(powers[0] / powers.sum())
    assert f"{away:.2g} of its norm" in entry["note"]


def test_the_optimum_tells_every_network(run):
    measured = judge_optimum({"lattice": run})["measured"]["lattice"]
    assert measured["dense linear"]["parameters"] == 81
    assert measured["dense linear with bias"]["training loss"] == 0.01
    few = measured["closed form of the fewest images, loss"]
    assert few["images"] == 5 and few["value"] < 1e-12


def test_the_optimum_is_not_the_matrix_of_the_walk_on_a_lattice(run):
    entry = judge_stochastic_matrix({"lattice": run, "images": run})
    assert entry["verdict"] == "refuted"
    found = entry["measured"]["lattice"]
    assert found["closed form"]["distance in the best scale"] > 0.5
    assert found["closed form"]["distance of its stationary distribution"] < 1e-9
    assert found["single steps"]["distance in the best scale"] < 0.1
    assert found["closed form"]["singular values of at least 1 % of the first"] == 1


def test_on_a_graph_of_rank_one_the_optimum_is_the_matrix_of_the_walk(run):
    # All pixels joined alike, and independent spins: there the hope comes true.
    pixels = bits.pack(np.random.default_rng(1).random((10_000, 3, 3)) < 0.5)
    networks, solved, _, _ = programmes.solved(pixels, np.ones((9, 9)))
    same = SimpleNamespace(networks=networks, optimum=solved)
    assert both(judge_stochastic_matrix, same) == "supported"
    # On the lattice alone, or on images alone, is not enough.
    assert both(judge_stochastic_matrix, run, same) == "refuted"
    assert both(judge_stochastic_matrix, same, run) == "refuted"


def test_the_optimum_has_not_the_pattern_of_the_lattice(run):
    entry = judge_sparsity({"lattice": run, "images": run})
    assert entry["verdict"] == "refuted"
    found = entry["measured"]["lattice"]
    assert found["transition matrix"]["precision-recall area"] == 1
    assert found["closed form"]["precision-recall area"] < 0.9
    assert set(found["averaged pairs"]["by images"]) == {"50", "200", "800", "3200"}
    assert found["trained"]["by images"] == {}


def centred():
    """Two pixels that are on in every image, and alone make the target."""
    stream = np.random.default_rng(1)
    flags = stream.random((2000, 3, 3)) < 0.5
    flags.reshape(-1, 9)[:, :2] = True
    return bits.pack(flags)


def test_an_optimum_with_the_pattern_of_its_graph_turns_the_verdict(run):
    weights = np.zeros((9, 9))
    weights[0, 1] = weights[1, 0] = 1
    given = programmes.problem(centred(), truth=weights > 0)
    same = programmes.run(centred(), weights, given)
    assert both(judge_sparsity, same) == "supported"
    assert both(judge_sparsity, run, same) == "refuted"
    assert both(judge_sparsity, same, run) == "refuted"


@pytest.mark.parametrize("kind", ["closed form", "trained"])
def test_both_area_and_share_of_both_matrices_count(run, kind):
    row = run.patterns.kinds.index(kind)
    for name in ("closed form", "trained"):
        place = run.patterns.kinds.index(name)
        run.patterns.final_precision[place] = 0.9
        run.patterns.shares[place] = 0.1
    assert both(judge_sparsity, run) == "supported"
    dense, wrong = deepcopy(run), deepcopy(run)
    dense.patterns.shares[row, 10] = 0.11
    wrong.patterns.final_precision[row] = 0.89
    assert both(judge_sparsity, dense) == "refuted"
    assert both(judge_sparsity, wrong) == "refuted"
    wrong.patterns.final_precision[row] = np.nan
    assert both(judge_sparsity, wrong) == "refuted"
