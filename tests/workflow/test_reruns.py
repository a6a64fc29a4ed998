"""What an edit reruns: what it reaches, and nothing else. A table, a row for each edit.

`pytest tests/workflow/test_reruns.py -rP` prints the table.
"""

from collections import Counter

import pytest

from edits import (
    PACKAGE,
    code,
    delete,
    jobs,
    more,
    rules,
    setting,
    spoil_benchmarks,
    swapped,
    text,
    touch,
    touch_all,
    transition,
    turned_round,
)

# Everything that the small configuration makes, by rule.
ALL = Counter(
    sample_ising=2,
    solve_ising=2,
    select_images=3,
    average_pairs=3,
    sparsify_graph=5,
    walk_graph=5,
    train_autoencoder=2,
    measure_locality=2,
    measure_recovery=2,
    measure_likeness=1,
    measure_fractions=1,
    read_digits=1,
    measure_steps=1,
    write_ledger=1,
    draw_figure1=1,
    draw_figure2=1,
    draw_figure3=1,
    draw_figure4=1,
    draw_figure5=1,
)


# What follows when every cut of the digit's graph, or both networks, are made anew.
AFTER_WALKS = rules(
    "draw_figure4, draw_figure5, measure_likeness, read_digits, measure_steps, "
    "write_ledger"
)
AFTER_NETWORKS = rules("measure_locality 2, draw_figure1, draw_figure2, write_ledger")


