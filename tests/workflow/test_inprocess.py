"""Jobs that are executed in this process leave what the real command leaves."""

import shutil

from inprocess import execute

from edits import rules


def test_the_same_bytes_and_nothing_left_to_do(rerun, finished):
    shutil.rmtree(rerun / "results/graphs/fives")
    (rerun / "results/images/fives/images.h5").unlink()
    targets = [path for path in finished.files("graphs/fives") if path[-3:] == ".h5"]
    done = execute(rerun, *targets)
    assert done == rules("select_images, average_pairs, sparsify_graph 3, walk_graph 3")
    assert rerun.sums() == finished.sums()
    run = rerun.snakemake("-n", *targets)
    assert run.returncode == 0 and "Nothing to be done" in run.stdout + run.stderr
