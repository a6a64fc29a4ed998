"""Jobs that are executed in this process leave what the real command leaves."""

from inprocess import execute

from edits import rules


def test_the_same_bytes_and_nothing_left_to_do(rerun, finished):
    target = "results/graphs/fives/at-0/graph.h5"
    for path in (target, "results/graphs/fives/weights.h5"):
        (rerun / path).unlink()
    assert execute(rerun, target) == rules("average_pairs, sparsify_graph")
    assert rerun.sums() == finished.sums()
    run = rerun.snakemake("-n", target)
    assert run.returncode == 0, run.stderr
    assert "Nothing to be done" in run.stdout + run.stderr, run.stdout
