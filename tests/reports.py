"""Run a program of the tests in a process of its own, and read the JSON it prints."""

import json
import os
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent


def report_of(program, *arguments):
    """Run a module with arguments to its end, and give what it reports."""
    paths = [str(_HERE), str(_HERE.parent / "workflow")]
    done = subprocess.run(
        [sys.executable, program.__file__, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
