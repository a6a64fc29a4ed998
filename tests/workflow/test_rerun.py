"""What a further run does: nothing, or what an edit reaches; always the same bytes."""

import re

import pytest
import yaml


def jobs(run):
    """How many jobs of each rule a dry run would do."""
    assert run.returncode == 0, run.stderr
    told = run.stdout + run.stderr
    if "Nothing to be done" in told:
        return {}
    table = re.search(r"^job +count\n[- ]+\n(.*?)^total", told, re.M | re.S)[1]
    return {rule: int(count) for rule, count in map(str.split, table.splitlines())}


def times(place, paths):
    return {path: (place / path).stat().st_mtime_ns for path in paths}


def test_a_second_run_does_nothing(rerun):
    before = times(rerun, rerun.files())
    run = rerun.snakemake("--cores", "2")
    assert run.returncode == 0
    assert "Nothing to be done" in run.stderr
    assert times(rerun, rerun.files()) == before


def test_an_ensemble_more_changes_no_other(rerun, config):
    before, sums = rerun.files(), rerun.sums()
    stood = times(rerun, before)
    config["ising"]["another"] = config["ising"]["half"] | {"beta": 0.3}
    # Before the others, should anything depend on the order.
    config["ising"] = dict(reversed(config["ising"].items()))
    rerun.configure(config)
    run = rerun.snakemake()
    assert run.returncode == 0, run.stderr
    assert set(rerun.files()) - set(before) == {
        "results/ising/another/samples.h5",
        "results/ising/another/diagnostics.h5",
        "results/logs/sample_ising/another.log",
        "results/benchmarks/sample_ising/another.tsv",
    }
    assert times(rerun, before) == stood
    assert {path: sums[path] for path in sums} == {
        path: total for path, total in rerun.sums().items() if path in sums
    }


def test_one_core_gives_the_bytes_of_two(finished, place):
    run = place.snakemake("--cores", "1")
    assert run.returncode == 0, run.stderr
    sums = place.sums()
    assert {path.rpartition(".")[2] for path in sums} == {
        *("h5", "keras", "svg", "png", "json", "md", "html")
    }
    assert sums == finished.sums()


@pytest.mark.parametrize(
    ("keys", "value", "reached", "spared"),
    [
        (
            ("graphs", "fives", "teleport"),
            0.02,
            {"walk_graph": 3, "draw_figure4": 1, "measure_likeness": 1},
            {"average_pairs", "sparsify_graph", "sample_ising", "train_autoencoder"},
        ),
        (
            ("ising", "standard", "beta"),
            0.4,
            {"sample_ising": 1, "average_pairs": 1, "train_autoencoder": 1},
            {"select_images", "draw_figure1", "draw_figure5", "measure_fractions"},
        ),
        (
            ("autoencoders", "half", "epochs"),
            3,
            {"train_autoencoder": 1, "draw_figure1": 1, "draw_figure2": 1},
            {"sample_ising", "average_pairs", "measure_recovery"},
        ),
        (
            ("paper", "permutations"),
            100,
            {"measure_locality": 2, "draw_figure2": 1, "write_ledger": 1},
            {"train_autoencoder", "draw_figure1"},
        ),
        (
            ("seed",),
            8,
            {"sample_ising": 2, "train_autoencoder": 2},
            set(),
        ),
    ],
)
def test_an_edit_of_the_configuration_reruns_what_it_reaches(
    finished, tmp_path, keys, value, reached, spared
):
    for key in reversed(keys):
        value = {key: value}
    # What --configfile names is merged into the configuration, as an edit would be.
    edits = tmp_path / "edits.yaml"
    edits.write_text(yaml.safe_dump(value), encoding="utf-8")
    found = jobs(finished.snakemake("-n", "--configfile", edits))
    assert reached.items() <= found.items()
    assert not spared & set(found)


def test_other_mirrors_rerun_nothing(finished, tmp_path):
    other = tmp_path / "mirrors.yaml"
    other.write_text("mnist: {mirrors: ['http://127.0.0.1:1/'], timeout: 9}\n")
    assert jobs(finished.snakemake("-n", "--configfile", other)) == {}
    assert jobs(finished.snakemake("-n", mirrors=["http://127.0.0.1:1/"])) == {}
