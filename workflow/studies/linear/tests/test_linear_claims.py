"""Claims on linear networks: measured on small images, with verdicts that turn."""

import copy

import patterns
from pixelwalk import ledger, storage
from pixelwalk.matrices import circulant, shifts
from studies.linear import (
    claims,
    deep_claims,
    kinds,
    minimisers,
    solve_linear,
    train_linear,
)

import numpy as np
import pytest

pytestmark = pytest.mark.xdist_group("training")

SETTINGS = {"layers": [2, 3], "noise": [0, 0.1], "repeats": 2}
TRAINING = {"layers": [2], "band": 0.5, "steps": 400}


def pair(shape=(3, 4), seed=1):
    """Noise that is moved: a sharp filter, and a spectrum without small values."""
    image = np.random.default_rng(seed).normal(size=shape) / 4
    image.flat[0] += 3
    return image, np.random.default_rng(seed + 1).normal(size=shape)


def solved(images, name="one"):
    stream = np.random.default_rng(3)
    others = stream.normal(size=(12, *images[0].shape))
    sizes = [stream.normal(size=(20, 2, n)) for n in (16, 36, 64, 100)]
    optimum = solve_linear.measure(
        *images, [images[0], *others], sizes, SETTINGS, stream
    )
    return as_read(optimum, name)


def trained(images, name="one", train=patterns.train_linear, **changed):
    settings = TRAINING | changed
    training = train_linear.measure(*images, settings, np.random.default_rng(4), train)
    return as_read(training, name)


def as_read(content, name):
    """Let a content know what one that was read from a file knows."""
    content.attributes = {"settings": {"name": name}}
    content.path = f"{name}/{content.kind}.h5"
    return content


@pytest.fixture(scope="module")
def good():
    """Files of two entries, as judged."""
    images = {"plane": pair(), "line": pair((12,))}
    return (
        [solved(images[name], name) for name in images],
        [trained(images[name], name) for name in images],
    )


def copied(files):
    return [copy.deepcopy(file) for file in files]


def verdicts(optima, trainings):
    return [entry["verdict"] for entry in claims.judge_linear(optima, trainings)]


def test_all_hold_on_good_images(good):
    entries = claims.judge_linear(*good)
    assert [entry["id"] for entry in entries] == [
        "linear-optimum-circulant",
        "least-squares-formula",
        "deep-linear-product-circulant",
        "deep-linear-layers-not-circulant",
        "circulant-factorisation",
        "shifts-needed",
        "stochastic-matrix-of-the-network",
    ]
    *others, last = [entry["verdict"] for entry in entries]
    assert others == ["supported"] * len(others) and last == "refuted"
    assert [entry["section"] for entry in entries] == ["10"] * len(others) + ["11"]
    ledger.to_json([entry | {"study": "linear"} for entry in entries])
    for entry in entries:
        assert set(entry["measured"]) == {"plane", "line"}


def test_evidence_is_the_files_that_a_claim_is_judged_by(good):
    optima = ["plane/linear-optimum.h5", "line/linear-optimum.h5"]
    trainings = ["plane/linear-training.h5", "line/linear-training.h5"]
    judged = claims.judge_linear(*good)
    expected = [optima + trainings, optima, trainings, trainings, optima, optima]
    expected += [optima + trainings]
    assert [entry["evidence"] for entry in judged] == expected


@pytest.mark.parametrize("kind", [kinds.Optimum, kinds.Training])
def test_files_hold_what_is_measured(good, kind, tmp_path):
    files = good[0] if kind is kinds.Optimum else good[1]
    names = [item.name for item in kind.datasets()]
    datasets = {name: getattr(files[0], name) for name in names}
    storage.write(tmp_path / "file.h5", kind(**datasets), settings={"name": "plane"})
    back = storage.read(tmp_path / "file.h5", kind)
    for name, values in datasets.items():
        assert np.array_equal(
            getattr(back, name),
            values,
            equal_nan=name == "needed" or name.startswith(("unseen", "lacking_")),
        ), name


def test_the_least_squares_map_is_measured_by_hand():
    best = solved(pair())
    source, target = pair()
    inputs, targets = map(circulant.dense, (source, target))
    assert best.dense @ inputs == pytest.approx(targets, abs=1e-10)
    values = np.linalg.svd(inputs, compute_uv=False)
    assert best.condition == pytest.approx(values[0] / values[-1])
    assert best.residual < 1e-12 and best.agreement < 1e-12
    assert best.dense_distance < 1e-12 and best.seen == 12
    assert best.spectrum.max() == 1
    assert best.filter.ravel() == pytest.approx(best.dense[:, 0], abs=1e-12)
    assert best.factors.shape == (2, 2, 3, 4)


