"""Apply small wrong edits, each to a copy of the repository, and see if tests fail.

`faults.yaml` holds the edits, each with the arguments of pytest that should notice it.
First these tests must all pass on a copy without an edit: else a failure says nothing.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
PYTEST = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly")
OUTCOMES = {0: "missed", 1: "caught"}  # with other exit statuses nothing was tested
LINE = "{outcome:8} {id:56} {seconds:5.0f} s  {by}"


def main(arguments=None):
    """Run all faults, or some, and print a table; return 0 if all are caught."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--only", nargs="+", metavar="ID", help="run only these faults")
    add("--faults", type=Path, default=HERE / "faults.yaml", help="another table")
    add("--root", type=Path, default=HERE.parents[1], help="another repository")
    add("--tests", type=Path, help="YAML or JSON: other arguments of pytest, by id")
    add("--jobs", type=int, default=1, help="how many at once")
    add("--timeout", type=float, default=900, help="seconds for the tests of a fault")
    add("--out", type=Path, help="where to write the results as JSON")
    add("--no-control", action="store_true", help="leave out the runs without an edit")
    options = parser.parse_args(arguments)
    try:
        faults = read(options.faults, options.only, options.tests)
        with tempfile.TemporaryDirectory(prefix="seeded-") as folder:
            results = run_all(faults, Path(folder), options)
    except (ValueError, OSError) as error:
        sys.exit(f"error: {error}")
    if options.out:
        options.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    left = [result["id"] for result in results if result["outcome"] != "caught"]
    print(f"{len(results)} faults; not caught: {', '.join(left) or 'none'}")
    return 1 if left else 0


def read(table, only=None, tests=None):
    """Read the faults, or some of them, with the tests of another file if given."""
    faults = yaml.safe_load(table.read_text(encoding="utf-8"))
    others = yaml.safe_load(tests.read_text(encoding="utf-8")) if tests else {}
    if unknown := {*(only or ()), *others} - {fault["id"] for fault in faults}:
        raise ValueError(f"no fault is called {', '.join(sorted(unknown))}")
    kept = [fault for fault in faults if not only or fault["id"] in only]
    return [one | {"tests": others.get(one["id"], one["tests"])} for one in kept]


def run_all(faults, folder, options):
    """Run the controls and then every fault, several at once; return the results."""
    for fault in faults:
        edited(options.root, fault)  # raises before any test is run

    def work(fault):
        slot = folder / threading.current_thread().name  # one for each that runs
        result = run_one(fault, slot, options)
        print(LINE.format_map(result), flush=True)
        return result

    with ThreadPoolExecutor(options.jobs) as pool:
        for result in pool.map(work, [] if options.no_control else controls(faults)):
            if result["outcome"] != "missed":
                raise ValueError("the tests do not pass without a fault")
        return list(pool.map(work, faults))


def controls(faults):
    """Make edits that change nothing, with the tests of all faults by their options."""
    paths = defaultdict(set)
    for fault in faults:
        options = tuple(a for a in fault["tests"] if not a.startswith("tests/"))
        paths[options] |= {*fault["tests"]} - {*options}
    lists = [[*sorted(named), *options] for options, named in paths.items()]
    return [{"id": "(no fault)", "file": "", "tests": tests} for tests in lists]


def run_one(fault, slot, options):
    """Apply a fault to a new copy of a repository, and run its tests there."""
    for part in ("repository", "run"):
        shutil.rmtree(slot / part, ignore_errors=True)
        (slot / part).mkdir(parents=True)
    copy(options.root, slot / "repository")
    timeout, began = None, time.monotonic()
    if fault["file"]:
        timeout, text = options.timeout, edited(options.root, fault)
        (slot / "repository" / fault["file"]).write_text(text, encoding="utf-8")
    status, output = run_tests(fault["tests"], slot, timeout)
    failed = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", output, re.MULTILINE)
    by = failed[:1] if status == 1 else output.strip().splitlines()[-1:]
    told = {"outcome": OUTCOMES.get(status, "not run"), "by": "".join(by)}
    return fault | told | {"seconds": round(time.monotonic() - began, 1)}


def copy(root, target):
    """Copy the tracked files of a repository."""
    command = ["git", "-C", str(root), "ls-files", "-z"]
    for name in subprocess.check_output(command, text=True).split("\0")[:-1]:
        if (root / name).is_file():  # else it is deleted
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)


def edited(root, fault):
    """Return the text of a file after an edit, whose old text must stand there once."""
    text = (root / fault["file"]).read_text(encoding="utf-8")
    if (count := text.count(fault["old"])) != 1:
        raise ValueError(f"{fault['id']}: expected its old text once, found {count}")
    return text.replace(fault["old"], fault["new"])


def run_tests(arguments, slot, timeout):
    """Run pytest to its end, or kill it after a time; return its status and output."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    variables = {"PIXELWALK_MNIST": str(HERE.parents[2] / "shared/data/mnist")}
    variables |= inherited | {"CI": "true"}  # a test that would be skipped fails
    variables |= {"NUMBA_CACHE_DIR": str(slot / "compiled")}  # for the next copy, too
    process = subprocess.Popen(
        [sys.executable, *PYTEST, f"--basetemp={slot / 'run' / 'tmp'}", *arguments],
        **{"cwd": slot / "repository", "env": variables, "start_new_session": True},
        **{"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True},
    )
    try:
        output, _ = process.communicate(timeout=timeout)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, f"killed after {timeout:g} s"


if __name__ == "__main__":
    sys.exit(main())
