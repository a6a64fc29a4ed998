"""The ledger: nothing incomplete gets in, and everything can be read out of it."""

import itertools
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from pixelwalk import ledger
from pixelwalk.jobs import faults

ENTRY = {
    "id": "edge-fractions",
    "study": "digit",
    "section": "11, figure 5",
    "statement": "Most pairs <stay> & some β-pairs go.",
    "source": "paper",
    "nature": "measurement",
    "paper": [30.01, 4.74],
    "measured": {
        "product": {
            "at-0": {"value": 30.6875, "interval": [28.5, 34.25]},
            "at-0.10": {"value": 8.9, "standard_error": 0.1274, "n": 3},
            "at-0.35": {"value": 1.0, "standard_error": 1e-17, "n": 3},
        },
        "x moved": {"value": 0.5, "largest": 0.75},
        "one network": {"value": 0.4, "standard_error": None, "n": 1},
        "read as": 5,
        "p": 0.0001,
    },
    "criterion": "reproduced if p < 0.01",
    "verdict": "reproduced",
    "null": {"independent pixels": 31.25},
    "evidence": ["results/studies/fractions.h5", "results/studies/other.h5"],
    "figures": ["figure5", "some-study"],
    "note": "Nearest: product.",
}
PLAIN = ENTRY | {"id": "ae-loss", "paper": None, "verdict": "refuted"}
THEOREM = PLAIN | {"id": "product", "nature": "theorem", "source": "ours", "null": {}}
ENTRIES = [ENTRY, PLAIN]


def test_json_gives_back_every_entry_in_order():
    text = ledger.to_json(ENTRIES)
    assert json.loads(text) == ENTRIES
    assert [list(entry) for entry in json.loads(text)] == [list(ENTRY)] * 2
    assert "β-pairs" in text and text.endswith("]\n")
    assert json.loads(ledger.to_json([])) == []


def test_json_does_not_depend_on_the_order_of_the_keys():
    turned = dict(reversed(ENTRY.items()))
    assert ledger.to_json([turned]) == ledger.to_json([ENTRY])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, float("nan")])
@pytest.mark.parametrize("key", ["measured", "paper"])
def test_numbers_that_are_none_are_refused(key, value):
    for wrong in (value, [value], {"a": {"value": value}}):
        with pytest.raises(ValueError):
            ledger.to_json([ENTRY, PLAIN | {key: wrong}])


@pytest.mark.parametrize("key", ENTRY)
def test_an_entry_without_a_key_is_refused(key):
    with pytest.raises(ValueError, match="not a claim of the ledger"):
        ledger.to_json([{k: v for k, v in ENTRY.items() if k != key}])


def test_an_entry_with_a_key_too_many_is_refused():
    with pytest.raises(ValueError, match="not a claim of the ledger"):
        ledger.to_json([ENTRY | {"author": "me"}])


@pytest.mark.parametrize("key", ["source", "nature"])
@pytest.mark.parametrize("value", ["", "theirs", None])
def test_an_unknown_source_or_nature_is_refused(key, value):
    with pytest.raises(ValueError, match="not a claim of the ledger"):
        ledger.to_json([ENTRY | {key: value}])


@pytest.mark.parametrize("verdict", ["", "true", "Supported", "not  measured", None])
def test_an_unknown_verdict_is_refused(verdict):
    with pytest.raises(ValueError, match="not a claim of the ledger"):
        ledger.to_json([ENTRY | {"verdict": verdict}])


@pytest.mark.parametrize("verdict", ledger.VERDICTS)
def test_every_known_verdict_is_taken(verdict):
    assert json.loads(ledger.to_json([ENTRY | {"verdict": verdict}]))


def test_verdicts_follow_from_truth_alone():
    assert [ledger.reproduced(v) for v in (True, False, np.True_, np.False_)] == [
        "reproduced",
        "not reproduced",
    ] * 2
    assert [ledger.supported(v) for v in (True, False, np.True_, np.False_)] == [
        "supported",
        "refuted",
    ] * 2
    assert ledger.supported(None) == ledger.reproduced(None) == "undecided"
    known = {ledger.reproduced(v) for v in (0, 1, None)} | {
        ledger.supported(v) for v in (0, 1)
    }
    assert known | {"not measured"} == set(ledger.VERDICTS)


