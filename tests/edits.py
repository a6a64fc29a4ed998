"""Edits of a finished place, and the jobs that a dry run would then do."""

import ast
import os
from collections import Counter

import dag

PACKAGE = "workflow/pixelwalk"

# Everything that the small configuration makes, by rule.
ALL = Counter(
    sample_ising=3,
    solve_ising=2,
    select_images=3,
    average_pairs=4,
    sparsify_graph=6,
    walk_graph=6,
    train_autoencoder=2,
    measure_locality=2,
    measure_recovery=2,
    measure_likeness=1,
    measure_fractions=1,
    read_digits=1,
    measure_steps=1,
    check_convolution=1,
    measure_matrices=1,
    judge_matrices=1,
    solve_linear=2,
    train_linear=2,
    judge_linear=1,
    train_programme=2,
    solve_programme=2,
    measure_patterns=2,
    measure_fixed_points=1,
    write_ledger=1,
    draw_figure1=1,
    draw_figure2=1,
    draw_figure3=1,
    draw_figure4=1,
    draw_figure5=1,
    draw_figure6=1,
    draw_figure7=1,
    draw_figure8=1,
    draw_figure9=1,
    draw_figure10=1,
    draw_figure11=1,
    draw_explorer=1,
    write_summary=1,
)
NOTHING = Counter()


def rules(text):
    """Read rules and their numbers: "walk_graph 3, write_ledger"."""
    pairs = (item.split() for item in text.split(",") if item.strip())
    return Counter({name: int(*number or "1") for name, *number in pairs})


# One run of the programme, and one linear network, with the figures that show them.
TRAINED = rules("train_programme, solve_programme, measure_patterns")
PROGRAMME = TRAINED + rules("draw_figure9, draw_figure10, draw_figure11")
LINEAR = rules("solve_linear, train_linear, draw_figure7, draw_figure8, judge_linear")
FIXED = rules("measure_fixed_points, draw_figure11")

# What shows the ledger and every figure, and the configuration itself.
SUMMARY = rules("write_summary")

# What follows when every cut of the digit's graph, or both networks, are made anew.
DIGIT = rules(
    "draw_figure4, draw_figure5, measure_likeness, read_digits, measure_steps, "
    "write_ledger"
)
AFTER_WALKS = DIGIT + PROGRAMME
AFTER_NETWORKS = rules("measure_locality 2, draw_figure1, draw_figure2, write_ledger")
AFTER_NETWORKS += rules("draw_explorer")

# What all ensembles, and what all image sets, come into.
OF_TWO_ENSEMBLES = rules(
    "sample_ising 2, solve_ising 2, average_pairs 2, sparsify_graph 2, walk_graph 2, "
    "train_autoencoder 2, measure_locality 2, measure_recovery 2, draw_figure1, "
    "draw_figure2, draw_figure3, draw_explorer, write_ledger"
)
OF_THE_PERIODIC = PROGRAMME + LINEAR
OF_THE_PERIODIC += rules("sample_ising, average_pairs, sparsify_graph, walk_graph")
OF_ENSEMBLES = OF_TWO_ENSEMBLES + OF_THE_PERIODIC
OF_IMAGES = AFTER_WALKS + LINEAR
OF_IMAGES += rules(
    "select_images 3, average_pairs, sparsify_graph 3, walk_graph 3, draw_figure3, "
    "measure_fractions, measure_fixed_points, draw_explorer"
)


def summarised(expected):
    """Add the summary where the ledger or a figure that it shows is made anew."""
    shown = any(
        rule == "write_ledger" or rule.startswith(("draw_figure", "draw_transition"))
        for rule in expected
    )
    return expected | SUMMARY if shown else expected


def compare(place, config, table, edit):
    """Make an edit of a table, and give the jobs expected and those seen; print both.

    A table gives for each edit the function that makes it, and the jobs that it needs,
    but for the summary, which follows from the ledger and the figures.
    """
    change, expected = table[edit]
    expected = summarised(expected)
    change(place, config)
    seen = dag.needed(place)
    print(f"{edit}\n  expected: {_told(expected)}\n  seen:     {_told(seen)}")
    return expected, seen


def _told(counts):
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())) or "-"


def setting(*keys, to):
    """Set a value of the configuration."""

    def edit(place, config):
        part = config
        for key in keys[:-1]:
            part = part[key]
        part[keys[-1]] = to(part.get(keys[-1])) if callable(to) else to
        place.configure(config)

    return edit


def several(*edits):
    """Make several edits, one after another."""

    def edit(place, config):
        for one in edits:
            one(place, config)

    return edit


def turned_round(place, config):
    """Write every mapping of the configuration in the opposite order."""

    def turn(part):
        if isinstance(part, dict):
            return {key: turn(part[key]) for key in reversed(part)}
        return part

    place.configure(turn(config))


def transition(place, config):
    """Add a transition, over two new ensembles in shards."""
    for name, beta in (("warm", 0.3), ("cold", 0.6)):
        config["ising"][name] = {
            **{"rows": 3, "columns": 4, "beta": beta, "boundary": "periodic"},
            **{"training": 9, "shards": 2},
        }
        config["graphs"][name] = {"ising": name, "kind": "correlation", "shards": 3}
    config["transitions"] = {"critical": {"graphs": ["warm", "cold"]}}
    place.configure(config)


def swapped(place, config):
    """Swap two numbers of a network."""
    network = config["autoencoders"]["half"]
    network["hidden"], network["batch"] = network["batch"], network["hidden"]
    place.configure(config)


def text(path, old, new):
    """Replace the first place of a text in a file."""

    def edit(place, _):
        before = (place / path).read_text()
        assert old in before
        (place / path).write_text(before.replace(old, new, 1))

    return edit


def more(path, line):
    """Add a line at the end of a file."""

    def edit(place, _):
        with (place / path).open("a") as file:
            file.write(f"\n{line}\n")

    return edit


def code(module):
    """Add a statement to a module of the package."""
    return more(f"{PACKAGE}/{module}", "_ADDED = 1")


def body(module, function):
    """Add a statement to the body of a function of the package."""

    def edit(place, _):
        path = place / PACKAGE / module
        path.write_text(with_other_body(path.read_text(), function))

    return edit


def functions(source):
    """Names of the functions in a module's text, those inside others last."""
    return [n.name for n in ast.walk(ast.parse(source)) if isinstance(n, _FUNCTIONS)]


def with_other_body(source, function):
    """Add a statement to a function's body: after the docstring, else at the end."""
    found = (n for n in ast.walk(ast.parse(source)) if isinstance(n, _FUNCTIONS))
    node = next(node for node in found if node.name == function)
    described = ast.get_docstring(node) is not None
    last = node.body[0] if described else node.body[-1]
    lines = source.splitlines()
    lines.insert(last.end_lineno, " " * last.col_offset + "_added = 1")
    return "\n".join(lines) + "\n"


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def delete(path):
    return lambda place, _: (place / path).unlink()


def touch(*paths):
    def edit(place, _):
        for path in paths:
            os.utime(place.own(path))

    return edit


def touch_all(place, _):
    for path in place.folder.rglob("*"):
        if path.is_file() and ".snakemake" not in path.parts:
            os.utime(place.own(path))


def spoil_benchmarks(place, _):
    for path in (place / "results/benchmarks").rglob("*.tsv"):
        path.unlink()
