"""An edit in any module of the package counts for the scripts that it reaches."""

import ast
import functools
import re
import shutil
from modulefinder import ModuleFinder
from pathlib import Path

import pytest

from edits import functions, scripts, with_other_body
from pixelwalk.jobs import fingerprint

WORKFLOW = fingerprint.WORKFLOW
SCRIPTS = sorted(str(path.relative_to(WORKFLOW)) for path in scripts(WORKFLOW))
MODULES = sorted(
    str(path.relative_to(WORKFLOW))
    for room in ("pixelwalk", "studies")
    for path in (WORKFLOW / room).rglob("*.py")
    if "tests" not in path.parts and path.name != "conftest.py"
)

# What the Snakefile alone imports, before there is any job. A module that comes to
# stand here by mistake would be one whose edits rerun nothing.
OF_NO_SCRIPT = re.compile(
    r"pixelwalk/(config/.*|api/.*|images/extent|sources/digests)\.py"
    r"|studies/\w+/settings\.py"
)


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    """Copy of the workflow, put back by each test that changes it."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("workflow", "envs"):
        shutil.copytree(fingerprint.WORKFLOW.parent / name, folder / name)
    return folder / "workflow"


@pytest.fixture(scope="module")
def imported(workflow):
    """The files that each script imports, as the standard library finds them."""
    found = {}
    for script in SCRIPTS:
        finder = ModuleFinder(path=[str(workflow)])
        finder.run_script(str(workflow / script))
        files = (module.__file__ for module in finder.modules.values())
        found[script] = {Path(file) for file in files if file}
    return found


@pytest.fixture(scope="module")
def marks(workflow):
    """Function that gives the fingerprint of every script; it reads anew what it must.

    To parse the whole package again for each module would take minutes.
    """
    read, known = fingerprint._read.__wrapped__, {}

    def read_if_changed(path):
        key = path, path.read_bytes()
        if key not in known:
            known[key] = read(path)
        return known[key]

    def make():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fingerprint, "_read", functools.cache(read_if_changed))
            return {
                script: fingerprint.fingerprint(
                    workflow / script,
                    workflow.parent / "envs/science.yaml",
                    workflow=workflow,
                )
                for script in SCRIPTS
            }

    return make


@pytest.fixture(scope="module")
def changed(marks):
    """Function that gives the scripts whose fingerprints an edit of a file changes."""
    before = marks()

    def change(path, edit):
        text = path.read_text()
        path.write_text(edit(text))
        after = marks()
        path.write_text(text)
        return {script for script in SCRIPTS if after[script] != before[script]}

    return change


def with_other_value(source):
    """Change the first constant that is no docstring, or add one if there is none."""
    tree = ast.parse(source)
    aside = {id(node.value) for node in tree.body if isinstance(node, ast.Expr)}
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    node = next((node for node in nodes if id(node) not in aside), None)
    if node is None:
        return f"{source}\nadded = 1\n"
    assert source.isascii()  # columns are counted in bytes
    assert node.lineno == node.end_lineno
    lines = source.splitlines(keepends=True)
    line = lines[node.lineno - 1]
    lines[node.lineno - 1] = (
        line[: node.col_offset] + "'other'" + line[node.end_col_offset :]
    )
    return "".join(lines)


@pytest.mark.parametrize("module", MODULES)
def test_another_body_or_value_counts_where_it_is_imported(
    module, workflow, imported, changed
):
    path = workflow / module
    # The last is one inside of another, where there is one.
    names = functions(path.read_text())
    found = changed(
        path,
        (lambda text: with_other_body(text, names[-1])) if names else with_other_value,
    )
    assert found == {script for script in SCRIPTS if path in imported[script]}
    # Nothing is fetched anew for the sake of the code.
    assert bool(found - {"scripts/fetch_mnist.py"}) == (
        not OF_NO_SCRIPT.fullmatch(module)
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_another_script_counts_for_itself_alone(script, workflow, changed):
    path = workflow / script
    assert script in changed(path, lambda text: f"{text}\nadded = 1\n")
