"""What `make` runs: with no mirror it goes on with other data, and says so loudly."""

import json
import os
from collections import Counter
from types import SimpleNamespace

import h5py
import pytest
from inprocess import execute

import dag
import reproduce
from edits import rules
from places import over_mnist

REPRODUCE = "workflow/reproduce.py"
FIGURE = "results/figures/figure3.svg"
LEDGER = "results/claims.json"
OF_MNIST = ["edge-fractions"]


def look(place, run):
    """What a run said, and what there is after it."""
    return SimpleNamespace(
        run=run,
        lines=run.stdout.splitlines(),
        sums=place.sums(),
        ledger=json.loads((place / LEDGER).read_text(encoding="utf-8")),
        figure=(place / FIGURE).read_text(encoding="utf-8"),
    )


@pytest.fixture(scope="module")
def over(finished, tmp_path_factory):
    """Place that shall be about MNIST, after a run that was not."""
    place = finished.copy(tmp_path_factory.mktemp("mnist") / "place")
    place.configure(over_mnist())
    return place


@pytest.fixture(scope="module")
def without(over, mirror, dead):
    """A figure reproduced with no mirror that answers."""
    run = over.python(REPRODUCE, FIGURE, mirrors=[dead, mirror("missing")])
    assert run.returncode == 0, run.stderr
    return look(over, run)


@pytest.fixture(scope="module")
def plain(without, over, dead):
    """Then snakemake by itself, still with no mirror."""
    return look(over, over.snakemake(FIGURE, mirrors=[dead]))


@pytest.fixture(scope="module")
def reached(plain, over, mirror, dead):
    """Then reproduced with a mirror that answers."""
    run = over.python(REPRODUCE, FIGURE, mirrors=[dead, mirror("good")])
    assert run.returncode == 0, run.stderr
    return look(over, run)


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
    numbers = Counter((e["nature"], e["verdict"]) for e in without.ledger)
    for (_, verdict), count in numbers.items():  # theorems are counted apart
        assert f"{count} {verdict}" in before


def test_without_mnist_a_figure_is_labelled_digits(without, finished):
    made = without.sums.keys() - finished.sums().keys()
    assert sorted(made) == [
        "results/graphs/digits-fives/weights.h5",
        "results/images/digits-fives/images.h5",
    ]
    assert "scikit-learn" in without.figure


def test_without_mnist_everything_is_named_digits(over):
    workflow = dag.load(over, "--config", "fallback=digits")
    jobs = [job for job in workflow.dag.jobs if job.rule.name != "all"]
    assert not [job for job in jobs if job.rule.name == "fetch_mnist"]
    for section in ("images", "graphs"):
        top = f"results/{section}/"
        made = dag.outputs(workflow)
        names = {path.split("/")[2] for path in made if path.startswith(top)}
        names -= {"half", "standard", "periodic"}
        assert names and all(name.startswith("digits-") for name in names)
    (summary,) = (job.params for job in jobs if job.rule.name == "write_summary")
    assert summary.stand_ins == ["digits-fives", "digits-test", "digits-training"]
    assert summary.settings["fallback"] == "digits"


def test_snakemake_never_swaps_data(plain, without, dead, the_error):
    told = plain.run.stdout + plain.run.stderr
    assert "OTHER DATA" not in told
    line = the_error(plain.run)
    assert f"{dead}: " in line and "refused" in line
    assert "put the four official files in a folder" in line
    assert "source: digits" in line
    # Of two files that are needed, though a run goes on after errors.
    assert plain.run.stderr.count("Error in rule fetch_mnist") == 1
    assert plain.run.stderr.count("What went wrong") == 1
    assert plain.sums == without.sums


def test_with_a_mirror_mnist_is_used_again(reached, without, over):
    assert "OTHER DATA" not in reached.run.stdout
    assert "digits" not in reached.run.stdout
    assert "scikit-learn" not in reached.figure
    with h5py.File(over / "results/images/fives/images.h5") as file:
        assert json.loads(file.attrs["settings"])["dataset"] == "MNIST"
    kept = {p: s for p, s in without.sums.items() if "digits-" in p}
    assert kept and kept.items() <= reached.sums.items()
    (summary,) = (
        job.params
        for job in dag.load(over).dag.jobs
        if job.rule.name == "write_summary"
    )
    assert summary.stand_ins == [] and summary.settings["fallback"] == "none"


def test_the_report_is_of_the_last_run_and_a_further_run_does_nothing(
    reached, over, dead
):
    report = over / "results/report.html"
    stood = report.stat().st_mtime_ns
    assert stood >= (over / FIGURE).stat().st_mtime_ns
    assert report.stat().st_size > 100_000
    run = over.python(REPRODUCE, FIGURE, mirrors=[dead])
    assert run.returncode == 0
    assert "Nothing to be done" in run.stderr
    assert "OTHER DATA" not in run.stdout
    assert over.sums() == reached.sums
    assert report.stat().st_mtime_ns == stood


