"""What a further run does: nothing, or what is new; always the same bytes."""

import base64
import re

import pytest

import dag
from edits import code, rules, touch


def times(place, paths):
    return {path: (place / path).stat().st_mtime_ns for path in paths}


def test_a_second_run_does_nothing(rerun):
    before = times(rerun, rerun.files())
    run = rerun.snakemake("--cores", "2")
    assert run.returncode == 0
    assert "Nothing to be done" in run.stderr
    assert times(rerun, rerun.files()) == before


def test_a_file_that_a_killed_job_had_begun_is_made_again(rerun):
    path = "results/ising/half/samples.h5"
    begun = rerun / ".snakemake/incomplete"
    begun.mkdir(exist_ok=True)
    # As Snakemake marks what a job under way makes.
    (begun / base64.urlsafe_b64encode(path.encode()).decode()).write_text("{}")
    run = rerun.snakemake("-n", path)
    assert run.returncode == 0, run.stderr
    assert "rule sample_ising:" in run.stdout


def test_an_ensemble_more_changes_no_other(rerun, config):
    before, sums = rerun.files(), rerun.sums()
    stood = times(rerun, before)
    config["ising"]["another"] = config["ising"]["half"] | {"beta": 0.3}
    # Before the others, should anything depend on the order.
    config["ising"] = dict(reversed(config["ising"].items()))
    rerun.configure(config)
    run = rerun.snakemake()
    assert run.returncode == 0, run.stderr
    # The summary shows the configuration.
    of_summary = {path for path in before if "summary" in path}
    before = [path for path in before if path not in of_summary]
    stood = {path: stood[path] for path in before}
    sums = {path: sums[path] for path in sums if path not in of_summary}
    assert set(rerun.files()) - {*before, *of_summary} == {
        "results/ising/another/samples.h5",
        "results/ising/another/diagnostics.h5",
        "results/logs/sample_ising/another.log",
        "results/benchmarks/sample_ising/another.tsv",
    }
    assert times(rerun, before) == stood
    assert {path: sums[path] for path in sums} == {
        path: total for path, total in rerun.sums().items() if path in sums
    }


@pytest.mark.parametrize("cores", [pytest.param(1, marks=pytest.mark.nightly), 8])
def test_any_number_of_cores_gives_the_bytes_of_two(finished, place, cores):
    threads = [f"{rule}={cores}" for rule in ("average_pairs", "sample_ising")]
    run = place.snakemake("--cores", cores, "--set-threads", *threads)
    assert run.returncode == 0, run.stderr
    sums = place.sums()
    assert {path.rpartition(".")[2] for path in sums} == {
        *("h5", "keras", "svg", "png", "csv", "json", "md", "html")
    }
    assert sums == finished.sums()


def test_a_large_file_that_is_touched_reruns_nothing(rerun, config):
    # Snakemake compares files of more than 1 MB by their time, unless told otherwise.
    large = {"rows": 64, "columns": 64, "beta": 0, "training": 5000}
    config["ising"]["large"] = large
    config["graphs"]["large"] = {"ising": "large", "kind": "same-state"}
    rerun.configure(config)
    assert rerun.snakemake("results/graphs/large/weights.h5").returncode == 0
    samples = rerun / "results/ising/large/samples.h5"
    assert samples.stat().st_size > 2 * 10**6
    touch(samples)(rerun, config)
    assert not dag.needed(rerun, "results/graphs/large/weights.h5")


def test_what_is_made_the_same_again_still_reruns_what_follows(rerun, config):
    before = rerun.sums()
    code("graph/walk.py")(rerun, config)
    figures = [f"results/figures/figure{number}.svg" for number in (4, 5)]
    followers = rules("draw_figure4, draw_figure5")
    assert dag.needed(rerun, *figures) == rules("walk_graph 3") + followers
    # But not if it is made in a run of its own: then the same bytes count as the same.
    run = rerun.snakemake("--until", "walk_graph", "--", *figures)
    assert run.returncode == 0, run.stderr
    assert rerun.sums() == before
    assert not dag.needed(rerun, *figures)


def test_any_number_of_shards_gives_the_same_bytes(rerun, config):
    names = {"ising": ["half", "standard"], "graphs": ["half", "fives"]}
    entries = [config[section][name] for section in names for name in names[section]]
    # More than the blocks of chains of one ensemble, and fewer than of the other.
    config["ising"]["half"]["training"] = 4 * 512 + 30
    targets = [
        *(f"results/ising/{name}/diagnostics.h5" for name in names["ising"]),
        *(f"results/graphs/{name}/at-0/stationary.h5" for name in names["graphs"]),
    ]
    made = []
    for shards in (3, 1):
        for entry in entries:
            entry["shards"] = shards
        rerun.configure(config)
        run = rerun.snakemake(*targets)
        assert run.returncode == 0, run.stderr
        ran = (
            {"join_sums", "join_samples"}
            if shards > 1
            else {"sample_ising", "average_pairs"}
        )
        assert ran <= set(re.findall(r"(?m)^(\w+): results/", run.stderr))
        sums = rerun.sums()
        made.append({path: sums[path] for path in sums if "/shards/" not in path})
    assert made[0] == made[1]
    assert len([path for path in sums if "/shards/" in path]) == 3 * len(entries)
