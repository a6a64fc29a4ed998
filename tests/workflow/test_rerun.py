"""What a further run does: nothing, or what is new; always the same bytes."""

import base64
import re

import pytest

from edits import code, jobs, rules, touch


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


@pytest.mark.parametrize("cores", ["1", "8"])
def test_any_number_of_cores_gives_the_bytes_of_two(finished, place, cores):
    wide = (
        ["average_pairs=8", "sample_ising=8"] if cores == "8" else ["average_pairs=1"]
    )
    run = place.snakemake("--cores", cores, "--set-threads", *wide)
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
    assert not jobs(rerun.snakemake("-n", "results/graphs/large/weights.h5"))


def test_what_is_made_the_same_again_still_reruns_what_follows(rerun, config):
    before = rerun.sums()
    code("walk.py")(rerun, config)
    of_the_walk = rules(
        "measure_likeness, measure_steps, solve_programme 2, measure_patterns 2, "
        "measure_fixed_points, draw_figure9, draw_figure10, draw_figure11, "
        "draw_explorer, write_ledger, write_summary"
    )
    followers = rules("draw_figure4, draw_figure5, read_digits, train_programme 2")
    remade = rules("walk_graph 6")
    assert jobs(rerun.snakemake("-n")) == remade + of_the_walk + followers
    # But not if it is made in a run of its own: then the same bytes count as the same.
    assert rerun.snakemake("--until", "walk_graph").returncode == 0
    assert jobs(rerun.snakemake("-n")) == of_the_walk
    assert rerun.snakemake().returncode == 0
    assert rerun.sums() == before
    assert not jobs(rerun.snakemake("-n"))


def test_any_number_of_shards_gives_the_same_bytes(rerun, config):
    for entry in [*config["ising"].values(), *config["graphs"].values()]:
        entry["shards"] = 7
    # More than the blocks of chains of one ensemble, and fewer than of the other.
    config["ising"]["half"]["training"] = 9 * 512 + 30
    single = {
        section: {
            name: entry | {"shards": 1} for name, entry in config[section].items()
        }
        for section in ("ising", "graphs")
    }
    targets = [
        "results/ising/half/diagnostics.h5",
        *(
            f"results/graphs/{name}/{graph['cuts'][0]}/stationary.h5"
            for name, graph in config["graphs"].items()
        ),
    ]
    made = []
    for sections in ({}, single):
        rerun.configure(config | sections)
        run = rerun.snakemake(*targets)
        assert run.returncode == 0, run.stderr
        ran = {"sample_ising", "average_pairs"} if sections else {"join_sums"}
        assert ran <= set(re.findall(r"rule (\w+):", run.stdout + run.stderr))
        sums = rerun.sums()
        made.append({path: sums[path] for path in sums if "/shards/" not in path})
    assert made[0] == made[1]
    kept = [path for path in rerun.sums() if "/shards/" in path]
    assert len(kept) == 7 * 7
