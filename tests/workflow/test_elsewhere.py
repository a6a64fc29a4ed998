"""Started from another folder, or by another workflow; and what is asked for there."""

import os
import re

import numpy as np
import pytest
import yaml

import dag
from places import REPOSITORY, Place, copy_workflow, small

SPINS = {"source": "./own/spins.npy", "rows": 4, "columns": 4, "training": 60}
EDGES = {"lattice": "./own/edges.txt", "rows": 2, "columns": 1, "beta": 1}
PICTURES = {"source": "./own/set.npy"}


@pytest.fixture
def elsewhere(tmp_path):
    (tmp_path / "else where").mkdir()
    return Place(tmp_path / "else where")


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "pixelwalk").mkdir()
    return copy_workflow(tmp_path / "pixelwalk", small())


def test_a_snakefile_of_another_folder(checkout, elsewhere):
    here = dag.outputs(dag.load(checkout))
    assert dag.outputs(dag.load(elsewhere, "-s", checkout / "Snakefile")) == here
    assert dag.outputs(dag.load(checkout, "--directory", elsewhere.folder)) == here


def test_a_folder_with_a_configuration_of_its_own(checkout, elsewhere, config):
    config["graphs"]["new"] = config["graphs"]["fives"]
    elsewhere.configure(config)
    made = dag.outputs(dag.load(elsewhere, "-s", checkout / "Snakefile"))
    assert "results/graphs/new/at-0/stationary.h5" in made


def example():
    """Read from the README how another workflow takes this one for a module."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    block = r"```python\n(configfile:.*?module pixelwalk:.*?)```"
    return re.search(block, text, re.S)[1]


@pytest.fixture
def module(checkout, elsewhere, config):
    """Place of another workflow with the README's module, over files of its own."""
    config["ising"] |= {"mine": SPINS, "pair": EDGES | {"training": 60}}
    config["images"]["mine"] = PICTURES
    (elsewhere / "own").mkdir()
    np.save(elsewhere / "own/spins.npy", np.ones((60, 4, 4), np.int8))
    np.save(elsewhere / "own/set.npy", np.ones((9, 4, 4), np.uint8))
    (elsewhere / "own/edges.txt").write_text("0 1\n")
    elsewhere.configure({"pixelwalk": config, "of another": "workflow"})
    (elsewhere / "Snakefile").write_text(example())
    (elsewhere / "pixelwalk").symlink_to(checkout.folder)
    return elsewhere


def test_a_module_of_another_workflow(module):
    files = {
        str(path): set(map(str, job.input))
        for job in dag.load(module, "pixelwalk_all").dag.jobs
        for path in job.output
    }
    assert all(path.startswith("walks/results/") for path in files)
    # What is made has the prefix; the files of one's own are found without.
    for made in ("ising/mine/samples", "ising/pair/samples", "images/mine/images"):
        assert files[f"walks/results/{made}.h5"] == set()
    fives = files["walks/results/graphs/fives/weights.h5"]
    assert fives == {"walks/results/images/fives/images.h5"}


def test_a_job_of_the_module_finds_the_package(module):
    target = "walks/results/ising/mine/samples.h5"
    ended = module.snakemake("--cores", "1", target)
    assert ended.returncode == 0, ended.stderr
    assert (module / target).is_file()
    assert "localrules" not in ended.stderr


@pytest.mark.parametrize(
    ("target", "said"),
    {
        "graphs/nope/weights.h5": "no graph 'nope'; there are fives, half, periodic",
        "figures/graph-nope.svg": "no graph 'nope'; there are fives",
        "explorer-nope.html": "no graph 'nope'; there are fives",
        "ising/nope/samples.h5": "no ensemble 'nope'; there are half",
        "ising/nope/recovery.h5": "no ensemble 'nope'; there are half",
        "images/nope/images.h5": "no image set 'nope'; there are fives",
        "figures/transition-nope.png": "no transition 'nope'; there is none",
    }.items(),
)
def test_a_target_of_no_entry(checkout, target, said):
    with pytest.raises(SystemExit) as stopped:
        dag.load(checkout, f"results/{target}")
    assert str(stopped.value).startswith(f"error: results/{target}: {said}")


def test_a_checkout_in_any_folder(tmp_path):
    name = os.fsdecode(b"<results> $HOME 'q' \"d\" %s #;& \xff")
    (tmp_path / name).mkdir()
    place = copy_workflow(tmp_path / name, small())
    target = "results/images/fives/images.h5"
    ended = place.snakemake("--cores", "1", target)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert (place / target).is_file()


def test_a_checkout_in_a_folder_with_braces_is_told(tmp_path):
    (tmp_path / "a {b}").mkdir()
    place = copy_workflow(tmp_path / "a {b}", small())
    with pytest.raises(SystemExit) as stopped:
        dag.load(place)
    assert str(stopped.value) == (
        f"error: {place.folder}: expected a folder without {{}}, which Snakemake takes "
        "for wildcards; rename it"
    )


def test_a_configuration_of_another_program_is_told(checkout, elsewhere):
    elsewhere.configure(yaml.safe_dump({"samples": "units.tsv"}))
    with pytest.raises(SystemExit) as stopped:
        dag.load(elsewhere, "-s", checkout / "Snakefile")
    assert "unknown key 'samples' in config.yaml; known are seed" in str(stopped.value)
