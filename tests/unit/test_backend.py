"""Keras comes quickly, and nothing else of the process notices."""

import subprocess
import sys
from pathlib import Path

import pixelwalk


def alone(script):
    """What a script prints, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(pixelwalk.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_keras_comes_without_what_no_network_needs_and_takes_threads():
    assert alone(
        "import gc, sys\n"
        "from pixelwalk.networks import backend\n"
        "print(sorted({'matplotlib', 'sklearn'} & set(sys.modules)))\n"
        "print(backend.keras.backend.backend(), gc.isenabled())\n"
        "import matplotlib.pyplot, sklearn.base\n"
        "print(matplotlib.__name__, sklearn.__name__)\n"
        "backend.prepare(2)\n"
        "used = backend.tf.config.threading\n"
        "print(used.get_intra_op_parallelism_threads())\n"
        "print(used.get_inter_op_parallelism_threads())\n"
    ) == ["[]", "tensorflow True", "matplotlib sklearn", "2", "2"]


def test_what_was_there_before_stays():
    assert alone(
        "import gc, sys\n"
        "gc.disable()\n"
        "import sklearn\n"
        "from pixelwalk.networks import backend\n"
        "print(sys.modules['sklearn'] is sklearn, gc.isenabled())\n"
    ) == ["True False"]