def test_what_could_not_be_measured_has_no_numbers_and_says_why():
    found = ledger.not_measured(ENTRY, "This run used the 8 x 8 digits.")
    assert found["measured"] == {} and found["verdict"] == "not measured"
    assert found["note"] == "This run used the 8 x 8 digits."
    assert found["null"] == {}
    changed = {"measured", "null", "verdict", "note"}
    assert all(found[key] == ENTRY[key] for key in ENTRY if key not in changed)
    assert ENTRY["verdict"] == "reproduced"  # the original stays as it was
    assert json.loads(ledger.to_json([found])) == [found]
    assert "30.69" not in ledger.to_markdown([found])


def test_a_claim_that_is_saved_says_its_study_and_the_files_that_it_rests_on(tmp_path):
    file = SimpleNamespace(path="results/a.h5")
    claim = ledger.claim("a", "1", "b", None, {}, "c", "refuted", "d", evidence=[file])
    ledger.save(tmp_path / "toy.json", "toy", [claim])
    (saved,) = ledger.read(tmp_path / "toy.json")
    assert (saved["study"], saved["evidence"]) == ("toy", ["results/a.h5"])


def test_mean_and_error():
    values = np.random.default_rng(1).normal(size=30)
    found = ledger.mean_and_error(values)
    assert found["value"] == pytest.approx(values.mean())
    assert found["standard_error"] == pytest.approx(values.std(ddof=1) / np.sqrt(30))
    assert found["standard_error"] == pytest.approx(stats.sem(values))
    assert found["n"] == 30
    expected = stats.ttest_1samp(values, 0).confidence_interval()
    assert found["interval"] == pytest.approx(list(expected))
    one = ledger.mean_and_error([0.25])
    assert one == {"value": 0.25, "standard_error": None, "n": 1}
    json.dumps([found, one], allow_nan=False)


@pytest.mark.parametrize("successes, n", [(0, 5), (30, 30), (7, 20)])
def test_a_proportion_has_wilsons_interval(successes, n):
    result = ledger.proportion(successes, n)
    assert result["value"] == successes / n and result["n"] == n
    for end in result["interval"]:  # where the score test has p = 0.05
        if 0 < end < 1:
            z = (successes / n - end) / np.sqrt(end * (1 - end) / n)
            assert abs(z) == pytest.approx(stats.norm.ppf(0.975))


def test_interval_is_the_middle_95_percent():
    assert ledger.interval(np.arange(41.0)) == [1, 39]
    assert ledger.interval(np.arange(41.0)[::-1]) == [1, 39]
    assert ledger.interval([7]) == [7, 7]


def test_rank_correlation_depends_on_ranks_alone():
    first = np.random.default_rng(3).normal(size=50)
    second = first + np.random.default_rng(4).normal(size=50)
    value, low, high = ledger.rank_correlation(first, second)
    assert value == pytest.approx(stats.spearmanr(first, second).statistic)
    # For normal data, Fisher's interval: its standard error is 1 / sqrt(n - 3).
    width = stats.norm.ppf(0.975) / np.sqrt(47)
    ends = np.tanh(np.arctanh(value) + width * np.array([-1, 1]))
    assert (low, high) == pytest.approx(tuple(ends), abs=0.08)
    assert ledger.rank_correlation(np.exp(first), second) == (value, low, high)


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 1, 1, 1, 1]])
def test_few_or_equal_values_have_no_rank_correlation(values):
    values = np.array(values, float)
    assert np.isnan(ledger.rank_correlation(values, np.arange(len(values)))).all()


def test_markdown_has_every_claim_with_its_verdict_and_its_numbers():
    text = ledger.to_markdown(ENTRIES)
    table, first, second = text.split("\n## ")
    assert first.startswith("edge-fractions\n") and second.startswith("ae-loss\n")
    for part, entry in ((first, ENTRY), (second, PLAIN)):
        for key in ("statement", "criterion", "note"):
            assert entry[key] in part
        assert f"**{entry['verdict']}**" in part
        assert all(path in part for path in entry["evidence"])
        assert f"[{entry['id']}](#{entry['id']})" in table
        assert entry["verdict"] in table and entry["section"] in table
    assert "- Paper: 30.01, 4.74\n" in first
    assert "- Paper:" not in second


