"""What the profiles make of the rules, without a cluster."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SLURM = yaml.safe_load((ROOT / "profiles/slurm/profile.yaml").read_text("utf-8"))
LOCAL = {"all", "fetch_mnist"}
ALONE = {"sample_shard", "sparsify_pixels"}  # long jobs, a submission each
RULES = {
    name: body
    for path in sorted((ROOT / "workflow/rules").glob("*.smk"))
    for name, body in re.findall(
        r"^rule (\w+):\n(.*?)(?=^\S|\Z)", path.read_text("utf-8"), re.M | re.S
    )
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_asks_for_enough_and_for_more_when_tried_again(rule):
    ((gigabytes, time),) = re.findall(
        r"mem_mb=memory_mb\(([\d.]+)\),\n +runtime=minutes\((\d+)\),\n", RULES[rule]
    )
    assert float(gigabytes) >= 0.5, "Snakemake itself takes up to 0.3 GB of it"
    assert int(time) >= 1


def test_every_rule_has_its_way_to_the_cluster():
    assert set(RULES) - set(SLURM["groups"]) <= LOCAL | ALONE
    assert not set(SLURM["groups"]) & (LOCAL | ALONE)
    assert set(SLURM["groups"].values()) == set(SLURM["group-components"])


def test_the_default_profile_still_holds(place):
    run = place.snakemake("-n", "--profile", "profiles/slurm")
    assert run.returncode == 0, run.stderr
    assert "profiles/slurm and workflow specific profile profiles/default" in run.stderr
    default = yaml.safe_load(
        (ROOT / "profiles/default/profile.yaml").read_text("utf-8")
    )
    # Of a key in both the default one's value would count, so that ours would mislead.
    assert not set(default) & set(SLURM)
    turn = SLURM["default-resources"]["turn"]
    assert turn == default["resources"]["turn"] == 1
    assert SLURM["set-resource-scopes"]["turn"] == "local"


def test_a_default_run_is_at_most_a_dozen_submissions(place):
    place.configure((ROOT / "config.yaml").read_text("utf-8"))
    run = place.snakemake("-n", "--profile", "profiles/slurm")
    assert run.returncode == 0, run.stderr
    groups = re.findall(r"Group job (\w+)", run.stdout)
    alone = set(re.findall(r"^(?:local)?rule (\w+):", run.stdout, re.M))
    assert {"images", "ising", "graphs", "networks", "studies", "figures"} == {*groups}
    assert alone <= LOCAL
    assert len(groups) <= 12
    print(f"{len(groups)} submissions:", *groups)
