"""What a run says on the terminal, and what goes on when a job has failed."""

import json
import logging
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from snakemake_interface_logger_plugins.common import LogEvent

import products
import runlog

NAMES = [f"pictures/{number:04}.png" for number in range(4000)]
MADE = "results/graphs/half/weights.h5"


def record(message, level=logging.INFO, **more):
    """Make a record as Snakemake does."""
    made = logging.LogRecord("snakemake", level, "", 0, message, (), None)
    vars(made).update(more)
    return made


def job(event, **more):
    """Make the record of a job over 4,000 pictures."""
    told = {
        **{"jobid": 4, "rule_msg": None, "rule_name": "select_images", "local": True},
        **{"is_checkpoint": False, "benchmark": None, "wildcards": {"name": "mine"}},
        **{"priority": 0, "threads": 1, "resources": {}, "conda_env": None},
        **{"shellcmd": None, "aux": {}, "input": NAMES, "log": ["results/logs/a.log"]},
        "output": ["results/images/mine/images.h5"],
        "reason": f"Updated input files: {', '.join(NAMES)}",
    }
    return record("", event=event, **told | more)


def test_a_job_is_a_line_and_in_a_dry_run_its_reason_is_cut():
    line = runlog.Short(False, None, False).format(job(LogEvent.JOB_INFO))
    assert line == "select_images: results/images/mine/images.h5"
    text = runlog.Short(True, None, False).format(job(LogEvent.JOB_INFO))
    assert "0002.png, and 3,997 more\n" in text and "    output: results/" in text
    assert "reason: Updated input files: pictures/0000.png, " in text
    assert "... (76,019 characters)" in text and len(text) < 1000


def test_a_job_that_failed_is_told_with_its_log():
    text = runlog.Short(False, None, False).format(job(LogEvent.JOB_ERROR))
    assert text.startswith("Error in rule select_images:\n")
    assert "0002.png, and 3,997 more\n" in text and "None" not in text
    assert "    log: results/logs/a.log (check log file(s)" in text and len(text) < 500


@pytest.mark.parametrize(
    ("message", "more", "expected"),
    [
        ("Select jobs to execute...", {}, False),
        ("", {"event": LogEvent.WORKFLOW_STARTED}, False),
        ("Trying to restart job 4.", {}, True),
        ("", {"event": LogEvent.PROGRESS}, True),
        (None, {"event": LogEvent.PROGRESS}, True),
        ("{}returned non-zero exit status 1.", {"event": LogEvent.ERROR}, False),
        ("{}died with <Signals.SIGKILL: 9>.", {"event": LogEvent.ERROR}, True),
        ("{}returned non-zero exit status 137.", {"event": LogEvent.ERROR}, True),
    ],
)
def test_what_is_told_nowhere_else_is_shown(message, more, expected):
    if message:
        message = message.format(
            "RuleException:\nCalledProcessError in file 'a.smk', line 1:\nCommand 'x' "
        )
    assert runlog.shown(record(message, **more)) == expected


def test_what_was_not_tried_is_no_error_of_its_own(tmp_path):
    log = tmp_path / "a.log"
    log.write_text("run: 1\nnot tried: b.log says why\n")
    assert not runlog.shown(job(LogEvent.JOB_ERROR, log=[str(log)]))
    log.write_text("run: 1\nerror: a could not be had\n")
    assert runlog.shown(job(LogEvent.JOB_ERROR, log=[str(log)]))
    log.unlink()
    assert runlog.shown(job(LogEvent.JOB_ERROR, log=[str(log)]))


@pytest.mark.parametrize("full", [True, False])
def test_a_run_goes_on_after_an_error_unless_the_disk_is_full(monkeypatch, full):
    def look(folder):
        if full:
            raise OSError(f"{folder}: the disk is full")

    monkeypatch.setattr(runlog.faults, "check_writable", look)
    scheduler = SimpleNamespace(keepgoing=True)
    handler = runlog.StopAtDisk(SimpleNamespace(scheduler=scheduler))
    handler.emit(job(LogEvent.JOB_INFO))
    assert scheduler.keepgoing
    handler.emit(job(LogEvent.JOB_ERROR))
    assert scheduler.keepgoing != full


def test_what_was_made_is_told_in_a_few_lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    ledger = tmp_path / "results/claims.json"
    refuted = {"verdict": "refuted", "nature": "measurement"}
    ledger.write_text(json.dumps([refuted, refuted, refuted | {"nature": "theorem"}]))
    made = [f"results/figures/figure{number}.png" for number in range(1, 12)]
    made += ["results/figures/figure1.svg", "results/claims.json", "results/claims.md"]
    made += ["results/summary.html", "results/explorer-mine.html", MADE]
    made += [f"results/images/{name}/images.h5" for name in "abcd"]
    assert products.told(made) == [
        "Figures  results/figures/figure1.png to figure11.png (11), and as .svg",
        "Ledger   results/claims.md: 2 refuted; theorems: 1 refuted",
        "Summary  results/summary.html: all of it on one page; read this first",
        "Explorer results/explorer-mine.html: graphs and their walks, to play with",
    ]
    assert products.others(made) == [f"Files    {MADE}", "Files    results/images: 4"]
    assert products.told([MADE]) == []
    ledger.write_text("{")
    with pytest.raises(ValueError, match="expected a ledger; delete it and run again"):
        products.told(made)


def test_plain_snakemake_goes_on_after_an_error_and_says_what_it_made(place, config):
    (place / "pictures").mkdir()
    for number, name in enumerate(NAMES[:500]):
        size = (4, 4 + (number == 400))
        Image.fromarray(np.full(size, number % 255, np.uint8)).save(place / name)
    config["images"]["mine"] = {"source": "./pictures"}
    config["ising"]["cold"] = config["ising"]["half"] | {"beta": 10, "budget": 20}
    place.configure(config)
    targets = "results/images/mine/images.h5", "results/ising/cold/samples.h5", MADE
    run = place.python("-m", "snakemake", *targets)
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert (place / MADE).is_file()
    lines = run.stderr.splitlines()
    last = lines[lines.index("Made") :]
    assert f"Files    {MADE}" in last
    wrong = [line for line in last if line.startswith("What went wrong, in ")]
    assert len(wrong) == 2
    assert "sample_ising/cold.log: no exact samples within a budget of 20" in wrong[0]
    assert "mine.log: expected images of one size, got pictures/0000.png" in wrong[1]
    assert f"average_pairs: {MADE}" in lines and "2 of 4 steps (50%) done" in lines
    assert NAMES[499] not in run.stderr
    assert len(run.stderr) < 5000 and "RuleException" not in run.stderr
    (log,) = (place / ".snakemake/log").glob("*.log")
    text = log.read_text(encoding="utf-8")
    assert "    log: results/logs/average_pairs/half.log" in text
