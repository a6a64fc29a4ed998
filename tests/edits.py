"""Edits of a finished place, and the jobs that a dry run would then do."""

import ast
import functools
import os
from collections import Counter
from modulefinder import ModuleFinder
from pathlib import Path

import dag
from places import REPOSITORY, Place

PACKAGE = "workflow/pixelwalk"


NOTHING = Counter()


def rules(text):
    """Read rules and their numbers: "walk_graph 3, write_ledger"."""
    pairs = (item.split() for item in text.split(",") if item.strip())
    return Counter({name: int(*number or "1") for name, *number in pairs})


def reached_by_code(path):
    """Find the rules whose scripts import a file of the workflow, or are it.

    The standard library says which do, on the repository as it stands.
    """
    return {rule for rule, files in _imports().items() if REPOSITORY / path in files}


@functools.cache
def _imports():
    """Files that the script of each rule imports, by the name of the rule."""
    files = {}
    for rule in dag.load(Place(REPOSITORY)).rules:
        if rule.script:
            finder = ModuleFinder(path=[str(REPOSITORY / "workflow")])
            folder = rule.basedir.get_path_or_uri(secret_free=True)
            script = Path(folder, rule.script).resolve()
            finder.run_script(str(script))
            modules = (module.__file__ for module in finder.modules.values())
            files[rule.name] = {script, *(Path(file) for file in modules if file)}
    return files


def scripts(workflow):
    """List the scripts of rules: those of the core, and modules of studies that run."""
    modules = sorted((workflow / "studies").glob("*/*.py"))
    ours = [path for path in modules if '__name__ == "__main__"' in path.read_text()]
    return sorted((workflow / "scripts").glob("*.py")) + ours


def following(workflow, roots):
    """Count the jobs of a DAG that follow from some of its jobs, these among them.

    Parameters
    ----------
    workflow : snakemake.workflow.Workflow
        As `dag.load` gives it.
    roots : iterable of str
        Names of rules, or "rule entry" for the jobs of one entry alone.
    """
    named = {(rule, entry) for rule, _, entry in (r.partition(" ") for r in roots)}
    waiting = [
        job
        for job in workflow.dag.jobs
        if named & {(job.rule.name, entry) for entry in ("", *job.wildcards)}
    ]
    missing = {rule for rule, _ in named} - {job.rule.name for job in waiting}
    assert not missing, f"no jobs of {missing}"
    found = set()
    while waiting:
        job = waiting.pop()
        if job not in found:
            found.add(job)
            waiting += workflow.dag.depending[job]
    return counted(found)


def counted(jobs):
    """Count jobs by the name of their rule, but for targets."""
    return Counter(job.rule.name for job in jobs if job.rule.script)


def compare(place, config, table, edit):
    """Make an edit of a table; give the jobs that are expected and those seen.

    A table gives for each edit the function that makes it, and the rules whose jobs it
    reaches directly, in one text, or as a set with others that have no jobs; what
    follows from these is in the DAG.
    """
    change, roots = table[edit]
    change(place, config)
    loaded = dag.load(place)
    if isinstance(roots, set):  # of the whole workflow, of which a DAG has a part
        roots = roots & {job.rule.name for job in loaded.dag.jobs}
    else:
        roots = set(filter(None, roots.split(", ")))
    expected, seen = following(loaded, roots), counted(loaded.dag.needrun_jobs())
    print(f"{edit}\n  expected: {_line(expected)}\n  seen:     {_line(seen)}")
    return expected, seen


def _line(counts):
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
