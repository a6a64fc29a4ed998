"""Shares of the pairs against the known numbers, and repetition over choices."""

from functools import partial
from types import SimpleNamespace

from digits import read_part
from studies.digit import choices, kinds, measure_fractions
from studies.digit.claims import PAPER_IMAGES, PAPER_PERCENT
from studies.digit.claims import judge_fractions as judge_any_fractions

import numpy as np
import pytest

#: Measured by hand before the program was written, for the first 200 fives.
KNOWN = {
    "coactivation": [30.69, 13.71, 4.25],
    "coactivation above 127": [24.58, 8.47, 1.48],
    "product": [30.69, 8.90, 1.73],
    "coactivation, squared": [30.69, 4.99, 0.69],
    "same value above 0, no diagonal": [15.81, 4.04, 0.30],
}
KINDS = measure_fractions.KINDS
PAPER = np.array(PAPER_PERCENT)
FAR = np.array([90.0, 90.0, 90.0])
judge_fractions = partial(judge_any_fractions, images=PAPER_IMAGES)


@pytest.fixture(scope="module")
def fives(mnist):
    pixels, labels = read_part(mnist, "train")
    return pixels[labels == 5][:200]


@pytest.fixture(scope="module")
def shares(fives):
    return dict(zip(KINDS, measure_fractions.kept_percent(fives), strict=True))


@pytest.mark.parametrize("kind", KNOWN)
def test_the_first_200_fives_give_the_known_shares(kind, shares):
    assert np.round(shares[kind], 2).tolist() == KNOWN[kind]


def test_a_squared_weight_keeps_what_lies_above_the_root_of_the_cut(fives, shares):
    on = (fives.reshape(200, -1) > 0).astype(float)
    weights = on.T @ on
    for cut, share in zip([0, 0.1, 0.35], shares["coactivation, squared"], strict=True):
        kept = (weights > 0) & (weights >= np.sqrt(cut) * weights.max() * (1 - 1e-12))
        assert share == pytest.approx(100 * kept.mean(), abs=1e-12)


@pytest.mark.parametrize("kind", [k for k in KINDS if "squared" in k])
def test_squaring_keeps_fewer_or_as_many(kind, shares):
    plain = shares[kind.replace(", squared", "")]
    # Squares of negative weights are positive.
    if "rows" not in kind and not kind.startswith("covariance"):
        assert np.all(shares[kind] <= plain) and shares[kind][0] == plain[0]
    assert np.all(np.diff(shares[kind]) <= 0) and np.all(np.diff(plain) <= 0)


def test_the_kinds_are_every_base_in_every_variant():
    assert len(KINDS) == len(set(KINDS)) == 48
    assert [kind.partition(",")[0] for kind in KINDS[::8]] == list(
        measure_fractions.BASES
    )
    for kind in KINDS:
        base, comma, variant = kind.partition(",")
        assert base in measure_fractions.BASES
        assert comma + variant in measure_fractions.VARIANTS


def test_every_kind_by_plain_loops_over_pairs():
    pixels = np.random.default_rng(5).choice([0, 0, 60, 130, 255], (8, 3, 3))
    flat = pixels.reshape(8, 9).astype(float)
    functions = {
        "coactivation": lambda x, y: np.mean((x > 0) & (y > 0)),
        "coactivation above 127": lambda x, y: np.mean((x > 127) & (y > 127)),
        "same state": lambda x, y: np.mean((x > 0) == (y > 0)),
        "same value above 0": lambda x, y: np.mean((x == y) & (x > 0)),
        "product": lambda x, y: np.mean(x * y),
        "covariance": lambda x, y: np.mean(x * y) - np.mean(x) * np.mean(y),
    }
    found = measure_fractions.kept_percent(pixels.astype(np.uint8))
    assert found.shape == (48, 3)
    for kind, row in zip(KINDS, found, strict=True):
        function = functions[kind.partition(",")[0]]
        weights = np.array([[function(x, y) for y in flat.T] for x in flat.T])
        if ", squared" in kind:
            weights = weights**2
        if ", no diagonal" in kind:
            weights -= np.diag(np.diag(weights))
        weights = np.where(np.abs(weights) < 1e-9, 0, weights)
        if ", rows normalised" in kind:
            weights = weights.clip(0)
            weights /= np.where(weights.any(axis=1), weights.sum(axis=1), 1)[:, None]
        for cut, share in zip([0, 0.1, 0.35], row, strict=True):
            least = cut * weights.max() * (1 - 1e-9)
            kept = (weights > 0) & (weights >= least)
            assert share == pytest.approx(100 * kept.sum() / 81), kind


