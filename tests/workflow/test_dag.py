"""The DAG that tests build in their own process is the one that the command builds."""

import re
from collections import Counter

import pytest

import dag
from edits import body, delete, setting
from places import REPOSITORY


def counted(run):
    """Count the jobs of each rule in what a dry run printed."""
    assert run.returncode == 0, run.stderr
    if "Nothing to be done" in run.stdout + run.stderr:
        return Counter()
    table = re.search(r"^job +count\n[- ]+\n(.*?)^total", run.stdout, re.M | re.S)[1]
    rows = (line.split() for line in table.splitlines())
    return Counter({rule: int(count) for rule, count in rows if rule != "all"})


EDITS = {
    "nothing": lambda place, config: None,
    "code": body("graph/walk.py", "_solve"),
    "the configuration": setting("ising", "standard", "rows", to=5),
    "a deleted result": delete("results/graphs/fives/at-0.10/stationary.h5"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_jobs_are_those_of_the_real_command(rerun, config, edit):
    EDITS[edit](rerun, config)
    assert dag.needed(rerun) == counted(rerun.snakemake("-n"))


def test_targets_and_profiles_are_those_of_the_real_command(place):
    arguments = ["results/figures/figure3.svg", "--profile", "profiles/slurm"]
    seen = dag.needed(place, *arguments)
    assert seen and seen == counted(place.snakemake("-n", *arguments))


def test_an_edit_of_the_package_counts_and_leaves_no_trace(rerun, config):
    import pixelwalk.graph.walk

    ours = pixelwalk.graph.walk
    before = dag.needed(rerun)
    body("graph/walk.py", "_solve")(rerun, config)
    assert not before and dag.needed(rerun)["walk_graph"] == 6
    import pixelwalk.graph.walk

    assert pixelwalk.graph.walk is ours


def test_the_line_of_a_mistake_is_what_ends_it(place, config):
    config["seed"] = "many"
    place.configure(config)
    with pytest.raises(SystemExit) as ended:
        dag.load(place)
    (line,) = place.snakemake("-n").stderr.splitlines()[1:]
    assert line == str(ended.value)


def test_the_page_of_rules_names_every_rule_of_the_default_run(place):
    place.configure((REPOSITORY / "config.yaml").read_text(encoding="utf-8"))
    rules = {job.rule.name for job in dag.load(place).dag.jobs}
    page = (REPOSITORY / "docs/rules.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\tid\d+\[(\w+)\]$", page, re.M))
    assert named == rules, "`make docs/rules.md` renews it"
