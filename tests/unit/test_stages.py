"""A stage logs to its file, and fails in one line."""

import errno
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobs import job
from pixelwalk.jobs import faults, stages


@pytest.fixture
def log_file(tmp_path):
    return tmp_path / "logs" / "sample_ising" / "cold.log"


def fail(log_file, error):
    """Let a stage fail; give the exit status and the log."""
    with pytest.raises(SystemExit) as stopped, stages.logged(job(log_file)):
        raise error
    return stopped.value.code, log_file.read_text(encoding="utf-8")


def test_messages_go_to_the_log_and_to_nowhere_else(log_file, capfd):
    with stages.logged(job(log_file)):
        logging.getLogger("pixelwalk.ising").info("10 of 20 samples")
        logging.getLogger("pixelwalk.ising").debug("unimportant")
        os.write(1, b"compiled code says this\n")
        os.write(2, b"and complains\n")
    os.write(2, b"after the stage\n")
    expected = "10 of 20 samples\ncompiled code says this\nand complains\n"
    assert log_file.read_text(encoding="utf-8") == expected
    assert capfd.readouterr() == ("", "after the stage\n")


def test_a_progress_bar_can_reach_the_old_standard_error(log_file, capfd):
    with stages.logged(job(log_file)) as terminal:
        terminal.write("50 %\n")
        assert not terminal.isatty()
    assert log_file.read_text(encoding="utf-8") == ""
    assert capfd.readouterr() == ("", "50 %\n")


def test_a_second_run_starts_a_new_log_and_the_first_gets_no_more(log_file, tmp_path):
    other = tmp_path / "other.log"
    for path, message in [(log_file, "old"), (log_file, "new"), (other, "later")]:
        with stages.logged(job(path)):
            logging.info(message)
    assert log_file.read_text(encoding="utf-8") == "new\n"
    assert other.read_text(encoding="utf-8") == "later\n"


@pytest.mark.parametrize("error", [ValueError, OSError, MemoryError, FileNotFoundError])
def test_an_expected_error_is_one_line_and_status_1(error, log_file, capfd):
    status, text = fail(log_file, error("expected a lattice,\n  got 3 apples"))
    assert status == 1
    line = "error: expected a lattice, got 3 apples\n"
    assert capfd.readouterr() == ("", line)
    # The log tells besides where it happened, and ends with the same line.
    before, end = text[: -len(line)], text[-len(line) :]
    assert end == line and "error: " not in before
    assert before.count("Traceback (most recent call last):\n") == 1
    assert "in fail\n    raise error\n" in before
    assert f"{error.__name__}: expected a lattice," in before


def test_an_error_without_words_is_named(log_file, capfd):
    fail(log_file, MemoryError())
    assert capfd.readouterr().err == "error: MemoryError\n"


def test_an_unexpected_error_has_its_traceback_in_the_log_alone(log_file, capfd):
    status, text = fail(log_file, KeyError("spins"))
    shown = capfd.readouterr().err
    assert status == 1
    assert "Traceback" in text and "KeyError: 'spins'" in text
    assert "Traceback" not in shown
    assert "KeyError" in shown and str(log_file) in shown


def test_an_unexpected_error_of_many_lines_is_one_line_too(log_file, capfd):
    fail(log_file, RuntimeError("the kernel failed:\n  line 1\n  line 2"))
    shown = capfd.readouterr().err
    assert shown.count("\n") == 1 and shown.endswith("\n")


@pytest.fixture
def full_log(log_file):
    """Log on a disk that has no room for a single byte."""
    log_file.parent.mkdir(parents=True)
    log_file.symlink_to("/dev/full")
    return log_file


def test_a_log_without_room_stops_no_stage(full_log, capfd):
    with stages.logged(job(full_log)):
        logging.getLogger("pixelwalk.ising").info("10 of 20 samples")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("error", [ValueError("got 3 apples"), KeyError("apples")])
def test_an_error_is_told_even_if_the_log_has_no_room(error, full_log, capfd):
    with pytest.raises(SystemExit) as stopped, stages.logged(job(full_log)):
        raise error
    out, shown = capfd.readouterr()
    assert stopped.value.code == 1 and out == ""
    assert shown.count("\n") == 1
    assert shown.startswith("error: ") and "apples" in shown


def test_a_log_that_cannot_be_made_is_one_line(tmp_path, capfd):
    (tmp_path / "logs").touch()
    log = tmp_path / "logs/a.log"
    with pytest.raises(SystemExit) as stopped, stages.logged(job(log)):
        raise AssertionError("begun without a log")
    assert stopped.value.code == 1
    assert capfd.readouterr().err.startswith("error: ")


def test_a_full_disk_is_told_with_what_to_do(log_file, capfd):
    fail(log_file, OSError(errno.ENOSPC, "No space left on device", "cache.nbi"))
    told = "error: cache.nbi: the disk is full; make room and run again\n"
    assert capfd.readouterr() == ("", told)


def test_a_broken_result_is_set_aside(log_file, tmp_path, capfd):
    broken = tmp_path / "weights.h5"
    broken.write_text("not what it was")
    fail(log_file, faults.Broken(broken, "expected a whole file"))
    aside = tmp_path / "weights.h5.broken"
    assert capfd.readouterr().err == (
        f"error: {broken}: expected a whole file; it is set aside as {aside.name}; "
        "run again to make it anew\n"
    )
    assert not broken.exists() and aside.read_text() == "not what it was"


def test_a_script_of_its_own(log_file):
    script = (
        "import sys\n"
        "from types import SimpleNamespace as Job\n"
        "from pixelwalk.jobs import stages\n"
        "with stages.logged(Job(log=sys.argv[1:], params={}, input={})):\n"
        "    print('printed')\n"
        "    print('warned', file=sys.stderr)\n"
        "    raise ValueError('expected 1, got 2')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, log_file],
        cwd=Path(stages.__file__).parents[2],
        capture_output=True,
        text=True,
    )
    line = "error: expected 1, got 2\n"
    assert (run.returncode, run.stdout, run.stderr) == (1, "", line)
    lines = log_file.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "error: expected 1, got 2"
    assert {"printed", "warned", "ValueError: expected 1, got 2"} < set(lines)
    assert lines.count("Traceback (most recent call last):") == 1
    assert lines.count("printed") == lines.count("warned") == 1


def test_an_interrupt_ends_with_its_status_and_a_line_in_the_log(log_file, capfd):
    with pytest.raises(SystemExit) as stopped, stages.logged(job(log_file)):
        raise KeyboardInterrupt
    assert stopped.value.code == 130
    assert log_file.read_text() == "interrupted\n"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("moment", ["_opened", "_redirected"])
def test_an_interrupt_while_the_log_is_opened_shows_no_traceback(
    moment, log_file, monkeypatch
):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(stages, moment, interrupted)
    with pytest.raises(SystemExit) as stopped, stages.logged(job(log_file)):
        pytest.fail("the body must not run")
    assert stopped.value.code == 130
