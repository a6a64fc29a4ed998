"""The claims on matrices: what each says, and data under which each verdict turns."""

import copy
import inspect

from pixelwalk import ledger
from pixelwalk.matrices import circulant, convolution
from studies.matrices import (
    bias,
    check_convolution,
    circulants,
    claims,
    figure6,
    kinds,
    limits,
    measure_matrices,
)

import numpy as np
import pytest
import scipy

pytestmark = pytest.mark.xdist_group("training")

SIZES = [16, 128, 256, 512]
VERDICTS = {
    "convolution-is-toeplitz": "supported",
    "lattice-adjacency-circulant": "refuted",
    "circulant-product": "supported",
    "circulant-inverse": "supported",
    "toeplitz-product": "supported",
    "toeplitz-to-circulant": "supported",
    "bias-sign": "refuted",
    "circulant-invertible": "refuted",
}
COMPARED = {
    "networks": ["line, valid, stride 1", "image, same, stride 2"],
    "depth": np.array([3, 2]),
    "difference": np.array([2e-7, 3e-7]),
    "active": np.array([0.5, 0.01]),
}


@pytest.fixture(scope="module")
def measured():
    return vars(measure_matrices.measure(4, 5, 2, 3, SIZES, np.random.default_rng(1)))


def judge(measured, compared=COMPARED):
    convolutions, matrices = kinds.Convolutions(**compared), kinds.Matrices(**measured)
    convolutions.path, matrices.path = "convolutions.h5", "matrices.h5"
    judged = claims.judge_matrices(convolutions, matrices)
    # Raises if an entry is not as the ledger wants it.
    ledger.to_json([entry | {"study": "matrices"} for entry in judged])
    return {entry["id"]: entry for entry in judged}


def turned(measured, compared=COMPARED):
    """Claims whose verdict is not what it is by the theorems."""
    judged = judge(measured, compared)
    return {name for name in VERDICTS if judged[name]["verdict"] != VERDICTS[name]}


def test_the_verdicts_in_the_order_of_the_paper(measured):
    judged = judge(measured)
    assert list(judged) == list(VERDICTS)
    assert not turned(measured)
    sections = [entry["section"] for entry in judged.values()]
    assert sections == ["2", "9", "9", "9", "9", "9", "10", "10"]
    assert all(entry["paper"] is None for entry in judged.values())


def test_evidence_is_the_files_that_a_claim_is_judged_by(measured):
    evidence = {name: entry["evidence"] for name, entry in judge(measured).items()}
    both = evidence.pop("convolution-is-toeplitz")
    assert both == ["convolutions.h5", "matrices.h5"]
    assert all(files == ["matrices.h5"] for files in evidence.values())


def test_the_smallest_configuration_that_is_let_through():
    measured = measure_matrices.measure(3, 3, 3, 3, SIZES, np.random.default_rng(2))
    assert not turned(vars(measured))


# Section 2.


def test_networks_that_differ_refute(measured):
    differ = COMPARED | {"difference": np.array([2e-7, 1.1e-5])}
    entry = judge(measured, differ)["convolution-is-toeplitz"]
    assert entry["verdict"] == "refuted"
    assert turned(measured, differ) == {"convolution-is-toeplitz"}


def test_dead_networks_measure_nothing_unless_others_differ(measured):
    dead = COMPARED | {"active": np.array([0.5, 0])}
    entry = judge(measured, dead)["convolution-is-toeplitz"]
    assert entry["verdict"] == "not measured" and not entry["measured"]
    assert "matrices, of: image, same, stride 2." in entry["note"]
    dead |= {"difference": np.array([1.1e-5, 0])}
    entry = judge(measured, dead)["convolution-is-toeplitz"]
    assert entry["verdict"] == "refuted"


def test_a_true_convolution_is_not_what_keras_does(measured, monkeypatch):
    right = check_convolution.compare(6, 6, 3, 2, np.random.default_rng(1))
    assert not turned(measured, vars(right))
    straight = convolution.matrix

    def flipped(kernel, shape, *given):
        taps = tuple(range(len(shape)))
        return straight(np.flip(kernel, taps), shape, *given)

    monkeypatch.setattr(check_convolution.convolution, "matrix", flipped)
    wrong = check_convolution.compare(6, 6, 3, 2, np.random.default_rng(1))
    assert turned(measured, vars(wrong)) == {"convolution-is-toeplitz"}


def test_filters_that_change_along_the_line_are_not_toeplitz(measured, monkeypatch):
    straight = convolution.matrix

    def local(kernel, shape, padding="valid", stride=1):
        matrix = straight(kernel, shape, padding, stride)
        return scipy.sparse.diags_array(1.0 + np.arange(matrix.shape[0])) @ matrix

    monkeypatch.setattr(measure_matrices.convolution, "matrix", local)
    wrong = measure_matrices.structure(4, 5, 2, 3, np.random.default_rng(1))
    assert turned(measured | wrong) == {"convolution-is-toeplitz"}


