"""What `make` runs: with no mirror it goes on with other data, and says so loudly."""

import json
import os
from types import SimpleNamespace

import pytest

import reproduce

OF_MNIST = ["stationary-mean", "edge-fractions", "sparse-still-five", "step-invariance"]
REPRODUCE = "workflow/reproduce.py"


def look(place, run):
    """What a run said, and what there is after it."""
    ledger = json.loads((place / "results/claims.json").read_text(encoding="utf-8"))
    return SimpleNamespace(
        run=run,
        lines=run.stdout.splitlines(),
        ledger={entry["id"]: entry for entry in ledger},
        sums=place.sums(),
        summary=(place / "results/summary.html").read_text(encoding="utf-8"),
        figures={
            n: (place / f"results/figures/figure{n}.svg").read_text(encoding="utf-8")
            for n in range(1, 12)
        },
    )


@pytest.fixture(scope="module")
def without(before_mnist, mirror, dead):
    """Reproduced with no mirror that answers."""
    run = before_mnist.python(REPRODUCE, mirrors=[dead, mirror("missing")])
    assert run.returncode == 0, run.stderr
    return look(before_mnist, run)


@pytest.fixture(scope="module")
def plain(without, before_mnist, dead):
    """Then snakemake by itself, still with no mirror."""
    return look(before_mnist, before_mnist.snakemake("--cores", "2", mirrors=[dead]))


@pytest.fixture(scope="module")
def reached(plain, before_mnist, mirror, dead):
    """Then reproduced with a mirror that answers."""
    run = before_mnist.python(REPRODUCE, mirrors=[dead, mirror("good")])
    assert run.returncode == 0, run.stderr
    return look(before_mnist, run)


def test_without_mnist_the_last_lines_say_so_loudly(without, mirror, dead):
    assert "Traceback" not in without.run.stderr
    stars = [n for n, line in enumerate(without.lines) if set(line) == {"*"}]
    first, last = stars
    assert last == len(without.lines) - 1
    loud = "\n".join(without.lines[first:])
    assert "MNIST could not be had" in loud and "OTHER DATA" in loud
    assert "scikit-learn" in loud and "not measured" in loud
    assert f"{dead}: " in loud and f"{mirror('missing')}: answered 404" in loud
    assert "The next `make` tries MNIST again." in loud
    before = "\n" + "\n".join(without.lines[:first])
    for line in ("Figures  ", "Ledger   ", "Summary  ", "Report   ", "Done in "):
        assert f"\n{line}" in before
    assert "6 not measured" in before


def test_without_mnist_everything_is_named_and_labelled_digits(without):
    assert not [path for path in without.sums if path.startswith("results/mnist")]
    for section in ("images", "graphs"):
        top = f"results/{section}/"
        names = {p.split("/")[2] for p in without.sums if p.startswith(top)}
        names -= {"half", "standard", "periodic"}
        assert names and all(name.startswith("digits-") for name in names)
    for number in (3, 4, 5):
        assert "scikit-learn" in without.figures[number]


def test_without_mnist_the_summary_says_so_on_top(without):
    top, _, rest = without.summary.partition('<section id="ledger">')
    assert "these results are not about MNIST" in top
    for name in ("digits-fives", "digits-test", "digits-training"):
        assert f"<code>{name}</code>" in top and f"\n  {name}:\n" in rest
    assert "\nfallback: digits\n" in rest


def test_without_mnist_its_claims_are_not_measured(without):
    assert len(without.ledger) == 24
    # Of two others the lattices are too small and the steps too few.
    others = ["ae-loss", "deep-linear-product-circulant"]
    for name, entry in without.ledger.items():
        expected = name in OF_MNIST or name in others
        assert (entry["verdict"] == "not measured") == expected
        assert ("MNIST" in entry["note"]) == (name in OF_MNIST)


def test_snakemake_never_swaps_data(plain, without, dead):
    assert plain.run.returncode != 0
    told = plain.run.stdout + plain.run.stderr
    assert "Traceback" not in told and "OTHER DATA" not in told
    assert plain.sums == without.sums
    lines = plain.run.stderr.splitlines()
    errors = [line for line in lines if line.startswith("error: ")]
    for line in errors:
        assert f"{dead}: " in line and "refused" in line
        assert "put the four official files in a folder" in line
        assert "source: digits" in line


