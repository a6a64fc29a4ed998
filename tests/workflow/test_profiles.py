"""What the profiles make of the rules, without a cluster."""

import re
import shutil

import pytest
import yaml

from sources import ROOT, RULES

SLURM = yaml.safe_load((ROOT / "profiles/slurm/profile.yaml").read_text("utf-8"))
LOCAL = {"all", "fetch_mnist"}
ALONE = {"sample_shard", "sparsify_pixels"}  # long jobs, a submission each


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_asks_for_enough_and_for_more_when_tried_again(rule):
    ((gigabytes, time),) = re.findall(
        r"mem_mb=memory_mb\(([\w.]+)\),\n +runtime=minutes\((\w+)\),\n", RULES[rule]
    )
    if not gigabytes.endswith("_gb"):
        assert float(gigabytes) >= 0.5, "Snakemake itself takes up to 0.3 GB of it"
    assert time.endswith("_minutes") or int(time) >= 1


def test_memory_grows_with_what_is_to_be_held(place):
    place.configure((ROOT / "config.yaml").read_text("utf-8"))
    shutil.copytree(ROOT / "examples", place / "examples")
    run = place.snakemake(
        *("-n", "results/figures/transition-critical.svg", "--configfile"),
        "examples/scale.yaml",
    )
    assert run.returncode == 0, run.stderr
    asked = re.findall(r"rule (\w+):.*?mem_mb=(\d+)", run.stdout, re.S)
    assert len(asked) == 5 * (32 + 1 + 32 + 1 + 1) + 1
    assert {rule: int(mb) for rule, mb in asked} == {
        # 1,000,000 samples of 4,096 bits are 0.512 GB, a matrix of weights 0.134 GB.
        "sample_shard": 700 + (4 * 512 + 90) // 32,
        "join_samples": 700 + 4 * 512 + 90,
        "sum_pairs": 700 + 7 * 134 + 4 * 512 // 32 + 1,
        "join_sums": 700 + 7 * 134 + 1,
        "measure_transition": 1500,
        "draw_transition": 500,
    }


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


def test_a_finished_file_may_take_as_long_to_show_as_on_nfs():
    # Its clients ask for a folder's new entries every 60 s at least (acdirmax).
    assert SLURM["latency-wait"] >= 60