def test_strides_and_channels_are_no_toeplitz_matrices_but_asked_of_none(measured):
    by_name = dict(zip(measured["layers"], measured["toeplitz_distance"], strict=True))
    assert len(by_name) == 12
    for name, value in by_name.items():
        assert (value == 0) == name.endswith("stride 1"), name
    assert measured["channels_distance"] > 0.1


# Section 9: lattices.


def test_distances_of_lattices_by_hand(measured):
    distances = measured["lattice_distance"]
    assert distances[0, 1] == distances[1, 0] == distances[2, 0] == 0
    # Of 80 ones, the 32 to the left and right lie on 4 orbits; the orbits of the steps
    # 1 and -1 hold 16 of them each, and those of 4 and -4 the 4 that go around.
    kept = 2 * 16 * 16 / 20 + 2 * 4 * 4 / 20 + 2 * 20
    assert distances[0, 0] == pytest.approx(np.sqrt(1 - kept / 80))
    assert measured["lattices"] == ("periodic", "helical", "ring")
    assert measured["adjacency"].sum(axis=2).tolist() == [[4] * 20, [4] * 20, [2] * 20]


def test_lattices_with_coprime_sides_alone_would_support(measured):
    coprime = measured["numbered_distance"] == 0
    assert measured["sides"][coprime].tolist() == [[4, 5]]
    names = ("sides", "automorphisms", "longest_cycle", "numbered_distance")
    changed = {name: measured[name][coprime] for name in names}
    assert turned(measured | changed) == {"lattice-adjacency-circulant"}
    changed["numbered_distance"] = np.array([1e-3])
    assert not turned(measured | changed)
    changed |= {"numbered_distance": np.array([0.0]), "longest_cycle": np.array([10])}
    assert not turned(measured | changed)


# Section 9: products and inverses of circulant matrices.


def test_toeplitz_matrices_have_no_toeplitz_products_and_inverses(
    measured, monkeypatch
):
    def triangular(column):
        return np.tril(dense(column)) + np.eye(np.size(column))

    dense = circulant.dense
    monkeypatch.setattr(circulants.circulant, "dense", triangular)
    changed = circulants.algebra(4, 5, 3, np.random.default_rng(1))
    assert turned(measured | changed) == {"circulant-product", "circulant-inverse"}


@pytest.mark.parametrize(
    ("compute", "claim"),
    [("product", "circulant-product"), ("inverse", "circulant-inverse")],
)
def test_an_fft_that_disagrees_does_not_support(measured, monkeypatch, compute, claim):
    right = getattr(circulant, compute)
    monkeypatch.setattr(
        circulants.circulant, compute, lambda *given: right(*given) * (1 + 1e-7)
    )
    changed = circulants.algebra(4, 5, 3, np.random.default_rng(1))
    assert turned(measured | changed) == {claim}


def test_circulant_algebra_agrees_far_below_what_is_asked(measured):
    for name in ("multiplied", "inverted"):
        for key in (name, f"{name}_apart"):
            assert measured[key].shape == (2, 3)
            assert measured[key].max() < 1e-11
    assert measured["pseudo_inverted_apart"].max() < 1e-11


# Section 9: limits.


def test_lower_triangular_factors_have_a_toeplitz_product(measured):
    symbols = np.random.default_rng(1).normal(size=(2, 3, 5))
    symbols[..., 3:] = 0  # nothing above the diagonal
    changed = limits.limits(*symbols, SIZES)
    assert turned(measured | changed) == {"toeplitz-product"}


def test_filters_that_grow_with_the_matrix_do_not_converge(measured):
    symbols = np.random.default_rng(1).normal(size=(2, 3, 513))
    changed = limits.limits(*symbols, [16, 32, 64, 128])
    assert turned(measured | changed) == {"toeplitz-product", "toeplitz-to-circulant"}


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("product_limit", "toeplitz-product"),
        ("product_nearest", "toeplitz-product"),
        ("circulant_limit", "toeplitz-to-circulant"),
        ("circulant_nearest", "toeplitz-to-circulant"),
        ("eigenvalues_apart", "toeplitz-to-circulant"),
    ],
)
@pytest.mark.parametrize(
    ("power", "verdict"), [(-0.3, "refuted"), (0, "refuted"), (np.nan, "undecided")]
)
def test_every_distance_must_fall_fast_enough(measured, name, claim, power, verdict):
    changed = copy.deepcopy(measured)
    for exponents in ("local_exponents", "limit_exponents"):
        changed[exponents][changed["fitted"].index(name)] = power
    assert turned(changed) == {claim}
    assert judge(changed)[claim]["verdict"] == verdict