def test_snakemake_ends_with_one_clear_error(plain):
    lines = plain.run.stderr.splitlines()
    assert len([line for line in lines if line.startswith("error: ")]) == 1


def test_with_a_mirror_mnist_is_used_again(reached, without):
    assert "OTHER DATA" not in reached.run.stdout
    assert "digits" not in reached.run.stdout
    assert "not about MNIST" not in reached.summary
    assert "\nfallback: none\n" in reached.summary
    fractions = reached.ledger["edge-fractions"]  # of fewer fives than the paper's
    assert fractions["verdict"] == "not measured" and "count: 200" in fractions["note"]
    for name in set(OF_MNIST) - {"edge-fractions"}:
        assert reached.ledger[name]["verdict"] != "not measured"
        assert reached.ledger[name]["measured"]
    for number in (3, 4, 5):
        assert "scikit-learn" not in reached.figures[number]
    assert "results/images/fives/images.h5" in reached.sums
    kept = {p: s for p, s in without.sums.items() if "digits-" in p}
    assert kept and kept.items() <= reached.sums.items()


def test_the_report_is_of_the_last_run(reached, before_mnist):
    report = before_mnist / "results/report.html"
    ledger = before_mnist / "results/claims.json"
    assert report.stat().st_mtime >= ledger.stat().st_mtime
    assert report.stat().st_size > 100_000


def test_a_further_run_does_nothing(reached, before_mnist, dead):
    run = before_mnist.python(REPRODUCE, mirrors=[dead])
    assert run.returncode == 0
    assert "Nothing to be done" in run.stderr
    assert "OTHER DATA" not in run.stdout
    assert before_mnist.sums() == reached.sums


def test_a_mistake_is_not_taken_for_a_lack_of_mnist(place, config, dead):
    config["ising"]["half"]["beta"] = -1001
    place.configure(config)
    run = place.python(REPRODUCE, mirrors=[dead])
    assert run.returncode != 0
    assert "ising.half.beta: expected" in run.stderr
    assert run.stdout == "" and not (place / "results").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--configfile", "good.yaml", "bad.yaml"],
        ["-n", "--configfiles=bad.yaml", "--quiet"],
        ["results/claims.json", "--configfile", "bad.yaml", "--config", "seed=1"],
    ],
)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "bad.yaml: cannot be read: No such file or directory"),
        ("seed: 1\nising: {\n", "bad.yaml, line 3: expected YAML, but "),
        (
            "[" * 5000,
            "bad.yaml: expected a configuration, but it is too deep to be one",
        ),
    ],
)
def test_a_second_file_that_is_no_yaml_is_one_line(place, arguments, text, expected):
    (place / "good.yaml").write_text("seed: 1\n")
    if text:
        (place / "bad.yaml").write_text(text)
    run = place.python(REPRODUCE, *arguments)
    assert run.returncode == 1 and run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"error in the configuration: {expected}")


def test_a_ledger_that_is_cut_off_is_one_line(rerun, finished, the_error):
    ledger = rerun / "results/claims.json"
    text, stood = ledger.read_text(encoding="utf-8"), ledger.stat().st_mtime_ns
    for bad in (text[: len(text) // 2], '{"verdict": 1}'):
        ledger.write_text(bad, encoding="utf-8")
        os.utime(ledger, ns=(stood, stood))  # so that no stage reads it
        run = rerun.python(REPRODUCE)
        assert the_error(run) == (
            "error: results/claims.json: expected a ledger; delete it and run again"
        )
    ledger.write_text(bad, encoding="utf-8")
    told = the_error(rerun.python(REPRODUCE))
    assert told.startswith("error: results/claims.json: expected a ledger of claims")
    assert told.endswith("set aside as claims.json.broken; run again to make it anew")
    run = rerun.python(REPRODUCE)
    assert run.returncode == 0, run.stderr
    (rerun / "results/claims.json.broken").unlink()
    assert rerun.sums() == finished.sums()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["--config", "fallback=digits"]),
        (["-n"], ["-n", "--config", "fallback=digits"]),
        (["--config", "seed=1"], ["--config", "fallback=digits", "seed=1"]),
    ],
)
def test_the_fallback_joins_what_is_configured_already(given, expected):
    assert reproduce.with_fallback(given) == expected
