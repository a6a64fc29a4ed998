"""Fingerprints of code: what changes them, and what does not."""

from modulefinder import ModuleFinder
from pathlib import Path

import pytest

from edits import scripts
from pixelwalk.jobs import fingerprint

SCRIPTS = [
    str(path.relative_to(fingerprint.WORKFLOW))
    for path in scripts(fingerprint.WORKFLOW)
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_a_script_reaches_is_what_the_standard_library_finds(script):
    path = fingerprint.WORKFLOW / script
    finder = ModuleFinder(path=[str(fingerprint.WORKFLOW)])
    finder.run_script(str(path))
    found = (module.__file__ for module in finder.modules.values())
    expected = {Path(file) for file in found if file}
    assert fingerprint.dependencies(path) == expected
    assert len(expected) > 5


@pytest.fixture
def package(tmp_path):
    """Write a package of which a script imports all but one module, in every way."""
    files = {
        "scripts/run.py": "from pixelwalk import one\nimport pixelwalk.room.two as t\n",
        "pixelwalk/__init__.py": "",
        "pixelwalk/one.py": "def f():\n    from pixelwalk import three\n",
        "pixelwalk/three.py": "if False:\n    from .room import four\n",
        "pixelwalk/room/__init__.py": "from . import five\n",
        "pixelwalk/room/two.py": "from ..six import g\n",
        "pixelwalk/room/four.py": "try:\n    import pixelwalk.seven\nfinally:\n    1\n",
        "pixelwalk/room/five.py": "import numpy\n",
        "pixelwalk/six.py": "def g():\n    '''Say one.'''\n    return 1\n",
        "pixelwalk/seven.py": "from pixelwalk import one  # in a circle\n",
        "pixelwalk/other.py": "",
        "scripts/other.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "workflow" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "envs").mkdir()
    (tmp_path / "envs" / "pins.yaml").write_text("- numpy==1 # why\n")
    return tmp_path / "workflow"


def mark(package):
    fingerprint._read.cache_clear()
    fingerprint._imported.cache_clear()
    script, pins = package / "scripts/run.py", package.parent / "envs/pins.yaml"
    return fingerprint.fingerprint(script, pins, workflow=package)


@pytest.mark.parametrize(
    "module",
    [
        *("__init__", "one", "three", "six", "seven"),
        *("room/__init__", "room/two", "room/four", "room/five"),
    ],
)
def test_code_that_is_reached_counts_wherever_it_is_imported(package, module):
    before = mark(package)
    path = package / "pixelwalk" / f"{module}.py"
    text = path.read_text()
    path.write_text(text + "\nadded = 1\n")
    assert mark(package) != before
    path.write_text(text)
    assert mark(package) == before


def test_the_script_and_the_pins_count(package):
    before = mark(package)
    (package.parent / "envs" / "pins.yaml").write_text("- numpy==2\n")
    assert (other := mark(package)) != before
    (package / "scripts" / "run.py").write_text("from pixelwalk import one")
    assert mark(package) != other


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("workflow/pixelwalk/other.py", "new = 1"),
        ("workflow/scripts/other.py", "new = 1"),
        ("workflow/pixelwalk/six.py", "def g():\n  '''Say.'''\n  # one\n  return (1)"),
        ("workflow/pixelwalk/six.py", "'''Six.'''\ndef g():\n    return 1\n"),
        ("envs/pins.yaml", "# Pins.\n\n- numpy==1\n"),
    ],
)
def test_what_is_not_reached_or_says_nothing_to_python_does_not_count(
    package, name, text
):
    before = mark(package)
    (package.parent / name).write_text(text)
    assert mark(package) == before


@pytest.mark.parametrize("suffix", ["html", "css", "js"])
def test_a_part_of_a_page_beside_a_package_that_is_reached_counts(package, suffix):
    before = mark(package)
    (package / "pixelwalk" / "room" / f"page.{suffix}").write_text("new")
    assert mark(package) != before


def test_a_string_that_is_no_docstring_counts(package):
    six = package / "pixelwalk" / "six.py"
    six.write_text("def g():\n    return 'one'\n")
    before = mark(package)
    six.write_text("def g():\n    return 'two'\n")
    assert mark(package) != before


def test_a_new_module_that_takes_the_place_of_a_name_counts(package):
    before = mark(package)
    (package / "pixelwalk" / "six").mkdir()
    (package / "pixelwalk" / "six" / "__init__.py").write_text("g = 2")
    assert mark(package) != before


def test_what_is_no_python_is_named_with_its_line(package):
    (package / "pixelwalk" / "seven.py").write_text("import numpy\nif")
    with pytest.raises(ValueError, match=r"seven\.py, line 2: "):
        mark(package)
