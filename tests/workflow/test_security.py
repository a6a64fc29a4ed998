"""Nothing is unpickled, no shell command is built, no path leads out of results/."""

import ast
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dag

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "workflow").rglob("*.py"))
RULES = [ROOT / "Snakefile", *sorted((ROOT / "workflow/rules").glob("*.smk"))]

# What makes code of text; what ruff knows of this is not here.
EVALUATING = {"compile", "__import__"}


def dotted(node):
    """The name of what is called: `np.load` of `np.load(...)`."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([*([node.id] if isinstance(node, ast.Name) else []), *parts[::-1]])


def faults(source):
    """What must not stand in a Python file, with its line."""
    calls = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call))
    for node in calls:
        name, last = dotted(node.func), dotted(node.func).rpartition(".")[2]
        said = {
            word.arg: getattr(word.value, "value", "what is not said")
            for word in node.keywords
        }
        if name in EVALUATING:
            yield node.lineno, f"{name} makes code of text"
        if said.get("shell", False):
            yield node.lineno, f"{name} calls a shell"
        if said.get("allow_pickle", False):
            yield node.lineno, f"{name} may unpickle"
        if name in ("np.load", "numpy.load") and said.get("allow_pickle") is not False:
            yield node.lineno, f"{name} does not say allow_pickle=False"
        if last == "load_model" and said.get("safe_mode") is not True:
            yield node.lineno, f"{name} does not say safe_mode=True"


def test_no_file_is_trusted_with_code():
    found = {path: list(faults(path.read_text(encoding="utf-8"))) for path in PYTHON}
    assert len(found) > 100 and not any(found.values()), found


@pytest.mark.parametrize(
    "source",
    [
        "compile(text, 'name', 'exec')",
        "__import__(text)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "h5.read(allow_pickle=given)",
        "keras.models.load_model(path)",
        "keras.models.load_model(path, safe_mode=False)",
        "subprocess.run(text, shell=True)",
        "subprocess.run(text, shell=asked)",
    ],
)
def test_what_the_test_above_finds(source):
    assert len(list(faults(source))) >= 1


def test_ruff_refuses_the_rest():
    lines = [
        *("import cloudpickle", "import dill", "import pickle", "import marshal"),
        *("import shelve", "from joblib import load", "import os", "import yaml"),
        *("import asyncio, subprocess", "from keras import config", "eval(load)"),
        *("exec(load)", "yaml.load(load, Loader=yaml.Loader)", "yaml.load_all(load)"),
        *("yaml.unsafe_load(load)", "yaml.full_load(load)", "os.system(load)"),
        *("os.popen(load)", "subprocess.getoutput(load)"),
        *("subprocess.getstatusoutput(load)", "config.enable_unsafe_deserialization()"),
        "asyncio.create_subprocess_shell(load)",
    ]
    good = {"import os", "import yaml", "import asyncio, subprocess"}
    good |= {"from keras import config"}
    ruff = [sys.executable, "-m", "ruff", "check", "--output-format", "json"]
    run = subprocess.run(
        [*ruff, "--stdin-filename", "workflow/pixelwalk/never.py", "-"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    codes = ("TID251", "S102", "S307")
    found = [x for x in json.loads(run.stdout) if x["code"] in codes]
    refused = {lines[x["location"]["row"] - 1] for x in found}
    assert refused == set(lines) - good


def test_no_rule_makes_code_of_text():
    for path in RULES:
        text = path.read_text(encoding="utf-8")
        calls = r"\b(eval|exec|popen|system|subprocess|shell)\b\s*[.(]"
        assert not re.search(rf"{calls}|\byaml\.(?!safe_load\b)\w*load", text), path


def test_every_target_lies_under_results(place, config):
    names = ["a..", "0", "a.b-c_d", "ab" * 18, "true"]
    for name in names:
        config["ising"][name] = config["ising"]["periodic"]
        config["graphs"][name] = config["graphs"]["periodic"] | {"ising": name}
        config.setdefault("transitions", {})[name] = {"graphs": [name]}
    place.configure(config)
    jobs = dag.load(place).dag.jobs
    files = {str(file) for job in jobs for file in [*job.output, *job.log]}
    files |= {str(job.benchmark) for job in jobs if job.benchmark}
    assert len(files) > 3 * 37
    assert f"results/figures/transition-{names[0]}.svg" in files
    for file in map(Path, files):
        assert file.parts[0] == "results" and ".." not in file.parts, file


def test_a_link_out_of_results_is_the_users_own(place):
    # What leads out is what the user made so: a folder elsewhere, on a larger disk.
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    (place / "results").symlink_to(elsewhere)
    run = place.snakemake("results/ising/half/samples.h5")
    assert run.returncode == 0, run.stderr
    assert (elsewhere / "ising/half/samples.h5").is_file()


def test_a_saved_network_holds_no_code(finished):
    with zipfile.ZipFile(finished / "results/autoencoders/half/model.keras") as saved:
        network = json.loads(saved.read("config.json"))
    layers = [layer["class_name"] for layer in network["config"]["layers"]]
    assert len(layers) >= 2 and "Lambda" not in json.dumps(network)


@pytest.mark.parametrize("name", ["config.yaml", "my.yaml"])
def test_no_code_in_a_configuration_is_run(place, name):
    # Snakemake itself would run what stands behind a question mark.
    code = "?__import__('pathlib').Path('ran').touch()"
    (place / name).write_text(f'__use_yte__: true\nseed: "{code}"\n', encoding="utf-8")
    own = ["--configfile", name] if name == "my.yaml" else []
    run = place.python("workflow/reproduce.py", "-n", *own)
    assert run.returncode != 0 and "Traceback" not in run.stdout + run.stderr
    assert "expected no '__use_yte__'" in run.stdout + run.stderr
    assert not (place / "ran").exists()
