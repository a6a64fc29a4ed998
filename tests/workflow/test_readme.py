"""Every block of the README runs as it stands, or this module says why it cannot here.

A shell reads the blocks of commands. In place of `snakemake` stands a program that only
notes what it was given; the jobs are then executed in this process.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import chdir

import h5py
import numpy as np
import pytest
from inprocess import execute
from PIL import Image

import dag
from places import REPOSITORY, copy_workflow

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
BLOCKS = [re.sub(f"(?m)^{m[1]}", "", m[3]) for m in FENCE.finditer(README)]

#: First lines of those that cannot run in a test, and where their parts do.
NOT_RUN = {
    "git clone <this repository> pixelwalk && cd pixelwalk": (
        "a placeholder, and an installation from a package index; test_reproduce.py"
    ),
    "python3 -m venv .venv && . .venv/bin/activate": (
        "an installation from a package index, and all of the default run; .ci/run"
    ),
    "import pixelwalk": "tests/unit/test_api.py runs it",
    'configfile: "config.yaml"': "a Snakefile of its own; test_elsewhere.py runs it",
    'fives, _ = pixelwalk.load_images("digits", label=5)': "tests/unit/test_api.py",
    "PIXELWALK_MNIST_MIRRORS=http://127.0.0.1:8000/ make": (
        "a fixed port, and an installation; test_reproduce.py with another port"
    ),
    "make slurm": "an editor, and a cluster; test_slurm.py starts one",
    ".venv/bin/snakemake --profile profiles/slurm results/figures/transition": (
        "a cluster, and hours of it; test_slurm.py runs a tenth at night"
    ),
}

NOTE = f"""#!{sys.executable}
import json, sys
with open("commands.jsonl", "a") as file:
    print(json.dumps(sys.argv[1:]), file=file)
"""


def block(first):
    """Give the one block that begins so."""
    (found,) = (text for text in BLOCKS if text.startswith(first))
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """Place with the default configuration, the examples, and programs to be found."""
    place = copy_workflow(
        tmp_path_factory.mktemp("readme"), (REPOSITORY / "config.yaml").read_text()
    )
    shutil.copytree(REPOSITORY / "examples", place / "examples")
    programs = place / ".venv/bin"
    programs.mkdir(parents=True)
    (programs / "activate").write_text('PATH="$PWD/.venv/bin:$PATH"\n')
    python = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
    for name, text in {"python": python, "snakemake": NOTE}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    return place


def commands(place, text):
    """Let a shell run a block, and give what it gave to snakemake each time."""
    noted = place / "commands.jsonl"
    noted.unlink(missing_ok=True)
    subprocess.run(
        ["bash", "-euc", text],
        cwd=place.folder,
        env=place.environment()
        | {"PATH": f"{place / '.venv/bin'}:{os.environ['PATH']}"},
        check=True,
    )
    return [json.loads(line) for line in noted.read_text().splitlines()]


def run(place, text, **options):
    """Run a block: its commands, and the jobs of those that are snakemake's."""
    for arguments in commands(place, text):
        execute(place, *arguments, **options)
        targets = [word for word in arguments if word.startswith("results/")]
        assert targets and all((place / path).is_file() for path in targets)


RUN = {}


def runs(first):
    """Mark a function as the one that runs the block that begins so."""

    def remember(function):
        RUN[first] = function
        return function

    return remember


@runs(". .venv/bin/activate ")
@runs("python examples/simulate_spins.py spins")
def examples(place, text, mirrors):
    run(place, text)


@runs("images:\n  mine: {source: ./my-folder}")
def own_folder(place, text, mirrors):
    (place / "my-folder").mkdir()
    pictures = np.random.default_rng(1).integers(0, 256, (5, 6, 7), np.uint8)
    for number, picture in enumerate(pictures):
        Image.fromarray(picture).save(place / f"my-folder/{number}.png")
    (place / "my.yaml").write_text(text)
    (command,) = re.findall(r"`(snakemake [^`]*explorer-mine[^`]*)`", README)
    run(place, command)


@runs("ising:\n  cold: ")
def own_data(place, text, mirrors):
    (place / "my.yaml").write_text(text)
    (arguments,) = commands(place, block("snakemake --configfile my.yaml"))
    outputs = dag.outputs(dag.load(place, *arguments, mirrors=mirrors))
    mine = [
        path
        for path in sorted(outputs)
        if re.match(r"results/graphs/(cold|eights)/.*stationary\.h5", path)
    ]
    assert "results/graphs/cold/top-0.01/stationary.h5" in mine and len(mine) == 3
    execute(place, *mine, *arguments, mirrors=mirrors)
    log = (place / "results/logs/sample_ising/cold.log").read_text()
    assert log.startswith("warning: no exact samples within")
    with h5py.File(place / "results/ising/cold/diagnostics.h5") as file:
        assert abs(file["z"][0]) < 5 and max(file["r_hat"]) < 1.05


@runs("snakemake --configfile my.yaml")
def own_data_command(place, text, mirrors):
    assert commands(place, text) == [["--configfile", "my.yaml"]]


@runs("snakemake --cores 2 results/graphs/fives/at-0.10/graph.")
def exports(place, text, mirrors):
    run(place, text, mirrors=mirrors)


@runs("import h5py\n")
def spins(place, text, mirrors):
    execute(place, "results/ising/lattice-half/samples.h5")
    found = {}
    with chdir(place.folder):
        exec(text, found)
    assert found["spins"].shape == (200, 10, 10)
    assert Counter(np.unique(found["spins"]).tolist()) == {-1: 1, 1: 1}


@runs("import json\n")
def visits(place, text, mirrors):
    execute(place, "results/graphs/fives/at-0.10/stationary.h5", mirrors=mirrors)
    found = {}
    with chdir(place.folder):
        exec(text, found)
    assert found["visits"].shape == (28, 28)
    assert found["visits"].sum() == pytest.approx(1)


def test_every_block_is_run_or_it_is_said_why_not():
    known = [*RUN, *NOT_RUN]
    owners = [[first for first in known if text.startswith(first)] for text in BLOCKS]
    assert [len(found) for found in owners] == [1] * len(BLOCKS), owners
    assert len(BLOCKS) == len(known) == README.count("```") / 2


@pytest.mark.parametrize("first", RUN)
def test_a_block_runs_as_it_stands(checkout, mirror, first):
    RUN[first](checkout, block(first), [mirror("good")])
