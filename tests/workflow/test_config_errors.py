"""A mistake in the configuration ends the run at once, with one line that helps."""

import pytest

# What snakemake itself says before the configuration is checked.
PREAMBLE = "Using workflow specific profile"
EXTENDED = "Config file config.yaml is extended by additional config specified via the"


def end(run):
    """The one line with which a run ends."""
    assert run.returncode != 0
    assert all(line.startswith(EXTENDED) for line in run.stdout.splitlines())
    lines = [x for x in run.stderr.splitlines() if not x.startswith(PREAMBLE)]
    assert len(lines) == 1, run.stderr
    assert lines[0].startswith("error in the configuration: ")
    return lines[0].removeprefix("error in the configuration: ")


@pytest.mark.parametrize(
    ("keys", "value", "key", "expected"),
    [
        ("seeed", 1, "the configuration", "unknown key 'seeed'; did you mean 'seed'?"),
        ("ising.half.bta", 1, "ising.half", "'bta'; did you mean 'beta'?"),
        ("graphs.fives.cut", [], "graphs.fives", "'cut'; did you mean 'cuts'?"),
        ("ising.half.rows", "four", "ising.half.rows", "a whole number of sites"),
        (
            "ising.half.beta",
            -1001,
            "ising.half.beta",
            "inverse temperature, -1000 to 1000",
        ),
        ("ising.half.beta", float("nan"), "ising.half.beta", "a finite number"),
        ("graphs.fives.cuts", ["at-1.1"], "graphs.fives.cuts", "a fraction from 0 to"),
        ("graphs.fives.cuts", ["best-3"], "graphs.fives.cuts", "at-x or top-x"),
        ("graphs.fives.images", "sixes", "graphs.fives.images", "an entry of 'images'"),
        ("graphs.fives.ising", "half", "graphs.fives", "exactly one of 'ising' and"),
        ("ising.half", {"rows": 4}, "ising.half", "is missing"),
        ("ising.../x", {}, "ising", "the name '../x' is not usable"),
        ("paper.recovery.sizes", [20, 61], "paper.recovery.sizes", "at most 60"),
        ("paper.lattices.half", "standard", "paper.lattices.half", "bonds: half"),
        ("mnist.mirrors", ["ftp://x/"], "mnist.mirrors", "https://..., http://..."),
        ("autoencoders.half.activation", "rely", "autoencoders.half.activation", "sig"),
        ("fallback", "cats", "fallback", "none or digits, got 'cats'"),
    ],
)
def test_a_mistake(place, config, keys, value, key, expected):
    at = config
    *rooms, last = keys.replace("../", "\0").split(".")
    for room in rooms:
        at = at[room]
    at[last.replace("\0", "../")] = value
    place.configure(config)
    line = end(place.snakemake("-n"))
    assert line.startswith(key)
    assert expected in line


def test_a_lattice_too_small_to_close(place, config):
    config["ising"]["half"] |= {"rows": 2, "columns": 2, "boundary": "periodic"}
    place.configure(config)
    line = end(place.snakemake("-n"))
    assert line.startswith("ising.half: ")
    assert "at least 3 rows and columns, got 2 x 2" in line


def test_a_mistake_on_the_command_line(place):
    run = place.snakemake("-n", "--config", "seed=many")
    assert run.returncode != 0 and "Traceback" not in run.stderr
    line = run.stderr.splitlines()[-1]
    assert "seed: expected a whole number, 0 to 4294967295, got 'many'" in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seed: [1\nising: {", "config.yaml, line 2: expected YAML, but "),
        ("seed: 1\n\tising: 2\n", "config.yaml, line 2: expected YAML, but "),
        ("seed: 1\nising: {}\nseed: 2\n", "the key 'seed' stands twice (line 3)"),
        ("seed: 2020-13-01", "config.yaml: month must be in 1..12"),
        ("seed: \0", "unacceptable character"),
        ("a: &a [*a]", "too deep"),
        ("[" * 999, "too deep"),
        ("", "config.yaml: expected YAML with keys at its top level"),
    ],
)
def test_what_is_no_yaml(place, text, expected):
    place.configure(text)
    assert expected in end(place.snakemake("-n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seed: many\n", "seed: expected a whole number, 0 to 4294967295, got 'many'"),
        (
            "ising:\n  half:\n    bta: 1\n",
            "ising.half: unknown key 'bta'; did you mean",
        ),
        ("ising:\n  cold:\n    rows: 4\n", "ising.cold: 'columns' is missing"),
        ("graphs:\n  fives:\n    cuts: at-0\n", "graphs.fives.cuts: expected"),
        ("ising: null\n", "ising: expected"),
        ("seed: 1\nising: {}\nseed: 2\n", "the key 'seed' stands twice (line 3)"),
    ],
)
def test_a_mistake_in_a_second_file(place, text, expected):
    (place / "my.yaml").write_text(text, encoding="utf-8")
    assert expected in end(place.snakemake("-n", "--configfile", "my.yaml"))


def test_a_second_file_that_is_no_yaml(place):
    # Snakemake reads it before the workflow can; what it says names no line.
    (place / "my.yaml").write_text("seed: [1", encoding="utf-8")
    run = place.snakemake("-n", "--configfile", "my.yaml")
    told = run.stdout + run.stderr
    assert run.returncode != 0 and "Traceback" not in told
    assert "Config file is not valid JSON or YAML" in told


def test_no_mistake_stops_a_real_run_before_the_first_job(place, config):
    config["ising"]["half"]["beta"] = -1001
    place.configure(config)
    assert "ising.half.beta" in end(place.snakemake("--cores", "2"))
    assert not (place / "results").exists()


def test_no_mistake_no_error(place):
    run = place.snakemake("-n")
    assert run.returncode == 0
    assert "error in the configuration" not in run.stdout + run.stderr