NOTHING = Counter()
TABLE = {
    # The configuration.
    "the seed": (setting("seed", to=8), ALL - rules("solve_ising 2")),
    "other mirrors": (setting("mnist", "mirrors", to=["http://127.0.0.1:1/"]), NOTHING),
    "a timeout": (setting("mnist", "timeout", to=9), NOTHING),
    "mappings in another order": (turned_round, NOTHING),
    "an ensemble's temperature": (
        setting("ising", "standard", "beta", to=0.4),
        rules(
            "sample_ising, solve_ising, average_pairs, sparsify_graph, walk_graph, "
            "train_autoencoder, measure_locality, measure_recovery, draw_figure3, "
            "write_ledger"
        ),
    ),
    "an ensemble's size": (
        setting("ising", "standard", "training", to=80),
        rules(
            "sample_ising, average_pairs, sparsify_graph, walk_graph, "
            "train_autoencoder, measure_locality, measure_recovery, draw_figure3, "
            "write_ledger"
        ),
    ),
    "sweeps, which exact samples do not use": (
        setting("ising", "standard", "sweeps", to=30),
        NOTHING,
    ),
    "an ensemble in shards": (
        setting("ising", "standard", "shards", to=3),
        rules(
            "sample_shard 3, join_samples, average_pairs, sparsify_graph, walk_graph, "
            "train_autoencoder, measure_locality, measure_recovery, draw_figure3, "
            "write_ledger"
        ),
    ),
    "a graph in shards": (
        setting("graphs", "fives", "shards", to=2),
        AFTER_WALKS
        + rules("sum_pairs 2, join_sums, sparsify_graph 3, walk_graph 3, draw_figure3"),
    ),
    "a transition": (
        transition,
        rules(
            "sample_shard 4, join_samples 2, sum_pairs 6, join_sums 2, "
            "sparsify_graph 2, walk_graph 2, measure_transition 2, draw_transition"
        ),
    ),
    "another ensemble": (
        setting(
            "ising", "another", to={"rows": 3, "columns": 3, "beta": 0.3, "training": 5}
        ),
        rules("sample_ising"),
    ),
    "another graph": (
        setting(
            "graphs",
            "another",
            to={"ising": "half", "kind": "product", "cuts": ["at-0", "knn-2"]},
        ),
        rules("average_pairs, sparsify_graph 2, walk_graph 2"),
    ),
    "another network": (
        setting("autoencoders", "another", to={"ising": "half", "epochs": 1}),
        rules("train_autoencoder"),
    ),
    "another image set": (
        setting("images", "sevens", to={"source": "digits", "label": 7}),
        rules("select_images"),
    ),
    "how many images of the digit": (
        setting("images", "fives", "count", to=30),
        AFTER_WALKS
        + rules(
            "select_images, average_pairs, sparsify_graph 3, walk_graph 3, "
            "draw_figure3, measure_fractions"
        ),
    ),
    "the images to test on": (
        setting("images", "test", "count", to=50),
        rules("select_images, read_digits, measure_steps, write_ledger"),
    ),
    "the kind of weight": (
        setting("graphs", "fives", "kind", to="product"),
        AFTER_WALKS
        + rules("average_pairs, sparsify_graph 3, walk_graph 3, draw_figure3"),
    ),
    "the teleport": (
        setting("graphs", "fives", "teleport", to=0.02),
        AFTER_WALKS + rules("walk_graph 3"),
    ),
    "a cut more": (
        setting("graphs", "fives", "cuts", to=lambda cuts: [*cuts, "knn-5"]),
        rules("sparsify_graph, walk_graph, draw_figure5, read_digits, write_ledger"),
    ),
    "the order of cuts": (
        setting("graphs", "fives", "cuts", to=lambda cuts: [cuts[0], cuts[2], cuts[1]]),
        rules("draw_figure5, read_digits, write_ledger"),
    ),
    "a network's epochs": (
        setting("autoencoders", "half", "epochs", to=3),
        AFTER_NETWORKS - rules("measure_locality") + rules("train_autoencoder"),
    ),
    "two numbers of a network swapped": (
        swapped,
        AFTER_NETWORKS - rules("measure_locality") + rules("train_autoencoder"),
    ),
    "permutations": (
        setting("paper", "permutations", to=100),
        rules("measure_locality 2, draw_figure2, write_ledger"),
    ),
    "random choices": (
        setting("paper", "choices", to=21),
        rules("measure_likeness, measure_fractions, write_ledger"),
    ),
    "sizes of the recovery": (
        setting("paper", "recovery", "sizes", to=[20, 40]),
        rules("measure_recovery 2, write_ledger"),
    ),
    # The package.
    "a comment in the package": (more(f"{PACKAGE}/walk.py", "# A comment."), NOTHING),
    "a docstring in the package": (
        text(f"{PACKAGE}/storage/hdf5.py", '"""', '"""Another beginning. '),
        NOTHING,
    ),
    "code of the storage": (code("storage/hdf5.py"), ALL),
    "code of the sampler": (
        code("ising/heatbath.py"),
        ALL
        - rules("select_images 3, measure_fractions, measure_likeness, measure_steps")
        - rules("read_digits, draw_figure4, draw_figure5")
        - rules("average_pairs, sparsify_graph 3, walk_graph 3"),
    ),
    "code of the exact reference": (
        code("theory/transfer.py"),
        ALL
        - rules("select_images 3, measure_fractions, measure_likeness, measure_steps")
        - rules("read_digits, draw_figure4, draw_figure5")
        - rules("average_pairs, sparsify_graph 3, walk_graph 3"),
    ),
    "code of the popcount": (
        code("pairs/kernels.py"),
        AFTER_WALKS
        + rules("average_pairs 3, sparsify_graph 5, walk_graph 5, draw_figure3")
        + rules("measure_fractions, measure_recovery 2"),
    ),
    "code of the cuts": (
        code("graph/cuts.py"),
        AFTER_WALKS + rules("sparsify_graph 5, walk_graph 5, measure_fractions"),
    ),
    "code of large graphs, of which there is none": (code("graph/strips.py"), NOTHING),
    "code of the walk": (code("walk.py"), AFTER_WALKS + rules("walk_graph 5")),
    "code of the network": (
        code("networks/autoencoder.py"),
        AFTER_NETWORKS + rules("train_autoencoder 2"),
    ),
    "code of downloads": (
        code("mnist.py"),
        ALL
        - rules("sample_ising 2, solve_ising 2, train_autoencoder 2, draw_figure1")
        - rules("measure_locality 2, measure_recovery 2, draw_figure2")
        - rules("average_pairs 2, sparsify_graph 2, walk_graph 2"),
    ),
    "code of one claim": (
        code("claims/reading.py"),
        rules("read_digits, write_ledger"),
    ),
    "how a claim is judged": (
        code("claims/ledger.py"),
        rules(
            "measure_locality 2, measure_recovery 2, measure_likeness, read_digits, "
            "measure_fractions, measure_steps, draw_figure2, write_ledger"
        ),
    ),
    "code of some figures": (
        code("figures/graphs.py"),
        rules("draw_figure3, draw_figure4, draw_figure5"),
    ),
    "a figure's style": (
        text(f"{PACKAGE}/figures/style.py", '"font.size": 15', '"font.size": 14'),
        rules(", ".join(f"draw_figure{number}" for number in range(1, 6))),
    ),
    # Scripts, rules, texts, the lock.
    "code of a script": (
        more("workflow/scripts/walk_graph.py", "_ADDED = 1"),
        AFTER_WALKS + rules("walk_graph 5"),
    ),
    "a comment in a script": (more("workflow/scripts/walk_graph.py", "# It."), NOTHING),
    "a rule's memory": (
        text("workflow/rules/claims.smk", "memory_mb(2)", "memory_mb(3)"),
        NOTHING,
    ),
    "a caption": (more("workflow/report/figure3.rst", "More."), NOTHING),
    "a pin of TensorFlow": (
        text("envs/training.yaml", "tensorflow==", "tensorflow==9"),
        AFTER_NETWORKS + rules("train_autoencoder 2"),
    ),
    "a pin of scipy": (
        text("envs/science.yaml", "scipy==", "scipy==9"),
        ALL,
    ),
    "the lock, to which a test holds the pins": (
        text("envs/requirements.txt", "scipy==", "scipy==9"),
        NOTHING,
    ),
    "a comment in the pins": (more("envs/science.yaml", "# A comment."), NOTHING),
    # Results.
    "a deleted figure": (delete("results/figures/figure3.svg"), rules("draw_figure3")),
    "a deleted distribution": (
        delete("results/graphs/fives/at-0.10/stationary.h5"),
        rules("walk_graph, draw_figure5, read_digits, write_ledger"),
    ),
    "a deleted claim": (delete("results/claims.md"), rules("write_ledger")),
    "a touched result": (touch("results/graphs/fives/weights.h5"), NOTHING),
    "touched samples": (touch("results/ising/half/samples.h5"), NOTHING),
    "every file touched": (touch_all, NOTHING),
    "a touched script": (touch("workflow/scripts/walk_graph.py"), NOTHING),
    "a touched module": (touch(f"{PACKAGE}/storage/hdf5.py"), NOTHING),
    "benchmarks deleted": (spoil_benchmarks, NOTHING),
}


@pytest.mark.parametrize("edit", TABLE)
def test_an_edit_reruns_what_it_reaches_and_nothing_else(rerun, config, edit):
    change, expected = TABLE[edit]
    change(rerun, config)
    seen = jobs(rerun.snakemake("-n"))
    print(f"{edit}\n  expected: {_told(expected)}\n  seen:     {_told(seen)}")
    assert seen == expected


def _told(counts):
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())) or "-"
