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
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import yaml

HERE = Path(__file__).resolve().parent
PYTEST = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly")
OUTCOMES = {0: "missed", 1: "caught"}  # by exit status; with others nothing was tested


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
    caught = sum(result["outcome"] == "caught" for result in results)
    print(f"{caught} of {len(results)} caught")
    return 0 if caught == len(results) else 1


def read(table, only=None, tests=None):
    """Read the faults, or some of them, with the tests of another file if given."""
    faults = yaml.safe_load(table.read_text(encoding="utf-8"))
    others = yaml.safe_load(tests.read_text(encoding="utf-8")) if tests else {}
    if unknown := {*(only or ()), *others} - {fault["id"] for fault in faults}:
        raise ValueError(f"{table}: no fault is called {', '.join(sorted(unknown))}")
    return [
        fault | {"tests": others.get(fault["id"], fault["tests"])}
        for fault in faults
        if not only or fault["id"] in only
    ]


def run_all(faults, folder, options):
    """Run the controls and then every fault, several at once; return the results."""
    slots = SimpleQueue()
    for number in range(options.jobs):
        slots.put(folder / str(number))

    def work(fault, timeout=options.timeout):
        slot = slots.get()
        try:
            result = run_one(fault, slot, options.root, timeout)
        finally:
            slots.put(slot)
        spent = f"{result['seconds']:.0f} s"
        print(f"{result['outcome']:8} {result['id']:56} {spent:>6}  {result['by']}")
        sys.stdout.flush()
        return result

    for control in [] if options.no_control else controls(faults):
        if work(control, timeout=None)["outcome"] != "missed":
            raise ValueError("the tests do not pass without a fault")
    with ThreadPoolExecutor(options.jobs) as pool:
        return list(pool.map(work, faults))


def controls(faults):
    """Make edits that change nothing, with the tests of all faults by their options."""
    paths = defaultdict(set)
    for fault in faults:
        options = tuple(a for a in fault["tests"] if not a.startswith("tests/"))
        paths[options] |= {*fault["tests"]} - {*options}
    return [
        {"id": "(no fault)", "file": "", "tests": [*sorted(named), *options]}
        for options, named in paths.items()
    ]


def run_one(fault, slot, root, timeout):
    """Apply a fault to a new copy of a repository, and run its tests there.

    The copies of a slot lie at the same place, one after the other, so that the cache
    of compiled kernels, which compares all that they are made of, can be used again.
    """
    for part in ("repository", "run"):
        shutil.rmtree(slot / part, ignore_errors=True)
        (slot / part).mkdir(parents=True)
    copy(root, slot / "repository")
    if fault["file"]:
        edit(slot / "repository", fault)
    began = time.monotonic()
    status, output = run_tests(fault["tests"], slot, timeout)
    failed = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", output, re.MULTILINE)
    outcome = OUTCOMES.get(status, "not run")
    last = (output.strip().splitlines() or [""])[-1]
    by = failed[0] if outcome == "caught" and failed else last
    told = {"id": fault["id"], "file": fault["file"], "outcome": outcome, "by": by}
    return told | {"seconds": time.monotonic() - began, "tests": fault["tests"]}


def copy(root, target):
    """Copy the tracked files of a repository."""
    command = ["git", "-C", root, "ls-files", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():  # else it is deleted
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)


def edit(root, fault):
    """Apply an edit, whose old text must stand exactly once in its file."""
    path = root / fault["file"]
    text = path.read_text(encoding="utf-8")
    if (count := text.count(fault["old"])) != 1:
        where = f"{fault['id']}: {fault['file']}"
        raise ValueError(f"{where}: expected the old text once, found {count} times")
    path.write_text(text.replace(fault["old"], fault["new"]), encoding="utf-8")


def run_tests(arguments, slot, timeout):
    """Run pytest to its end, or kill it after a time; return its status and output."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    mnist = str(HERE.parents[2] / "shared" / "data" / "mnist")
    variables |= {"PIXELWALK_MNIST": os.environ.get("PIXELWALK_MNIST", mnist)}
    variables |= {"CI": "true"}  # a test that would be skipped fails
    variables |= {"NUMBA_CACHE_DIR": str(slot / "compiled")}
    with subprocess.Popen(
        [sys.executable, *PYTEST, f"--basetemp={slot / 'run' / 'tmp'}", *arguments],
        cwd=slot / "repository",
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None, f"killed after {timeout:g} s"
        return process.returncode, output


if __name__ == "__main__":
    sys.exit(main())
