"""What is locked is pinned and consistent, and `make` says which Python it needs."""

import re
import subprocess
import sys

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from places import REPOSITORY

ENVS = REPOSITORY / "envs"
LOCKS = ["requirements.txt", "slurm.txt", "test.txt", "audit.txt"]
CONDA = sorted(path.name for path in ENVS.glob("*.yaml"))


def entries(name):
    """Every requirement of a lock, with all that stands on its logical line."""
    text = (ENVS / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def versions(name):
    """The version of every package that a lock pins, by its name."""
    pinned = {}
    for line in entries(name):
        requirement = Requirement(line.partition("--hash")[0].strip())
        (pin,) = requirement.specifier
        pinned[canonicalize_name(requirement.name)] = pin.version
    return pinned


def wanted(name):
    """What a source list asks for."""
    for line in (ENVS / name).read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line and not line.startswith("-r"):
            yield Requirement(line)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_every_line(lock):
    lines = entries(lock)
    assert len(lines) > 20
    for line in lines:
        requirement, *hashes = re.split(r"\s+--hash=", line)
        assert re.match(r"^[\w.\[\]-]+==[\w.+!]+( ; .+)?$", requirement), line
        assert hashes, requirement
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", total) for total in hashes)


def test_the_plugin_of_a_cluster_burdens_no_other_run():
    slow_to_import = {"pandas", "snakemake-executor-plugin-slurm"}
    run, slurm = map(versions, LOCKS[:2])
    assert slow_to_import <= set(slurm) and not slow_to_import & set(run)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock):
    text = (ENVS / lock).read_text(encoding="utf-8")
    for word in ("http", "://", " @ ", "file:"):
        assert word not in text
    assert not [line for line in entries(lock) if line.startswith("-")]


def test_the_locks_agree():
    run, slurm, test = map(versions, LOCKS[:3])
    assert run.items() <= slurm.items() <= test.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_its_list_asks_for(lock):
    pinned = versions(lock)
    for requirement in wanted(lock.replace(".txt", ".in")):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), str(requirement)


@pytest.mark.parametrize(
    "machine", [("x86_64", "linux"), ("aarch64", "linux"), ("arm64", "darwin")]
)
def test_a_lock_holds_it_for_every_machine(machine):
    place = dict(zip(("platform_machine", "sys_platform"), machine, strict=True))
    named = {canonicalize_name(r.name) for r in wanted("requirements.in")}
    found = [Requirement(x.partition("--hash")[0].strip()) for x in entries(LOCKS[0])]
    fitting = {
        canonicalize_name(requirement.name)
        for requirement in found
        if requirement.marker is None or requirement.marker.evaluate(place)
    }
    assert named <= fitting


@pytest.mark.parametrize("name", CONDA)
def test_a_conda_file_pins_the_same_versions(name):
    environment = yaml.safe_load((ENVS / name).read_text(encoding="utf-8"))
    (packages,) = (
        part["pip"] for part in environment["dependencies"] if isinstance(part, dict)
    )
    locked = versions(LOCKS[0])
    assert packages
    for package in packages:
        requirement = Requirement(package)
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        assert locked[canonicalize_name(requirement.name)] == pin.version
    (python,) = (p for p in environment["dependencies"] if str(p).startswith("python="))
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    (allowed,) = re.findall(r'requires-python = "(.*)"', project)
    assert Requirement(f"python{allowed}").specifier.contains(
        Version(python.removeprefix("python="))
    )


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ((2, 7, 18), False),
        ((3, 10, 14), False),
        ((3, 11, 0), True),
        ((3, 13, 9), True),
        ((3, 14, 0), False),
    ],
)
def test_make_says_in_one_line_that_python_does_not_fit(version, good):
    makefile = (
        (REPOSITORY / "Makefile").read_text(encoding="utf-8").replace("\\\n\t", "")
    )
    (program,) = re.findall(r"\$\(PYTHON\) -c '(import sys;.*?)'\n", makefile)
    stand_in = f"import sys; sys.version_info = {version}\n"
    run = subprocess.run(
        [sys.executable, "-c", stand_in + program], capture_output=True, text=True
    )
    assert run.stdout == ""
    if good:
        assert (run.returncode, run.stderr) == (0, "")
    else:
        assert run.returncode == 1
        assert run.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed, but ")
        assert f"is {version[0]}.{version[1]};" in run.stderr
        assert run.stderr.count("\n") == 1
