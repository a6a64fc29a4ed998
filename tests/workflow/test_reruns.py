"""What an edit of code or results reruns: what it reaches, and nothing else.

`pytest tests/workflow/test_reruns*.py -rP` prints every edit with the jobs seen.
"""

import pytest

from edits import (
    PACKAGE,
    body,
    code,
    compare,
    delete,
    more,
    reached_by_code,
    spoil_benchmarks,
    text,
    touch,
    touch_all,
)

# A module of each room, and a function of it; rules that must be among those reached.
CODE = {
    "storage/hdf5.py": ("read", "sample_ising, write_summary, judge_matrices"),
    "storage/kind.py": ("mismatches", "average_pairs"),
    "storage/kinds/graph.py": (None, "sparsify_graph, walk_graph"),
    "ising/heatbath.py": ("burn_in", "sample_ising"),
    "ising/theory/transfer.py": ("_log_trace", "solve_ising"),
    "ising/lattice.py": (None, "solve_ising, measure_recovery"),
    "pairs/kernels.py": ("_group", "average_pairs, measure_recovery"),
    "graph/cuts.py": ("least_of_rows", "sparsify_graph"),
    "graph/strips.py": ("_tally", ""),
    "graph/walk.py": ("_solve", "walk_graph, draw_explorer"),
    "networks/loop.py": ("fit", "train_autoencoder, train_linear, train_programme"),
    "sources/mnist.py": ("is_official", "select_images"),
    "matrices/convolution.py": ("_line", "check_convolution, measure_matrices"),
    "pairs/regression.py": ("penalty", "measure_patterns"),
    "ledger/claim.py": ("supported", "judge_digit, judge_linear, write_ledger"),
    "figures/style.py": ("save", "draw_figure1, draw_figure11"),
    "config/references.py": ("_check_lattice", ""),
    "config/fallback.py": ("_rename", ""),
    "pages/explorer/series.py": ("_correlation", "draw_explorer"),
    "pages/summary/pictures.py": ("_shrunk", "write_summary"),
}


@pytest.mark.parametrize("module", CODE)
def test_an_edit_of_code_reruns_what_imports_it(rerun, config, module):
    function, least = CODE[module]
    change = body(module, function) if function else code(module)
    roots = reached_by_code(f"{PACKAGE}/{module}")
    assert set(filter(None, least.split(", "))) <= roots
    if module == "graph/strips.py":  # code of large graphs, of which there is none
        roots = set()
    table = {module: (change, roots - {"fetch_mnist"})}
    expected, seen = compare(rerun, config, table, module)
    assert seen == expected


TABLE = {
    "a comment in the package": (more(f"{PACKAGE}/graph/walk.py", "# A comment."), ""),
    "a docstring in the package": (
        text(f"{PACKAGE}/storage/hdf5.py", '"""', '"""Another beginning. '),
        "",
    ),
    "the explorer's page": (
        more(f"{PACKAGE}/pages/explorer/page.css", "b { color: red }"),
        "draw_explorer",
    ),
    "the explorer's program": (
        more(f"{PACKAGE}/pages/explorer/walk.js", "restart();"),
        "draw_explorer",
    ),
    "the style of the summary": (
        more(f"{PACKAGE}/pages/summary/page.css", "b { color: red }"),
        "write_summary",
    ),
    # Scripts, rules, texts, the lock.
    "code of a script": (
        more("workflow/scripts/walk_graph.py", "_ADDED = 1"),
        "walk_graph",
    ),
    "a comment in a script": (more("workflow/scripts/walk_graph.py", "# It."), ""),
    "a rule's memory": (
        text("workflow/studies/digit/rules.smk", "memory_mb(2)", "memory_mb(3)"),
        "",
    ),
    "a caption": (
        more("workflow/studies/lattice/figure3.rst", "More."),
        "write_summary",
    ),
    "a caption of nothing that is shown": (
        more("workflow/report/graph.rst", "More."),
        "",
    ),
    "the question": (more("workflow/report/workflow.rst", "More."), "write_summary"),
    "a pin of TensorFlow": (
        text("envs/training.yaml", "tensorflow==", "tensorflow==9"),
        "train_autoencoder, train_replicas, check_convolution, train_linear, "
        "train_programme",
    ),
    "a pin of scipy": (
        text("envs/science.yaml", "scipy==", "scipy==9"),
        "sample_ising, solve_ising, select_images, measure_matrices, draw_explorer",
    ),
    "the lock, to which a test holds the pins": (
        text("envs/requirements.txt", "scipy==", "scipy==9"),
        "",
    ),
    "a comment in the pins": (more("envs/science.yaml", "# A comment."), ""),
    # Results.
    "a deleted figure": (delete("results/figures/figure3.svg"), "draw_figure3"),
    "a deleted distribution": (
        delete("results/graphs/fives/at-0.10/stationary.h5"),
        "walk_graph at-0.10",
    ),
    "a deleted claim": (delete("results/claims.md"), "write_ledger"),
    "a deleted summary": (delete("results/summary.html"), "write_summary"),
    "a touched result": (touch("results/graphs/fives/weights.h5"), ""),
    "touched samples": (touch("results/ising/half/samples.h5"), ""),
    "every file touched": (touch_all, ""),
    "a touched script": (touch("workflow/scripts/walk_graph.py"), ""),
    "a touched module": (touch(f"{PACKAGE}/storage/hdf5.py"), ""),
    "benchmarks deleted": (spoil_benchmarks, ""),
}


@pytest.mark.parametrize("edit", TABLE)
def test_an_edit_of_files_reruns_what_it_reaches(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == expected
