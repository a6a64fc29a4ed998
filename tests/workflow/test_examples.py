"""The examples can be laid over the default configuration as they stand."""

import re
import shutil

import pytest
import yaml

import dag
from places import REPOSITORY

EXAMPLES = sorted(path.name for path in (REPOSITORY / "examples").glob("*.yaml"))

#: Those that run in a minute or two as they stand, by the commands in their heads.
QUICK = ("all-digits", "own-folder", "spins-from-file", "temperature-sweep")

#: Sections of the configuration whose entries have folders of results.
SECTIONS = ("ising", "images", "graphs", "matrices", "linear", "programme")


@pytest.fixture
def beside(place):
    """A place with the default configuration and the examples."""
    place.configure((REPOSITORY / "config.yaml").read_text("utf-8"))
    shutil.copytree(REPOSITORY / "examples", place / "examples")
    return place


def head(place, name):
    """Give what stands above the settings of an example, with its lines joined."""
    text = (place / "examples" / name).read_text("utf-8").partition("\n\n")[0]
    return re.sub(r"\\\n# *", "", text).replace("# ", "")


def prepare(place, name):
    """Run the scripts that the head of an example names, and give its targets."""
    commands = head(place, name)
    for script, folder in re.findall(r"python (examples/\w+\.py) (\w+)", commands):
        assert place.python(script, folder).returncode == 0
    command = re.search(r"^ *snakemake .*", commands, re.MULTILINE)[0]
    assert f"--configfile examples/{name}" in command
    made = re.findall(r" (results/\S+)", command)
    pattern = re.search(r"(.*)\{(.*)\}(.*)", " ".join(made))
    if pattern:  # as a shell would
        made = [f"{pattern[1]}{part}{pattern[3]}" for part in pattern[2].split(",")]
    return made


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_valid_and_makes_its_files(beside, name):
    before = re.search(r"^On top of examples/(\S+\.yaml)", head(beside, name))
    names = [before[1], name] if before else [name]
    targets = prepare(beside, names[0])
    files = [f"examples/{one}" for one in names]
    outputs = dag.outputs(dag.load(beside, "all", *targets, "--configfile", *files))
    assert targets and set(targets) <= outputs
    settings = yaml.safe_load((beside / files[-1]).read_text("utf-8"))
    added = [
        f"results/{section}/{entry}/"
        for section in SECTIONS
        for entry in settings.get(section, ())
    ]
    assert added
    for folder in added:
        assert any(path.startswith(folder) for path in outputs), folder


@pytest.mark.nightly
@pytest.mark.parametrize("name", QUICK)
def test_an_example_runs_as_it_stands(beside, name):
    made = prepare(beside, f"{name}.yaml")
    options = ["--configfile", f"examples/{name}.yaml", "--config", "fallback=digits"]
    run = beside.snakemake(*made, *options)
    assert run.returncode == 0, run.stderr
    assert all((beside / path).stat().st_size > 10_000 for path in made)
