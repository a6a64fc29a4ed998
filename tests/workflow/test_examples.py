"""The examples can be laid over the default configuration as they stand."""

import re
import shutil

import pytest

from sources import ROOT

EXAMPLES = {
    "scale.yaml": ["results/studies/transition/scale-0.44.h5"],
    "scale.yaml scale-tenth.yaml": ["results/ising/scale-0.44/shards/3-of-3.h5"],
    "all-digits.yaml": ["results/programme/all-digits/patterns.h5"],
    "own-folder.yaml": ["results/graphs/circles/top-0.01/stationary.h5"],
    "programme.yaml": ["results/programme/large-periodic/patterns.h5"],
    "spins-from-file.yaml": ["results/graphs/theirs/top-0.0191/stationary.h5"],
    "temperature-sweep.yaml": ["results/studies/transition/sweep-0.44.h5"],
    "studies.yaml": [
        "results/matrices/large/matrices.h5",
        "results/linear/fives-whole/training.h5",
    ],
}


#: Those that run in a minute or two as they stand, by the commands in their heads.
QUICK = ("all-digits", "own-folder", "spins-from-file", "temperature-sweep")


def test_every_example_is_looked_at():
    named = {name for names in EXAMPLES for name in names.split()}
    assert named == {path.name for path in (ROOT / "examples").glob("*.yaml")}


@pytest.mark.parametrize("names", EXAMPLES)
def test_an_example_is_valid_and_makes_its_files(place, names):
    place.configure((ROOT / "config.yaml").read_text("utf-8"))
    shutil.copytree(ROOT / "examples", place / "examples")
    files = [f"examples/{name}" for name in names.split()]
    text = "".join((place / file).read_text("utf-8") for file in files)
    for script, folder in re.findall(r"python (examples/\w+\.py) (\w+)", text):
        assert place.python(script, folder).returncode == 0
    run = place.snakemake("-n", "--configfile", *files)
    assert run.returncode == 0, run.stderr
    for made in EXAMPLES[names]:
        assert made in run.stdout


@pytest.mark.parametrize("name", QUICK)
def test_an_example_runs_as_it_stands(place, name):
    place.configure((ROOT / "config.yaml").read_text("utf-8"))
    shutil.copytree(ROOT / "examples", place / "examples")
    head = (place / f"examples/{name}.yaml").read_text("utf-8").partition("\n\n")[0]
    commands = re.sub(r"\\\n# *", "", head).replace("# ", "")
    for script, folder in re.findall(r"python (examples/\w+\.py) (\w+)", commands):
        assert place.python(script, folder).returncode == 0
    arguments = re.search(r"^ *snakemake (.*)$", commands, re.MULTILINE)[1].split()
    made = [path for path in arguments if path.startswith("results/")]
    pattern = re.search(r"(.*)\{(.*)\}(.*)", " ".join(made))
    if pattern:  # as a shell would
        made = [f"{pattern[1]}{part}{pattern[3]}" for part in pattern[2].split(",")]
    options = [text for text in arguments if not text.startswith("results/")]
    run = place.snakemake(*made, *options, "--config", "fallback=digits")
    assert run.returncode == 0, run.stderr
    assert all((place / path).stat().st_size > 10_000 for path in made)