def test_images_that_are_all_alike_keep_every_lit_pair_under_every_cut():
    same = np.zeros((3, 2, 3), np.uint8)
    same[:, 0, :2] = 255
    found = dict(zip(KINDS, measure_fractions.kept_percent(same), strict=True))
    assert found["coactivation"] == pytest.approx([100 * 4 / 36] * 3)
    assert found["same value above 0, no diagonal"] == pytest.approx([100 * 2 / 36] * 3)
    # On and on, or off and off: 2 x 2 and 4 x 4 pairs.
    assert found["same state"] == pytest.approx([100 * 20 / 36] * 3)
    assert found["covariance"].tolist() == [0, 0, 0]


def test_the_order_of_the_images_does_not_matter(fives):
    few = fives[:20]
    assert np.array_equal(
        measure_fractions.kept_percent(few), measure_fractions.kept_percent(few[::-1])
    )


def shown(near=(), *, spread=0.1, first=FAR, count=101):
    """Choices that cover the paper's numbers for some kinds, and lie far off else."""
    steps = np.linspace(-spread, spread, count)[:, None]
    table = np.empty((count, len(KINDS), 3))
    for row, kind in enumerate(KINDS):
        table[:, row] = (PAPER if kind in near else FAR) + steps
    return kinds.Fractions(
        kinds=KINDS,
        cuts=list(measure_fractions.CUTS),
        first=np.tile(np.array(first, float), (len(KINDS), 1)),
        choices=table,
        nulls=np.tile(FAR, (count, len(KINDS), 1)),
    )


def test_one_kind_that_covers_all_three_numbers_is_enough():
    entry = judge_fractions(shown(["product"]))
    assert entry["verdict"] == "reproduced"
    assert "Covering all three: product;" in entry["note"]
    entry = judge_fractions(shown(["product", "covariance"]))
    assert "Covering all three: product, covariance;" in entry["note"]


def test_if_independent_pixels_cover_them_too_nothing_is_decided():
    measured = shown(["product", "covariance"])
    measured.nulls = measured.choices.copy()
    assert judge_fractions(measured)["verdict"] == "undecided"
    # One kind that tells them apart is enough.
    measured.nulls[:, KINDS.index("product")] += 1
    assert judge_fractions(measured)["verdict"] == "reproduced"
    measured.choices = measured.choices + 1
    assert judge_fractions(measured)["verdict"] == "not reproduced"


def test_no_kind_that_covers_is_none():
    entry = judge_fractions(shown())
    assert entry["verdict"] == "not reproduced"
    assert "Covering all three: none; for independent pixels: none." in entry["note"]


@pytest.mark.parametrize("cut", range(3))
def test_two_numbers_of_three_are_not_enough(cut):
    found = shown(["product"])
    found.choices[:, :, cut] = 90
    assert judge_fractions(found)["verdict"] == "not reproduced"


def test_three_kinds_that_cover_one_number_each_are_not_enough():
    found = shown()
    for row, value in enumerate(PAPER):
        found.choices[:, row, row] = value
    assert judge_fractions(found)["verdict"] == "not reproduced"


@pytest.mark.parametrize(
    ("outside", "expected"), [(0, "reproduced"), (1, "not reproduced")]
)
def test_the_interval_holds_the_middle_95_percent(outside, expected):
    found = shown(["product"], spread=0)
    row = KINDS.index("product")
    # Of 41 choices the second smallest is the 2.5th percentile.
    ranks = np.arange(41.0) - 1 + outside
    found.choices = np.tile(found.choices[:1], (41, 1, 1))
    found.choices[:, row, 2] = PAPER[2] + ranks
    assert judge_fractions(found)["verdict"] == expected


@pytest.mark.parametrize("cut", range(3))
@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize(
    ("off", "expected"), [(0.0049, "reproduced"), (0.0051, "not reproduced")]
)
def test_the_numbers_of_the_paper_are_rounded(cut, side, off, expected):
    found = shown(["product"], spread=0)
    found.choices[:, KINDS.index("product"), cut] += side * off
    assert judge_fractions(found)["verdict"] == expected
    # As far off is only the near end of an interval that leads away.
    away = side * np.linspace(0, 1, 101)[:, None].clip(0.1)
    found.choices[:, KINDS.index("product"), cut] += away[:, 0] - side * 0.1
    assert judge_fractions(found)["verdict"] == expected


