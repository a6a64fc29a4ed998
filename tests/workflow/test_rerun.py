"""What a further run does: nothing, or what is new; always the same bytes."""


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
