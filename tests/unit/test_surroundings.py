"""A job computes the same bytes whatever is set around it, or fails in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pixelwalk

WORKFLOW = Path(pixelwalk.__file__).parents[1]

# As Snakemake begins a script.
JOB = f"""
import sys, types
class Inputs(list):
    items = lambda self: ((str(number), path) for number, path in enumerate(self))
snakemake = types.SimpleNamespace(
    log=[sys.argv[1]], input=Inputs(sys.argv[2:]), params={{}}
)
__file__ = {str(WORKFLOW / "scripts" / "some.py")!r}
"""

# A figure, a training, a kernel: small, but each with all that may be set for it.
WORK = """
import numpy as np
from pixelwalk import pairs
from pixelwalk.figures import graphs, style

rng = np.random.default_rng(1)
drawn = graphs.own_graph(rng.random((3, 3)), [rng.random((3, 3))], [0.5], ["at-0"], "a")
style.save(drawn, "drawn.svg", "drawn.png", "drawn.csv")
pixels = rng.integers(0, 256, (50, 6, 6), dtype=np.uint8)
np.save("weights.npy", pairs.pair_weights(pixels, kind="coactivation", threads=2))

from pixelwalk.networks import autoencoder, backend

backend.prepare(1)
images = rng.random((64, 16)).astype(np.float32)
model = autoencoder.build(16, hidden=4, activation="relu", seed=1)
how = {"optimizer": "adam", "learning_rate": 0.01, "epochs": 2, "batch": 16}
autoencoder.train(model, images, images[:20], generator=rng, **how)
autoencoder.save(model, "model.keras")
"""

KERAS = '{"floatx": "float64", "image_data_format": "channels_first", "epsilon": 0.01}'
STYLE = """
backend: TkAgg
text.usetex: True
axes.grid: True
axes.formatter.use_locale: True
font.family: serif
lines.linewidth: 7
savefig.bbox: tight
svg.fonttype: none
"""
HOSTILE = {
    "KERAS_BACKEND": "jax",
    "LC_ALL": "C",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NUMBA_BOUNDSCHECK": "1",
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_DISABLE_JIT": "1",
    "NUMBA_NUM_THREADS": "1",
    "NUMBA_OPT": "0",
    "OMP_NUM_THREADS": "3",
    "OPENBLAS_NUM_THREADS": "3",
    "PYTHONHASHSEED": "7",
    "PYTHONUTF8": "0",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "3",
    "TZ": "Asia/Tokyo",
}


def run(folder, script, *inputs, **variables):
    """Run a script as a job in a folder to its end."""
    return subprocess.run(
        [sys.executable, "-c", JOB + script, "job.log", *map(str, inputs)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(WORKFLOW)} | variables,
        capture_output=True,
        text=True,
        timeout=600,
    )


def made(folder, **variables):
    """Bytes of all that the work makes in a folder."""
    folder.mkdir()
    ended = run(folder, WORK, **variables)
    assert ended.returncode == 0, ended.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_bytes_are_the_same_whatever_is_set_around(tmp_path):
    home = tmp_path / "home"
    for name, text in (("keras/keras.json", KERAS), ("matplotlib/matplotlibrc", STYLE)):
        (home / name).parent.mkdir(parents=True)
        (home / name).write_text(text)
    (home / "keras").rename(home / ".keras")
    plain = made(tmp_path / "plain")
    assert len(plain) == 5
    hostile = HOSTILE | {"HOME": str(home), "MPLCONFIGDIR": str(home / "matplotlib")}
    assert made(tmp_path / "hostile", **hostile) == plain


@pytest.mark.parametrize("module", ["numpy", "h5py", "keras"])
def test_what_cannot_be_imported_is_told_in_one_line(tmp_path, module):
    (tmp_path / f"{module}.py").write_text("import nothing_of_the_kind")
    script = "from pixelwalk import storage\nfrom pixelwalk.networks import backend\n"
    search = os.pathsep.join([str(tmp_path), str(WORKFLOW)])
    ended = run(tmp_path, script, PYTHONPATH=search)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "error: No module named 'nothing_of_the_kind'; the libraries of this Python "
        "are not those that envs/requirements.txt pins; install them again (make) and "
        "run again\n"
    )
    log = (tmp_path / "job.log").read_text()
    assert "Traceback" in log and log.endswith(ended.stderr)


def test_a_fifo_in_place_of_an_input_is_told_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "weights.h5")
    (tmp_path / "plain.h5").touch()
    inputs = ("plain.h5", "missing.h5", "weights.h5")
    ended = run(tmp_path, "from pixelwalk.jobs import stages\n", *inputs)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "error: weights.h5: expected a file, got a FIFO, a folder or a device; take it "
        "away and run again\n"
    )


def test_where_the_package_is_only_imported_all_stays_as_it_was(tmp_path):
    script = (
        "import os, sys, types\n"
        "snakemake = types.SimpleNamespace(log=['x'], input=[])\n"
        "hook = sys.excepthook\n"
        "import pixelwalk\n"
        "print(sys.excepthook is hook, os.environ['KERAS_BACKEND'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(WORKFLOW), "KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
    )
    assert ended.stdout == "True jax\n"
