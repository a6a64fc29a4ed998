"""Nothing is unpickled, no shell command is built, no path leads out of results/."""

import ast
import copy
import itertools
import re
from pathlib import Path

import pytest
import yaml
from mutations import CONFIG, HOSTILE, SCHEMA

from pixelwalk.settings import check

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "workflow").rglob("*.py"))
RULES = [ROOT / "Snakefile", *sorted((ROOT / "workflow/rules").glob("*.smk"))]

# What turns text or bytes from elsewhere into code.
EVALUATING = {"eval", "exec", "compile", "__import__"}
UNPICKLING = {"pickle", "cPickle", "dill", "joblib", "cloudpickle", "shelve", "marshal"}
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell"}


def dotted(node):
    """The name of what is called: `np.load` of `np.load(...)`."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([*([node.id] if isinstance(node, ast.Name) else []), *parts[::-1]])


def faults(source):
    """What must not stand in a Python file, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            names.append(getattr(node, "module", None) or "")
            if UNPICKLING & {name.split(".")[0] for name in names}:
                yield node.lineno, "imports an unpickler"
        if not isinstance(node, ast.Call):
            continue
        name, last = dotted(node.func), dotted(node.func).rpartition(".")[2]
        said = {
            word.arg: getattr(word.value, "value", "what is not said")
            for word in node.keywords
        }
        if name in EVALUATING:
            yield node.lineno, f"{name} makes code of text"
        if last in SHELLS or said.get("shell", False):
            yield node.lineno, f"{name} calls a shell"
        if said.get("allow_pickle", False):
            yield node.lineno, f"{name} may unpickle"
        if name in ("np.load", "numpy.load") and said.get("allow_pickle") is not False:
            yield node.lineno, f"{name} does not say allow_pickle=False"
        if last == "load_model" and said.get("safe_mode") is not True:
            yield node.lineno, f"{name} does not say safe_mode=True"
        if last == "enable_unsafe_deserialization":
            yield node.lineno, f"{name} lets Keras run what a file says"
        if name.startswith("yaml.") and "load" in last and last != "safe_load":
            yield node.lineno, f"{name} is not safe_load"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_no_file_is_trusted_with_code(path):
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "eval('1')",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "h5.read(allow_pickle=given)",
        "keras.models.load_model(path)",
        "keras.models.load_model(path, safe_mode=False)",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.unsafe_load(text)",
        "os.system('ls')",
        "subprocess.run(text, shell=True)",
        "subprocess.run(text, shell=asked)",
    ],
)
def test_what_the_test_above_finds(source):
    assert len(list(faults(source))) >= 1


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_no_rule_has_a_shell_command(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"^\s*(shell|run|notebook|wrapper|cwl)\s*:", text, re.MULTILINE
    )
    assert not re.search(r"\b(eval|exec|popen|system|subprocess|shell)\b\s*[.(]", text)
    assert not re.search(r"\byaml\.(?!safe_load\b)\w*load", text)


#: Where text of the config becomes a part of a path.
NAMES = [
    *(("ising", None), ("images", None), ("graphs", None), ("autoencoders", None)),
    *(("transitions", None), ("matrices", None), ("linear", None)),
    *(("programme", None), ("graphs", "cuts")),
]


def add_transition(config, name):
    """Add a transition, over a graph that it may be about."""
    ensemble = next(iter(config["ising"].values())) | {"boundary": "periodic"}
    graph = {"ising": "periodic", "kind": "correlation", "cuts": ["at-0"]}
    config["ising"]["periodic"], config["graphs"]["periodic"] = ensemble, graph
    config.setdefault("transitions", {})[name] = {"graphs": ["periodic"]}


@pytest.mark.parametrize(("section", "key"), NAMES)
def test_no_name_of_the_config_leads_out_of_results(section, key):
    passed = []
    odd = [
        "...",
        "a..",
        "..a",
        "a/b",
        "a\\b",
        "CON",
        "-",
        "_",
        ".a",
        "a" * 65,
        "á",
        "a b",
    ]
    for hostile in itertools.chain(HOSTILE, odd):
        config = copy.deepcopy(CONFIG)
        if key:
            config[section]["fives"][key] = [hostile]
        elif section == "transitions":
            add_transition(config, hostile)
        else:
            config[section][hostile] = next(iter(config[section].values()))
        try:
            check(config, copy.deepcopy(SCHEMA))
        except ValueError:
            continue
        passed.append(hostile)
    assert passed  # some are names after all
    for name in passed:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", name), name
        inside = Path("/results/graphs", name, "weights.h5")
        assert inside.parts == ("/", "results", "graphs", name, "weights.h5")


def test_every_target_lies_under_results(place, config):
    names = ["a..", "0", "a.b-c_d", "ab" * 18, "true"]
    for name in names:
        config["ising"][name] = config["ising"]["half"]
        config["graphs"][name] = config["graphs"]["half"] | {"ising": name}
        add_transition(config, name)
    place.configure(config)
    run = place.snakemake("-n")
    assert run.returncode == 0, run.stderr
    told = re.findall(r"^ +(?:output|log|benchmark): (.+)$", run.stdout, re.MULTILINE)
    files = [file for line in told for file in line.split(", ")]
    assert len(files) > 3 * 37
    assert f"results/figures/transition-{names[0]}.svg" in files
    for file in map(Path, (file.partition(" (")[0] for file in files)):
        assert file.parts[0] == "results" and ".." not in file.parts, file


def test_a_link_out_of_results_is_the_users_own(place):
    # What leads out is what the user made so: a folder elsewhere, on a larger disk.
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    (place / "results").symlink_to(elsewhere)
    run = place.snakemake("results/ising/half/samples.h5")
    assert run.returncode == 0, run.stderr
    assert (elsewhere / "ising/half/samples.h5").is_file()


def test_a_saved_network_is_read_without_running_what_it_says(finished):
    import keras

    path = finished / "results/autoencoders/half/model.keras"
    model = keras.models.load_model(path, safe_mode=True)
    assert len(model.layers) >= 2
    assert "Lambda" not in yaml.safe_dump(model.get_config(), default_flow_style=True)


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
