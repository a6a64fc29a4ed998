"""What an edit of code or results reruns: what it reaches, and nothing else. A table.

`pytest tests/workflow/test_reruns*.py -rP` prints this one and those beside it.
"""

import pytest

from edits import (
    AFTER_NETWORKS,
    AFTER_WALKS,
    ALL,
    NOTHING,
    OF_ENSEMBLES,
    OF_IMAGES,
    PACKAGE,
    PROGRAMME,
    SUMMARY,
    TRAINED,
    body,
    code,
    compare,
    delete,
    more,
    rules,
    spoil_benchmarks,
    text,
    touch,
    touch_all,
)

TABLE = {
    # The package.
    "a comment in the package": (more(f"{PACKAGE}/walk.py", "# A comment."), NOTHING),
    "a docstring in the package": (
        text(f"{PACKAGE}/storage/hdf5.py", '"""', '"""Another beginning. '),
        NOTHING,
    ),
    "code of the storage": (body("storage/hdf5.py", "read"), ALL),
    "code of the sampler": (
        body("ising/heatbath.py", "burn_in"),
        OF_ENSEMBLES + rules("measure_patterns"),
    ),
    "code of the exact reference": (
        body("theory/transfer.py", "_log_trace"),
        OF_ENSEMBLES,
    ),
    "code of the popcount": (
        body("pairs/kernels.py", "_count"),
        AFTER_WALKS
        + TRAINED
        + rules("average_pairs 4, sparsify_graph 6, walk_graph 6, draw_figure3")
        + rules("measure_fractions, measure_recovery 2, measure_fixed_points")
        + rules("draw_explorer"),
    ),
    "code of the cuts": (
        body("graph/cuts.py", "least_of_rows"),
        AFTER_WALKS
        + TRAINED
        + rules("sparsify_graph 6, walk_graph 6, measure_fractions")
        + rules("measure_fixed_points, draw_explorer"),
    ),
    "code of large graphs, of which there is none": (
        body("graph/strips.py", "_tally"),
        NOTHING,
    ),
    "code of the walk": (
        body("walk.py", "_solve"),
        AFTER_WALKS
        + TRAINED
        + rules("walk_graph 6, measure_fixed_points, draw_explorer"),
    ),
    "code of the network": (
        body("networks/autoencoder.py", "run_epoch"),
        AFTER_NETWORKS + PROGRAMME + TRAINED + rules("train_autoencoder 2"),
    ),
    "code of downloads": (
        body("mnist.py", "is_official"),
        OF_IMAGES,
    ),
    "code of convolutions as matrices": (
        body("matrices/convolution.py", "_line"),
        rules("check_convolution, measure_matrices, draw_figure6, judge_matrices")
        + rules("write_ledger"),
    ),
    "code of linear networks": (
        body("../studies/linear/network.py", "train"),
        rules("train_linear 2, draw_figure7, draw_figure8, judge_linear, write_ledger"),
    ),
    "code of the networks of the programme": (
        body("networks/programme.py", "train"),
        PROGRAMME + TRAINED + rules("write_ledger"),
    ),
    "code of the regression": (
        body("pairs/regression.py", "penalty"),
        rules("measure_patterns 2, draw_figure10, write_ledger"),
    ),
    "code of one claim": (
        body("claims/reading.py", "judge"),
        rules("read_digits, write_ledger"),
    ),
    "how a claim is judged": (
        body("claims/ledger.py", "supported"),
        rules(
            "measure_locality 2, measure_recovery 2, measure_likeness, read_digits, "
            "measure_fractions, measure_steps, draw_figure2, write_ledger, "
            "measure_matrices, draw_figure6, solve_linear 2, draw_figure7, "
            "draw_figure8, solve_programme 2, measure_patterns 2, "
            "measure_fixed_points, draw_figure9, draw_figure10, draw_figure11"
        ),
    ),
    "code of some figures": (
        body("figures/graphs.py", "_in_words"),
        rules("draw_figure3, draw_figure4, draw_figure5"),
    ),
    "a new statement in a module": (
        code("lattice.py"),
        OF_ENSEMBLES
        + rules("measure_matrices, draw_figure6, judge_matrices, measure_patterns"),
    ),
    "what a kind of file is said to hold": (
        text(f"{PACKAGE}/storage/kinds.py", '"spin, a bit"', '"spin"'),
        ALL,
    ),
    "how the configuration is checked": (
        body("config/references.py", "_check_lattice"),
        NOTHING,
    ),
    "how MNIST is replaced": (body("fallback.py", "_rename"), NOTHING),
    "a figure's style": (
        text(f"{PACKAGE}/figures/style.py", '"font.size": 15', '"font.size": 14'),
        rules(", ".join(f"draw_figure{number}" for number in range(1, 12))),
    ),
    "code of the explorer": (
        body("explorer/series.py", "_correlation"),
        rules("draw_explorer"),
    ),
    "the explorer's page": (
        more(f"{PACKAGE}/explorer/page.css", "b { color: red }"),
        rules("draw_explorer"),
    ),
    "the explorer's program": (
        more(f"{PACKAGE}/explorer/walk.js", "restart();"),
        rules("draw_explorer"),
    ),
    # Scripts, rules, texts, the lock.
    "code of a script": (
        more("workflow/scripts/walk_graph.py", "_ADDED = 1"),
        AFTER_WALKS + TRAINED + rules("walk_graph 6"),
    ),
    "a comment in a script": (more("workflow/scripts/walk_graph.py", "# It."), NOTHING),
    "a rule's memory": (
        text("workflow/rules/claims.smk", "memory_mb(2)", "memory_mb(3)"),
        NOTHING,
    ),
    "a caption": (more("workflow/report/figure3.rst", "More."), SUMMARY),
    "a caption of nothing that is shown": (
        more("workflow/report/graph.rst", "More."),
        NOTHING,
    ),
    "the question": (more("workflow/report/workflow.rst", "More."), SUMMARY),
    "the style of the summary": (
        more(f"{PACKAGE}/summary/page.css", "b { color: red }"),
        SUMMARY,
    ),
    "code of the summary": (body("summary/pictures.py", "_shrunk"), SUMMARY),
    "a pin of TensorFlow": (
        text("envs/training.yaml", "tensorflow==", "tensorflow==9"),
        AFTER_NETWORKS
        + PROGRAMME
        + TRAINED
        + rules("train_autoencoder 2, check_convolution, train_linear 2, draw_figure7")
        + rules("draw_figure8, judge_matrices, judge_linear"),
    ),
    "a pin of scipy": (
        text("envs/science.yaml", "scipy==", "scipy==9"),
        ALL - rules("check_convolution"),
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
    "a deleted summary": (delete("results/summary.html"), SUMMARY),
    "a touched result": (touch("results/graphs/fives/weights.h5"), NOTHING),
    "touched samples": (touch("results/ising/half/samples.h5"), NOTHING),
    "every file touched": (touch_all, NOTHING),
    "a touched script": (touch("workflow/scripts/walk_graph.py"), NOTHING),
    "a touched module": (touch(f"{PACKAGE}/storage/hdf5.py"), NOTHING),
    "benchmarks deleted": (spoil_benchmarks, NOTHING),
}


@pytest.mark.parametrize("edit", TABLE)
def test_an_edit_of_code_or_results_reruns_what_it_reaches(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == expected
