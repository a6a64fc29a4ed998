"""Progress: a line in the log for each tenth of the way, a bar on a terminal."""

import logging
import os
import pty

import pytest

from jobs import job
from pixelwalk.jobs import progress, stages

LOG = logging.getLogger("pixelwalk.ising")


def lines_of(told, caplog):
    with caplog.at_level(logging.INFO):
        told()
    return caplog.messages


@pytest.mark.parametrize("total", [10, 11, 37, 1000])
def test_a_line_for_each_tenth_and_the_last_at_the_end(total, caplog):
    def told():
        for done in range(1, total + 1):
            progress.report(LOG, done, total, "samples")

    lines = lines_of(told, caplog)
    assert len(lines) == progress.MOST_LINES
    assert lines[-1] == f"{total} of {total} samples"


def test_of_a_short_way_every_step_is_told(caplog):
    def told():
        for done in (1, 2, 3):
            progress.report(LOG, done, 3, "sizes")

    assert lines_of(told, caplog) == ["1 of 3 sizes", "2 of 3 sizes", "3 of 3 sizes"]


def test_long_steps_skip_no_tenth(caplog):
    def told():
        for done in (64, 128, 192, 200):
            progress.report(LOG, done, 200, "samples", step=64)

    assert len(lines_of(told, caplog)) == 4


def test_what_is_known_by_now_is_always_told(caplog):
    lines = lines_of(lambda: progress.report(LOG, 1, 200, "epochs", "loss 0.4"), caplog)
    assert lines == ["1 of 200 epochs: loss 0.4"]


def drawn(terminal, path):
    """Run a stage that tells of 40 samples, with a stream as its standard error."""
    kept = os.dup(2)
    os.dup2(terminal, 2)
    try:
        with stages.logged(job(path)):
            for done in range(1, 41):
                progress.report(LOG, done, 40, "samples")
    finally:
        os.dup2(kept, 2)
        os.close(kept)
    return path.read_text(encoding="utf-8")


def test_a_terminal_gets_a_bar_and_the_log_lines_without_control_characters(tmp_path):
    ours, theirs = pty.openpty()
    log = drawn(theirs, tmp_path / "stage.log")
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    os.close(theirs)
    assert "samples" in shown and "/40" in shown and "\r" in shown
    assert log.splitlines() == [f"{4 * tenth} of 40 samples" for tenth in range(1, 11)]


def test_what_is_no_terminal_gets_nothing(tmp_path):
    path = tmp_path / "stderr"
    with path.open("w+b") as file:
        log = drawn(file.fileno(), tmp_path / "stage.log")
    assert path.read_bytes() == b""
    assert log.count("\n") == 10 and log.isascii() and "\r" not in log


def test_a_bar_leaves_the_loggers_as_they_were(tmp_path):
    package = logging.getLogger("pixelwalk")
    before = package.level, list(package.handlers)
    ours, theirs = pty.openpty()
    drawn(theirs, tmp_path / "stage.log")
    os.close(ours)
    os.close(theirs)
    assert (package.level, package.handlers) == before