def test_a_frequency_that_the_input_lacks_is_told(good):
    source, target = pair((12,))
    source = source - source.mean()
    lacking = solved((source, target), "lacking")
    assert lacking.seen == 11
    assert lacking.residual == pytest.approx(
        abs(target.sum()) / np.sqrt(12) / np.linalg.norm(target)
    )
    again = trained((source, target), "lacking")
    entry = claims.judge_optimum([lacking], [again])
    assert entry["verdict"] == "refuted"
    assert entry["note"].startswith("1 of 13 inputs that were searched lack")
    assert lacking.dense_distance < 1e-12  # the map of least norm is circulant
    # Others are not: a random start keeps a part of norm 1, of a whole of sqrt(12).
    assert lacking.spread > 0.05 and lacking.spread_distance > 0.05
    assert lacking.lacking_distance > 0.05
    assert np.isnan(lacking.formula_errors[1])  # of all shifts; half are independent
    assert claims.judge_formula([lacking])["verdict"] == "supported"
    assert again.limit[1] > 0.05  # but from random weights another one


def test_columns_that_are_not_all_shifts_refute_the_optimum(good, monkeypatch):
    right = circulant.dense

    def wrong(image):
        columns = right(image)
        if image.size > 1 and not np.allclose(image, image.flat[0]):
            columns = columns.copy()
            columns[:, 2] = columns[:, 1]
        return columns

    with monkeypatch.context() as patched:
        patched.setattr(circulant, "dense", wrong)
        bad = solved(pair())
    assert bad.dense_distance > 1e-3
    assert claims.judge_optimum([bad], good[1][:1])["verdict"] == "refuted"
    assert claims.judge_factors([bad])["verdict"] == "refuted"


def test_training_that_leaves_the_circulant_matrices_refutes_the_optimum(good):
    def noisy(starts, inputs, targets, marks, optimizer, *, rate):
        inputs = inputs + 1e-3 * np.random.default_rng(1).normal(size=inputs.shape)
        return patterns.train_linear(
            starts, inputs, targets, marks, optimizer, rate=rate
        )

    bad = trained(pair(), train=noisy, steps=20)
    assert bad.distances[0].max() > 1e-5 and bad.deviation.max() > 1e-5
    assert claims.judge_optimum(good[0][:1], [bad])["verdict"] == "refuted"


@pytest.mark.parametrize("what", ["agreement", "dense_distance"])
def test_maps_that_disagree_refute_the_optimum(good, what):
    optima = copied(good[0])
    setattr(optima[1], what, 2e-8)
    assert verdicts(optima, good[1])[0] == "refuted"


def test_one_image_that_lacks_a_frequency_refutes_that_the_map_is_unique(good):
    image, target = pair()
    lacking = image - image.mean()
    found = minimisers.counterexample(
        [image, lacking, image], target, np.random.default_rng(1)
    )
    assert (found["searched"], found["lacking"]) == (3, 1)
    assert found["lacking_spread"] > 0.05 and found["lacking_distance"] > 0.05
    optima = copied(good[0])
    vars(optima[0]).update(found)
    assert claims.judge_optimum(optima, good[1])["verdict"] == "refuted"


def test_an_input_without_its_mean_is_searched_beside_the_images(good):
    image, target = pair()
    stream = np.random.default_rng(1)
    found = as_read(
        solve_linear.measure(
            image, target, [image], [], SETTINGS, stream, others=[image - image.mean()]
        ),
        "one",
    )
    assert (found.searched, found.lacking, found.seen) == (2, 1, 12)
    assert claims.judge_optimum([found], good[1][:1])["verdict"] == "refuted"


def test_minimisers_that_differ_by_rounding_alone_decide_nothing(good):
    optima = copied(good[0])
    optima[0].spread = 2e-8
    assert claims.judge_optimum(optima, good[1])["verdict"] == "undecided"
    optima[1].dense_distance = 1e-3
    assert claims.judge_optimum(optima, good[1])["verdict"] == "refuted"


def test_the_formula_by_hand(good):
    source, target = pair()
    inputs, targets = (circulant.dense(image) for image in (source, target))
    mapped = targets @ np.linalg.inv(inputs.T @ inputs) @ inputs.T
    assert mapped == pytest.approx(good[0][0].dense, abs=1e-10)
    assert good[0][0].formula_shifts.tolist() == [6, 12]
    assert good[0][0].formula_errors.max() < 1e-12
    values = np.linalg.svd(inputs, compute_uv=False)
    expected = pytest.approx(values[0] / values[-1])
    assert good[0][0].formula_condition[1] == expected


def test_a_formula_that_differs_is_refuted_where_it_can_be_computed(good):
    optima = copied(good[0])
    optima[1].formula_errors[0] = 1e-6
    assert claims.judge_formula(optima)["verdict"] == "refuted"
    optima[1].formula_condition[0] = 1e7  # rounding of more than one part in 100
    assert claims.judge_formula(optima)["verdict"] == "supported"
    for best in optima:
        best.formula_condition[:] = np.inf
    assert claims.judge_formula(optima)["verdict"] == "not measured"


