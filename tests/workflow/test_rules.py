"""What holds of every rule: asked of the workflow that Snakemake has loaded."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

import dag
from edits import scripts
from pixelwalk.jobs.fingerprint import WORKFLOW
from places import REPOSITORY, copy_workflow, small

CONDA = {path.name for path in (REPOSITORY / "envs").glob("*.yaml")}
SLURM = yaml.safe_load((REPOSITORY / "profiles/slurm/profile.yaml").read_text("utf-8"))
ALONE = {"sample_shard", "sparsify_pixels"}  # long jobs, a submission each


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    """The workflow over the small configuration, loaded."""
    return dag.load(copy_workflow(tmp_path_factory.mktemp("rules"), small()))


@pytest.fixture(scope="module")
def rules(workflow):
    """All rules by name, but for targets."""
    return {rule.name: rule for rule in workflow.rules if rule.script}


def test_every_script_has_a_rule_and_each_of_the_core_one_of_its_name(rules):
    paths = {rule: (folder_of(rule) / rule.script).resolve() for rule in rules.values()}
    assert {*paths.values()} == {*scripts(folder_of(rules["write_ledger"]).parent)}
    for rule, path in paths.items():
        assert not rule.shellcmd and not rule.notebook
        if path.parent.name == "scripts":
            assert path.stem == rule.name


def folder_of(rule):
    return Path(rule.basedir.get_path_or_uri(secret_free=True))


def test_a_rule_says_what_it_takes_and_where_it_logs(rules):
    for name, rule in rules.items():
        said = rule.ruleinfo
        assert {"mem_mb", "runtime"} <= set(said.resources[1]), f"{name}: resources"
        (log,) = said.log.paths
        assert re.fullmatch(rf"results/logs/{name}(/\{{\w+\}})*\.log", log), name
        benchmark = log.replace("logs", "benchmarks").replace(".log", ".tsv")
        assert said.benchmark.paths == benchmark, name
        assert Path(rule.conda_env).name in CONDA, name


def test_inputs_and_outputs_are_named(rules):
    for name, rule in rules.items():
        assert rule.output, f"{name}: no output"
        for item in (*rule.input._allitems(), *rule.output._allitems()):
            unpacked = "unpack" in getattr(item[1], "flags", {})
            assert item[0] or unpacked, f"{name}: {item[1]} has no name"


def test_what_the_report_shows_has_its_caption(rules):
    shown = {
        name: file.flags["report"].caption
        for name, rule in rules.items()
        for file in rule.output
        if "report" in file.flags
    }
    assert {"draw_figure1", "draw_graph", "write_summary"} <= set(shown)
    for name, caption in shown.items():
        assert (folder_of(rules[name]) / str(caption)).is_file()
        assert Path(str(caption)).stem == name.partition("_")[2]


@pytest.mark.parametrize("script", sorted(WORKFLOW.glob("scripts/*.py")), ids=str)
def test_a_script_knows_its_rule_by_names_alone(script):
    text = script.read_text(encoding="utf-8")
    assert not re.search(r"snakemake\.(input|output)\[", text)
    if script.stem != "fetch_mnist":  # a new list of mirrors must rerun nothing
        assert "snakemake.config" not in text


def test_a_job_asks_for_enough_and_for_more_when_tried_again(place):
    jobs = [job for job in dag.load(place).dag.jobs if job.rule.script]
    assert len(jobs) > 50
    for job in jobs:
        asked = []
        for job.attempt in (1, 2, 3):
            asked.append((job.resources.mem_mb, job.resources.runtime))
        (memory, time), *more = asked
        assert memory >= 500, f"{job}: Snakemake itself takes up to 300 MB of it"
        assert time >= 1, f"{job}: minutes"
        for attempt, (memory_then, time_then) in enumerate(more, start=2):
            assert memory_then == pytest.approx(attempt * memory, abs=attempt), job
            assert time_then == pytest.approx(attempt * time, abs=attempt), job


def test_memory_grows_with_what_is_to_be_held(place):
    place.configure((REPOSITORY / "config.yaml").read_text("utf-8"))
    shutil.copytree(REPOSITORY / "examples", place / "examples")
    figure = "results/figures/transition-critical.svg"
    large = dag.load(place, figure, "--configfile", "examples/scale.yaml").dag
    asked = [(job.rule.name, job.resources.mem_mb) for job in large.needrun_jobs()]
    assert len(asked) == 5 * (32 + 1 + 32 + 1 + 1) + 1
    assert dict(asked) == {
        # 1,000,000 samples of 4,096 bits are 0.512 GB, a matrix of weights 0.134 GB.
        "sample_shard": 700 + (4 * 512 + 90) // 32,
        "join_samples": 700 + 4 * 512 + 90,
        "sum_pairs": 700 + 7 * 134 + 4 * 512 // 32 + 1,
        "join_sums": 700 + 7 * 134 + 1,
        "measure_transition": 1500,
        "draw_transition": 500,
    }


def test_every_rule_has_its_way_to_the_cluster(workflow, rules):
    local = set(workflow._localrules) & set(rules)
    assert local == {"fetch_mnist"}  # a cluster's nodes may have no network
    groups = {n: r.ruleinfo.group for n, r in rules.items() if r.ruleinfo.group}
    assert set(rules) - set(groups) == local | ALONE
    assert set(groups.values()) == set(SLURM["group-components"])


def test_profiles_do_not_set_the_same_keys():
    text = (REPOSITORY / "profiles/default/profile.yaml").read_text("utf-8")
    default = yaml.safe_load(text)
    # Of a key in both the default one's value would count, so that ours would mislead.
    assert not set(default) & set(SLURM)
    turn = SLURM["default-resources"]["turn"]
    assert turn == default["resources"]["turn"] == 1
    assert SLURM["set-resource-scopes"]["turn"] == "local"
    assert (
        SLURM["retries"] >= 1 and SLURM["latency-wait"] >= 60
    )  # NFS may take that long


def test_a_default_run_is_at_most_a_dozen_submissions(place):
    place.configure((REPOSITORY / "config.yaml").read_text("utf-8"))
    run = place.snakemake("-n", "--profile", "profiles/slurm")
    assert run.returncode == 0, run.stderr
    assert "profiles/slurm and workflow specific profile profiles/default" in run.stderr
    groups = re.findall(r"Group job (\w+)", run.stdout)
    alone = set(re.findall(r"^(?:local)?rule (\w+):", run.stdout, re.M))
    assert {*groups} == set(SLURM["group-components"]) - {"sums"}
    assert alone <= {"all", "fetch_mnist"}
    assert len(groups) <= 12
