"""The runner of seeded faults tells caught, missed and not run from each other."""

import json
import subprocess

import pytest

from seeded import run

FAULT = {"file": "answer.py", "old": "40 + 2", "new": "40 - 2"}
CAUGHT = FAULT | {"id": "caught", "tests": ["tests/test_it.py"]}
MISSED = FAULT | {"id": "missed", "tests": ["tests/test_it.py", "-k", "other"]}
NO_TEST = FAULT | {"id": "no-test", "tests": ["tests/test_it.py", "-k", "nothing"]}
NO_FILE = FAULT | {"id": "no-file", "tests": ["tests/test_that.py"]}
# Of no use here, and slow to import.
PLUGINS = ("hypothesispytest", "pytest_cov", "xdist", "xdist.looponfail")


@pytest.fixture
def root(tmp_path):
    """Repository with one tracked module and two tests of it."""
    folder = tmp_path / "repository"
    (folder / "tests").mkdir(parents=True)
    (folder / "answer.py").write_text("ANSWER = 40 + 2\n")
    (folder / "tests/test_it.py").write_text(
        "import sys\nsys.path.insert(0, '.')\nfrom answer import ANSWER\n"
        "def test_answer():\n    assert ANSWER == 42\n"
        "def test_other():\n    assert ANSWER\n"
    )
    options = " ".join(f"-p no:{plugin}" for plugin in PLUGINS)
    (folder / "pytest.ini").write_text(f"[pytest]\naddopts = {options}\n")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", folder, *command], check=True)
    (folder / "conftest.py").write_text("raise ValueError('it is not tracked')\n")
    return folder


@pytest.fixture
def seeded(root, tmp_path):
    """Function that runs faults in the repository; gives the status and outcomes."""

    def start(*faults, options=("--no-control",)):
        table, out = tmp_path / "faults.json", tmp_path / "out.json"
        table.write_text(json.dumps(faults))
        paths = ["--root", str(root), "--faults", str(table), "--out", str(out)]
        status = run.main([*paths, *options])
        return status, {one["id"]: one for one in json.loads(out.read_text())}

    return start


def test_only_a_failing_test_counts_as_caught(seeded, root):
    status, results = seeded(CAUGHT, MISSED, NO_TEST, NO_FILE)
    outcomes = {name: result["outcome"] for name, result in results.items()}
    assert status == 1
    assert outcomes == {
        "caught": "caught",
        "missed": "missed",
        "no-test": "not run",
        "no-file": "not run",
    }
    assert results["caught"]["by"] == "tests/test_it.py::test_answer"
    assert (root / "answer.py").read_text() == "ANSWER = 40 + 2\n"


def test_all_are_caught_after_a_control_that_passes(seeded, capsys):
    status, _ = seeded(CAUGHT, MISSED, options=("--only", "caught"))
    assert status == 0
    assert "(no fault)" in capsys.readouterr().out


def test_a_control_that_fails_ends_the_run(seeded, root):
    (root / "answer.py").write_text("ANSWER = 40 + 2 - 1\n")
    with pytest.raises(SystemExit, match="error: the tests do not pass without a"):
        seeded(CAUGHT, options=())


def test_tests_that_take_too_long_are_no_catch(seeded, root):
    (root / "tests/test_it.py").write_text("import time\ntime.sleep(600)\n")
    _, results = seeded(CAUGHT, options=("--no-control", "--timeout", "1"))
    assert results["caught"]["outcome"] == "not run"
    assert results["caught"]["by"] == "killed after 1 s"


@pytest.mark.parametrize(("text", "count"), [("41", 0), ("40 + 2 or 40 + 2", 2)])
def test_an_edit_that_does_not_fit_is_one_line(seeded, root, text, count):
    (root / "answer.py").write_text(f"ANSWER = {text}\n")
    with pytest.raises(SystemExit) as ended:
        seeded(CAUGHT)
    expected = f"error: caught: expected its old text once, found {count}"
    assert str(ended.value) == expected


def test_an_unknown_id_is_one_line(seeded):
    with pytest.raises(SystemExit, match="no fault is called other"):
        seeded(CAUGHT, options=("--only", "other"))


def test_every_fault_of_the_table_changes_its_file():
    table = run.read(run.HERE / "faults.yaml")
    assert len({fault["id"] for fault in table}) == len(table) >= 44
    for fault in table:
        assert run.edited(run.HERE.parents[1], fault)
        named = [a for a in fault["tests"] if a.startswith(("tests/", "workflow/"))]
        paths = {run.HERE.parents[1] / a.partition("::")[0] for a in named}
        assert paths and all(path.exists() for path in paths), fault["id"]
