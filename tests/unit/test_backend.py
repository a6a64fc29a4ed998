"""Keras comes quickly, and nothing else of the process notices."""

import subprocess
import sys
from pathlib import Path

import pixelwalk

#: Of Keras, whatever a keras.json said before.
SET = ["float32 float32 1e-07", "channels_last"]


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
        "config = backend.keras.config\n"
        "config.set_floatx('float64')\n"
        "config.set_image_data_format('channels_first')\n"
        "backend.prepare(2)\n"
        "print(config.floatx(), config.dtype_policy().name, config.epsilon())\n"
        "print(config.image_data_format())\n"
        "used = backend.tf.config.threading\n"
        "print(used.get_intra_op_parallelism_threads())\n"
        "print(used.get_inter_op_parallelism_threads())\n"
    ) == ["[]", "tensorflow True", "matplotlib sklearn", *SET, "2", "2"]


def test_what_was_there_before_stays():
    assert alone(
        "import gc, sys\n"
        "gc.disable()\n"
        "import sklearn\n"
        "from pixelwalk.networks import backend\n"
        "print(sys.modules['sklearn'] is sklearn, gc.isenabled())\n"
    ) == ["True False"]