def test_markdown_numbers_carry_their_uncertainty():
    text = ledger.to_markdown([ENTRY])
    lines = text.splitlines()
    legend = text.split("\n| claim |")[0]
    assert "| independent pixels | 31.25 |" in lines
    assert "± is a standard error" in legend and "95 % intervals" in legend
    assert "| product: at-0 | 30.69 (28.5 to 34.25) |" in lines
    assert "| product: at-0.10 | 8.9 ± 0.13 |" in lines
    assert "| product: at-0.35 | 1 ± 0 |" in lines  # rounding is no uncertainty
    assert "| x moved | 0.5 (at most 0.75) |" in lines
    assert "| one network | 0.4 |" in lines
    assert "| read as | 5 |" in lines
    assert "| p | 0.0001 |" in lines


def test_every_table_row_has_as_many_cells_as_its_head():
    for table in re.findall(r"(?:^\|.*\n)+", ledger.to_markdown(ENTRIES), re.M):
        assert len({row.count("|") for row in table.splitlines()}) == 1


def test_a_ledger_that_is_written_is_read_back(tmp_path):
    path = tmp_path / "claims.json"
    path.write_text(ledger.to_json(ENTRIES), encoding="utf-8")
    assert ledger.read(path) == ENTRIES


@pytest.mark.parametrize("bad", ["", "[", "{}", "3", "[1]", '["id"]', "[{}]", "\x00"])
def test_a_ledger_that_is_none_is_broken(tmp_path, bad):
    path = tmp_path / "claims.json"
    path.write_text(bad, encoding="utf-8")
    with pytest.raises(faults.Broken, match="expected a ledger of claims"):
        ledger.read(path)


def test_a_ledger_that_is_changed_is_broken(tmp_path):
    path = tmp_path / "claims.json"
    text = ledger.to_json(ENTRIES)
    changed = text.replace('"refuted"', '"true"'), text[:-1], text[:-9]
    for bad in (*map(str.encode, changed), b"\xff" + text.encode()):
        path.write_bytes(bad)
        with pytest.raises(faults.Broken):
            ledger.read(path)


def test_a_ledger_that_is_missing_is_told(tmp_path):
    with pytest.raises(OSError, match="expected a file, but it is not there"):
        ledger.read(tmp_path / "claims.json")


def test_the_ledger_begins_with_how_many_have_which_verdict():
    text = ledger.to_markdown([*ENTRIES, THEOREM])
    assert "\n3 claims.\n" in text
    assert (
        f"- **Of the paper** ({ledger.GROUPS['Of the paper']}): 1 reproduced, " in text
    )
    assert f"- **Theorems** ({ledger.GROUPS['Theorems']}): 1 refuted.\n" in text
    assert "**Ours**" not in text
    assert ". edge-fractions.\n" in text and ". ae-loss, product.\n" in text
    assert set(ledger.MEANINGS) == set(ledger.VERDICTS)


def test_a_claim_leads_to_its_figures_and_files():
    text = ledger.to_markdown([ENTRY])
    links = "[figure 5](figures/figure5.png), [some-study](figures/some-study.png)"
    assert f"- Look at: {links}\n" in text
    assert "[results/studies/other.h5](studies/other.h5)" in text


@pytest.mark.parametrize(
    "interval, threshold, decision",
    [
        ((0.6, 0.8), 0.5, True),
        ((0.1, 0.4), 0.5, False),
        ((0.4, 0.6), 0.5, None),
        ((0.5, 0.5), 0.5, False),
        ((np.nan, np.nan), 0.5, None),
        ((0.4, np.nan), 0.5, None),
    ],
)
def test_an_interval_that_spans_the_threshold_decides_nothing(
    interval, threshold, decision
):
    assert ledger.above(interval, threshold) is decision
    low, high = interval
    assert ledger.below((-high, -low), -threshold) is decision
    assert ledger.within(interval, threshold, np.inf) is decision


def test_decisions_are_combined_as_if_every_open_one_could_still_fall_either_way():
    outcomes = (True, False, None)
    for combine, plain in ((ledger.every, all), (ledger.some, any)):
        for chosen in itertools.product(outcomes, repeat=3):
            choices = [(True, False) if one is None else (one,) for one in chosen]
            possible = {plain(case) for case in itertools.product(*choices)}
            expected = possible.pop() if len(possible) == 1 else None
            assert combine(chosen) is expected
        assert combine([np.True_, np.False_]) is plain([True, False])