@pytest.mark.parametrize("exponents", ["local_exponents", "limit_exponents"])
def test_a_large_bias_in_n_leaves_it_undecided(measured, exponents):
    changed = copy.deepcopy(measured)
    changed[exponents][changed["fitted"].index("circulant_limit")] = -0.3
    entry = judge(changed)["toeplitz-to-circulant"]
    assert entry["verdict"] == "undecided"
    fit = entry["measured"]["exponent of the distance from C_n(f)"]
    low, high = fit["at infinite n"]["interval"]
    assert high == -0.3 and low < -0.4


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("toeplitz-product", "product_operator"),
        ("toeplitz-to-circulant", "circulant_operator"),
    ],
)
def test_the_note_tells_the_norm_in_which_nothing_falls(measured, claim, name):
    entry = judge(measured)[claim]
    assert "per dimension (in the weak norm)" in " ".join(entry["statement"].split())
    last = measured[name][:, -1].mean()
    assert last > 0.1  # a distance, at the largest size
    assert entry["note"].endswith(f"and {last:.3g} at n = 512.")


# Section 10.


def test_the_bias_of_two_layers_by_hand(measured):
    first, second = np.array([[[1.0, 2.0], [0.0, 1.0]], [[3.0, 0.0], [1.0, 3.0]]])
    one, two, x = np.array([[1.0, -1.0], [2.0, 5.0], [1.0, 1.0]])
    output = second @ (first @ x - one) - two  # [6, 8] - [2, 5]
    assert output.tolist() == [4, 3]
    added = second @ one + two
    wrong = np.linalg.norm(2 * added) / np.linalg.norm(output)
    found = bias._apart([first, second], [one, two], [x])
    assert found == pytest.approx([wrong, 0])
    assert measured["bias_plus"].max() < 1e-12 < 0.1 < measured["bias_printed"].min()


def test_a_bias_with_the_printed_sign_would_support(measured):
    changed = {"bias_printed": measured["bias_plus"]}
    assert turned(measured | changed) == {"bias-sign"}


def test_matrices_without_zero_coefficients_would_support(measured):
    # Those on one place, where it is not zero.
    changed = circulants.singular(entries=(1, -1), largest=1)
    assert changed["counterexample"].size == 0
    assert turned(measured | changed) == {"circulant-invertible"}


def test_the_smallest_counterexamples(measured):
    entry = judge(measured)["circulant-invertible"]["measured"]
    assert entry["n of the smallest without inverse"] == 1
    assert measured["counterexample"].tolist() == [1, 1]
    assert measured["searched"].tolist() == [3**n for n in range(1, 8)]
    assert measured["singular"][:2].tolist() == [1, 5]
    assert not measured["mismatched"].any()


def test_singular_matrices_are_those_whose_determinant_is_zero(measured):
    for order in (3, 4, 5):
        entries = np.stack(np.meshgrid(*[[0, 1, -1]] * order), -1).reshape(-1, order)
        determinants = [np.linalg.det(scipy.linalg.circulant(row)) for row in entries]
        count = np.sum(np.abs(determinants) < 0.5)  # they are whole numbers
        assert measured["singular"][order - 1] == count


# What is to be looked at.


def test_the_figure_shows_the_matrices_and_the_rates(measured):
    matrices = kinds.Matrices(**measured)
    figure = figure6.draw(matrices)
    shown = [axes.images[0].get_array() for axes in figure.axes if axes.images]
    expected = [measured[name].toarray() for name in ("valid", "same", "circular")]
    expected += [matrices.image.toarray(), *matrices.adjacency]
    assert len(shown) == len(expected)
    for picture, matrix in zip(shown, expected, strict=True):
        assert np.array_equal(np.ma.filled(picture, 0), matrix)
    product, limit, eigenvalues = (axes for axes in figure.axes if axes.lines)
    for panel, name in ((product, "product_limit"), (limit, "circulant_limit")):
        drawn = {tuple(line.get_ydata()) for line in panel.lines}
        assert tuple(measured[name].mean(axis=0)) in drawn
        power = measured["exponents"][measured["fitted"].index(name)].mean()
        labels = [text.get_text() for text in panel.get_legend().get_texts()]
        assert f"from the limit: $n^{{{power:.2f}}}$" in labels
    assert np.array_equal(eigenvalues.lines[1].get_ydata(), matrices.eigenvalues)


def test_drawing_leaves_out_what_a_matplotlibrc_says():
    assert inspect.unwrap(figure6.draw) is not figure6.draw


def test_the_taps_of_the_examples_can_be_told_apart(measured):
    assert set(measured["valid"].data) == {1, 2}
    assert set(measured["image"].data) == {1, 2, 3, 4}
    assert measured["valid"].shape == (4, 5)
    assert measured["image"].shape == (20, 20)


def test_a_few_filters_that_do_not_converge_are_enough(measured):
    changed = copy.deepcopy(measured)
    changed["limit_exponents"][changed["fitted"].index("circulant_limit"), 0] = -0.2
    assert turned(changed) == {"toeplitz-to-circulant"}
