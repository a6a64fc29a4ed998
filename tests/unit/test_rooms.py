"""The order of the rooms: which module may import which, read from the sources."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

import pixelwalk

PACKAGE = Path(pixelwalk.__file__).parent
#: In the order in which data passes them; an import goes to an earlier step only.
ROOMS = (
    {"lattice", "matrices", "theory", "ising", "images"},
    {"pairs"},
    {"graph"},
    {"walk"},
    {"networks"},
    {"claims", "figures", "explorer", "exports"},
    {"summary"},
    {"api"},
)
#: They serve every room, and know none.
SERVING = {
    *("settings", "seeds", "stages", "storage", "mnist", "idx", "bits", "wide"),
    *("compiled", "fingerprint", "faults", "configtext", "fallback", "shards"),
    *("references", "studies", "fits", "progress", "sources"),
}
#: Within a step, too, an import goes to the left.
LEFT = {"theory": {"lattice"}, "ising": {"lattice", "theory"}, "claims": {"claims"}}
#: Libraries that belong to one room.
OWNERS = {
    "arviz_stats": {"ising"},
    "llvmlite": {"wide", "pairs"},
    "h5py": {"storage"},
    "requests": {"images"},
    "pooch": {"images"},
    "PIL": {"images", "summary"},
    "urllib": {"images"},
    "matplotlib": {"figures"},
    "keras": {"networks"},
    "tensorflow": {"networks"},
    "networkx": {"exports"},
    "igraph": {"exports"},
    "docutils": {"summary"},
    "snakemake": set(),
}


def name_of(path):
    """Dotted name of a module, as it is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {
    name: ast.parse(path.read_text(encoding="utf-8")) for name, path in SOURCES.items()
}
modules = pytest.mark.parametrize("module", SOURCES)


def imports(module):
    """Every module that a module imports, anywhere in it."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: an import says in full what it imports"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in SOURCES else node.module


def room(module):
    """The room of a module of the package; empty for the package itself."""
    return ".".join(module.split(".")[1:2])


def step(of):
    return next(i for i, rooms in enumerate(ROOMS) if of in rooms)


def test_every_room_is_known():
    found = {room(module) for module in SOURCES} - {""}
    assert found == set().union(*ROOMS) | SERVING


@modules
def test_imports_go_to_the_left(module):
    here = room(module)
    for imported in imports(module):
        there = room(imported)
        if not imported.startswith("pixelwalk") or there in SERVING | {""}:
            continue
        assert here not in SERVING | {""}, f"{module} serves, but imports {imported}"
        if there == here:
            continue  # within a room; circles are looked for below
        left = step(there) < step(here) or there in LEFT.get(here, ())
        assert left, f"{module} imports {imported}, which stands to its right"


def test_no_module_imports_itself_by_a_detour():
    circle_free = graphlib.TopologicalSorter(
        {
            module: {i for i in imports(module) if i in SOURCES and i != "pixelwalk"}
            for module in SOURCES
        }
    )
    circle_free.prepare()  # raises CycleError


@modules
def test_a_library_stays_in_its_room(module):
    for imported in imports(module):
        owners = OWNERS.get(imported.split(".")[0])
        allowed = owners is None or room(module) in owners
        assert allowed, f"{module} imports {imported}, which belongs to {owners}"


@modules
def test_pyplot_and_global_randomness_are_not_used(module):
    assert not any(i.startswith("matplotlib.pyplot") for i in imports(module))
    assert not any(i.split(".")[0] == "random" for i in imports(module))
    drawn = {
        node.attr
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "random"
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id == "np"
    }
    assert drawn <= {"default_rng", "Generator", "SeedSequence", "SFC64"}


def public(tree):
    """Public functions, classes and methods of a module."""
    for node in tree.body:
        named = isinstance(node, (ast.FunctionDef, ast.ClassDef))
        if named and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


@modules
def test_everything_public_has_a_docstring(module):
    assert ast.get_docstring(TREES[module])
    missing = [n.name for n in public(TREES[module]) if not ast.get_docstring(n)]
    assert not missing


def test_nothing_but_its_room_waits_for_a_slow_library():
    quick = [
        module for module in SOURCES if room(module) not in {"networks", "figures"}
    ]
    script = (
        "import sys, importlib\n"
        f"[importlib.import_module(name) for name in {quick}]\n"
        "slow = {'keras', 'tensorflow', 'matplotlib', 'pooch', 'snakemake', "
        "'networkx'}\n"
        "print(sorted(slow & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
    )
    assert (run.stdout, run.stderr) == ("[]\n", "")