def test_the_first_images_decide_which_kind_is_nearest():
    found = shown(["product"])
    row = KINDS.index("same state")
    found.first[row] = PAPER * [1.5, 1, 0.5]
    note = judge_fractions(found)["note"]
    assert "images is same state, off by at most a factor 2.00." in note


def test_a_share_of_nothing_is_infinitely_far_off():
    found = shown()
    found.first[:] = 0
    found.first[3] = 99
    assert KINDS[3] in judge_fractions(found)["note"]


def test_the_entry_gives_the_nearest_variant_of_each_function_with_its_interval():
    found = shown(["product"], first=[1, 2, 3])
    found.first[KINDS.index("covariance, squared")] = PAPER
    entry = judge_fractions(found)
    measured = entry["measured"]
    assert list(measured) == list(entry["null"])
    assert list(measured) == [*list(measure_fractions.BASES)[:5], "covariance, squared"]
    assert entry["null"]["product"]["at-0.35"] == {"value": 90, "interval": [90, 90]}
    low, high = measured["product"]["at-0.35"]["interval"]
    assert (low, high) == (pytest.approx(0.46 - 0.095), pytest.approx(0.46 + 0.095))
    assert measured["product"]["at-0.35"]["value"] == 3
    assert list(measured["product"]) == list(measure_fractions.CUTS)


POPULATION = np.arange(30, dtype=np.uint8).reshape(30, 1, 1)


def repeat(count=5, repetitions=12, *, seed=1, threads=1, measure=np.ravel):
    return choices.over_choices(
        lambda images, _: measure(images),
        POPULATION,
        count,
        repetitions,
        seeds=np.random.SeedSequence(seed),
        threads=threads,
    )


def test_a_choice_takes_images_without_repetition():
    chosen = repeat()
    assert chosen.shape == (12, 5)
    assert all(len(set(choice)) == 5 for choice in chosen.tolist())
    assert len(set(repeat(15, 1)[0].tolist())) == 15


def test_choices_do_not_depend_on_threads_but_on_the_seed():
    assert np.array_equal(repeat(threads=1), repeat(threads=4))
    assert not np.array_equal(repeat(seed=1), repeat(seed=2))


def test_more_choices_begin_with_the_same_ones():
    assert np.array_equal(repeat(repetitions=20)[:12], repeat())
    assert len({tuple(choice) for choice in repeat(repetitions=20).tolist()}) == 20


def test_every_image_is_as_likely():
    chosen = repeat(6, 2000, threads=2)
    often = np.bincount(chosen.ravel(), minlength=30) / 2000
    # Five standard errors of a share of 6 in 30.
    assert np.abs(often - 0.2).max() < 5 * np.sqrt(0.2 * 0.8 / 2000)


def test_a_measurement_may_have_any_shape():
    assert repeat(measure=lambda few: few.reshape(5, 1).astype(float)).shape == (
        12,
        5,
        1,
    )


def test_a_choice_has_at_most_half_of_the_population():
    # Choices of nearly all images are nearly equal, so that an interval would be 0.
    for count in (15, 16, 30, 31, 500):
        assert repeat(count).shape == (12, 15)


def test_of_too_few_images_no_choices_are_made(monkeypatch):
    monkeypatch.setitem(globals(), "POPULATION", POPULATION[:4])
    assert repeat().shape == (12, 2)
    monkeypatch.setitem(globals(), "POPULATION", POPULATION[:3])
    with pytest.raises(ValueError, match=r"least 4 images .* got 3.*paper\.population"):
        repeat()


def test_images_of_one_label_or_of_any():
    labelled = SimpleNamespace(
        images=POPULATION, labels=np.arange(30) % 10, label_names=[]
    )
    assert choices.of_label(labelled, 5).ravel().tolist() == [5, 15, 25]
    assert np.array_equal(choices.of_label(labelled, "any"), POPULATION)
    labelled.label_names = [str(number) for number in range(9, -1, -1)]
    assert choices.of_label(labelled, 5).ravel().tolist() == [4, 14, 24]