@pytest.mark.nightly
def test_the_whole_without_mnist_and_then_with_it(rerun, mirror, dead):
    rerun.configure(over_mnist())
    run = rerun.python(REPRODUCE, mirrors=[dead])
    assert run.returncode == 0, run.stderr
    assert "5 not measured" in run.stdout and "OTHER DATA" in run.stdout
    for entry in look(rerun, run).ledger:
        assert ("MNIST" in entry["note"]) == (entry["id"] in OF_MNIST)
    summary = (rerun / "results/summary.html").read_text(encoding="utf-8")
    top, _, rest = summary.partition('<section id="ledger">')
    assert "these results are not about MNIST" in top
    for name in ("digits-fives", "digits-test", "digits-training"):
        assert f"<code>{name}</code>" in top and f"\n  {name}:\n" in rest
    assert "\nfallback: digits\n" in rest

    run = rerun.python(REPRODUCE, mirrors=[mirror("good")])
    assert run.returncode == 0, run.stderr
    ledger = {entry["id"]: entry for entry in look(rerun, run).ledger}
    fractions = ledger["edge-fractions"]  # of fewer fives than the paper's
    assert fractions["verdict"] == "not measured" and "count: 200" in fractions["note"]
    for name in set(OF_MNIST) - {"edge-fractions"}:
        assert ledger[name]["verdict"] != "not measured" and ledger[name]["measured"]
    summary = (rerun / "results/summary.html").read_text(encoding="utf-8")
    assert "not about MNIST" not in summary and "\nfallback: none\n" in summary
    for number in (3, 4, 5):
        figure = (rerun / f"results/figures/figure{number}.svg").read_text("utf-8")
        assert "scikit-learn" not in figure


def test_a_mistake_is_not_taken_for_a_lack_of_mnist(place, config, dead):
    config["ising"]["half"]["beta"] = -1001
    place.configure(config)
    run = place.python(REPRODUCE, mirrors=[dead])
    assert run.returncode != 0
    assert "ising.half.beta: expected" in run.stderr
    assert run.stdout == "" and not (place / "results").exists()


@pytest.fixture
def in_process(tmp_path, monkeypatch):
    """Function that is `make` in an empty folder, where every run goes well."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reproduce, "snakemake", lambda *_: 0)
    return reproduce.main


@pytest.mark.parametrize(
    ("arguments", "text", "expected"),
    [
        (
            ["--configfile", "good.yaml", "bad.yaml"],
            "[" * 5000,
            "bad.yaml: expected a configuration, but it is too deep to be one",
        ),
        (
            ["-n", "--configfiles=bad.yaml", "--quiet"],
            None,
            "bad.yaml: cannot be read: No such file or directory",
        ),
        (
            ["results/claims.json", "--configfile", "bad.yaml", "--config", "seed=1"],
            "seed: 1\nising: {\n",
            "bad.yaml, line 3: expected YAML, but ",
        ),
    ],
)
def test_a_second_file_that_is_no_yaml_is_one_line(
    in_process, tmp_path, arguments, text, expected
):
    (tmp_path / "good.yaml").write_text("seed: 1\n")
    if text:
        (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(SystemExit) as stopped:
        in_process(arguments)
    line = str(stopped.value)
    assert line.startswith(f"error in the configuration: {expected}")
    assert "\n" not in line


@pytest.mark.parametrize("bad", ['[{"verdict": "reprod', '{"verdict": 1}', None])
def test_a_ledger_that_is_cut_off_is_one_line(in_process, tmp_path, bad):
    (tmp_path / "results").mkdir()
    if bad is None:
        os.mkfifo(tmp_path / LEDGER)
    else:
        (tmp_path / LEDGER).write_text(bad, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        in_process([])
    assert str(stopped.value) == (
        "error: results/claims.json: expected a ledger; delete it and run again"
    )


def test_a_ledger_that_is_cut_off_is_set_aside_and_written_again(
    rerun, finished, capfd
):
    page = "results/summary.html"
    text = rerun.own(LEDGER).read_text(encoding="utf-8")
    (rerun / LEDGER).write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(SystemExit):
        execute(rerun, page)
    told = capfd.readouterr().err.rstrip()
    assert "\nerror: results/claims.json: expected a ledger of claims" in told
    assert told.endswith("set aside as claims.json.broken; run again to make it anew")
    assert execute(rerun, page) == rules("write_ledger, write_summary")
    (rerun / f"{LEDGER}.broken").unlink()
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
