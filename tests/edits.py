"""Edits of a finished place, and the jobs that a dry run would then do."""

import os
import re
from collections import Counter

PACKAGE = "workflow/pixelwalk"


def rules(text):
    """Read rules and their numbers: "walk_graph 3, write_ledger"."""
    pairs = (item.split() for item in text.split(",") if item.strip())
    return Counter({name: int(*number or "1") for name, *number in pairs})


def jobs(run):
    """How many jobs of each rule a dry run would do."""
    assert run.returncode == 0, run.stderr
    told = run.stdout + run.stderr
    if "Nothing to be done" in told:
        return Counter()
    table = re.search(r"^job +count\n[- ]+\n(.*?)^total", told, re.M | re.S)[1]
    found = {rule: int(count) for rule, count in map(str.split, table.splitlines())}
    return Counter({rule: count for rule, count in found.items() if rule != "all"})


def setting(*keys, to):
    """Set a value of the configuration."""

    def edit(place, config):
        part = config
        for key in keys[:-1]:
            part = part[key]
        part[keys[-1]] = to(part.get(keys[-1])) if callable(to) else to
        place.configure(config)

    return edit


def turned_round(place, config):
    """Write every mapping of the configuration in the opposite order."""

    def turn(part):
        if isinstance(part, dict):
            return {key: turn(part[key]) for key in reversed(part)}
        return part

    place.configure(turn(config))


def transition(place, config):
    """Add a transition, over two new ensembles."""
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


def delete(path):
    return lambda place, _: (place / path).unlink()


def touch(*paths):
    def edit(place, _):
        for path in paths:
            os.utime(place / path)

    return edit


def touch_all(place, _):
    for path in place.folder.rglob("*"):
        if path.is_file() and ".snakemake" not in path.parts:
            os.utime(path)


def spoil_benchmarks(place, _):
    for path in (place / "results/benchmarks").rglob("*.tsv"):
        path.unlink()