def test_layers_that_are_circulant_refute_that_they_are_not(good):
    def from_identities(starts, *rest, **keywords):
        starts = [np.eye(len(start), dtype=start.dtype) for start in starts]
        return patterns.train_linear(starts, *rest, **keywords)

    # Its gains are positive: nothing has to pass zero.
    source, target = pair()
    target = source + 0.1 * target / np.abs(np.fft.fftn(target)).max()
    still = trained((source, target), train=from_identities)
    assert still.factors.max() < 1e-3
    assert still.excess[0, -1] < 1e-6
    assert deep_claims.judge_product([still])["verdict"] == "supported"
    assert deep_claims.judge_layers([still])["verdict"] == "refuted"
    assert deep_claims.judge_layers([*good[1], still])["verdict"] == "refuted"


def test_layers_of_few_pixels_are_far_from_circulant_when_random():
    # Of 16 pixels nothing is farther than 0.97 on average, and of 4 than 0.87.
    few = trained(pair((2, 2)), steps=2)
    few.factors[:] = few.factors_end[:] = 0.95 * np.sqrt(3 / 4)
    assert deep_claims.judge_layers([few])["verdict"] == "supported"
    few.factors[:] = 0.85 * np.sqrt(3 / 4)
    assert deep_claims.judge_layers([few])["verdict"] == "refuted"
    few.factors[:], few.factors_end[:] = few.factors_end, 0.85 * np.sqrt(3 / 4)
    assert deep_claims.judge_layers([few])["verdict"] == "refuted"


def test_a_product_must_come_to_one_percent_and_nearer_than_without_order(good):
    assert good[1][0].product_seen_end.max() < 1e-4 < 0.5 < good[1][0].shuffled.min()
    trainings = copied(good[1])
    trainings[0].product_seen_end[0] = 0.02
    assert deep_claims.judge_product(trainings)["verdict"] == "refuted"
    trainings[0].product_seen_end[0] = 0.005
    assert deep_claims.judge_product(trainings)["verdict"] == "supported"
    trainings[0].shuffled[0] = 0.004
    assert deep_claims.judge_product(trainings)["verdict"] == "refuted"


@pytest.mark.parametrize("which", ["gradient_end", "shuffled_gradient"])
def test_networks_that_have_not_converged_leave_it_undecided(good, which):
    trainings = copied(good[1])
    getattr(trainings[0], which)[0] = 2e-6
    entry = deep_claims.judge_product(trainings)
    assert entry["verdict"] == "undecided"
    count = 1 if which == "gradient_end" else 2
    assert entry["note"].endswith(f"{count} of 2 networks have converged.")
    trainings[1].product_seen_end[0] = 0.02
    assert deep_claims.judge_product(trainings)["verdict"] == "refuted"
    layers = deep_claims.judge_layers(trainings)["verdict"]
    assert layers == ("undecided" if which == "gradient_end" else "supported")


def test_plain_roots_refute_the_factorisation(good, monkeypatch):
    def plain(image, count):
        root = shifts.plain_root(image, count)
        parts = np.array([root.real] * count)
        return parts, float(np.abs(root.imag).max() / np.linalg.norm(root))

    assert claims.judge_factors(good[0])["verdict"] == "supported"
    monkeypatch.setattr(shifts, "factors", plain)
    # Turned over, so that the sum over all pixels is negative.
    source, target = pair()
    bad = solved((source, -np.abs(target)))
    assert bad.imaginary.min() > 1e-3 and bad.factor_errors.min() > 1e-3
    assert claims.judge_factors([bad])["verdict"] == "refuted"


@pytest.mark.parametrize("what", ["factor_errors", "factor_distances", "imaginary"])
def test_each_part_of_the_factorisation_counts(good, what):
    optima = copied(good[0])
    getattr(optima[1], what)[1] = 2e-8
    assert claims.judge_factors(optima)["verdict"] == "refuted"


def test_a_factor_that_is_not_circulant_is_seen(monkeypatch):
    right = circulant.dense

    def crooked(image):
        matrix = right(image).copy()
        matrix[0, -1] += 1e-3
        return matrix

    monkeypatch.setattr(circulant, "dense", crooked)
    factors = solve_linear.factorise(pair()[1], [2])
    assert factors["factor_distances"][0] > 1e-6


def test_blank_images_are_judged():
    images = np.zeros((2, 3, 3)), np.zeros((3, 3))
    blank = solved((images[0][0], images[1]))
    again = trained((images[0][0], images[1]), steps=2)
    entries = claims.judge_linear([blank], [again])
    ledger.to_json([entry | {"study": "linear"} for entry in entries])
