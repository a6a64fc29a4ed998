"""No module waits for a slow library that it may never need.

Which module may import which hold import-linter's contracts in pyproject.toml.
"""

import subprocess
import sys
from pathlib import Path

import pixelwalk

PACKAGE = Path(pixelwalk.__file__).parent
SLOW_ROOMS = ["networks"], ["figures"]


def name_of(path):
    """Dotted name of a module, as it is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_importing_anything_but_networks_and_figures_imports_no_slow_library():
    names = map(name_of, sorted(PACKAGE.rglob("*.py")))
    quick = [name for name in names if name.split(".")[1:2] not in SLOW_ROOMS]
    script = (
        "import sys, importlib\n"
        f"[importlib.import_module(name) for name in {quick}]\n"
        "slow = {'keras', 'tensorflow', 'matplotlib', 'requests', 'snakemake', "
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
