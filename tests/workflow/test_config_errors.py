"""A mistake in the configuration ends the run at once, with one line that helps."""

import pytest
import starts

from edits import setting
from laughs import LAUGHS

# What snakemake itself says before the configuration is checked.
PREAMBLE = "Using workflow specific profile"
EXTENDED = "Config file config.yaml is extended by additional config specified via the"


def end(run):
    """The one line with which a run ends."""
    assert run.returncode == 1
    assert all(line.startswith(EXTENDED) for line in run.stdout.splitlines())
    lines = [x for x in run.stderr.splitlines() if not x.startswith(PREAMBLE)]
    assert len(lines) == 1, run.stderr
    return lines[0]


def text(written, name="config.yaml"):
    """Write the text of a config file."""
    return lambda place, _: (place / name).write_text(written, encoding="utf-8")


def second(written):
    return text(written, "my.yaml")


CODE = "seed: !!python/object/apply:os.system ['touch pwned']"
SEED = "seed: expected a whole number, 0 to 4294967295, got 'many'"
TWICE = "seed: 1\nising: {}\nseed: 2\n"

#: One mistake of each kind: how it is made, and how the line begins that tells of it.
MISTAKES = {
    "an unknown key": (
        setting("ising", "half", "bta", to=1),
        "ising.half: unknown key 'bta' in config.yaml; did you mean 'beta'?",
    ),
    "a type": (
        setting("ising", "half", "rows", to="four"),
        "ising.half.rows: expected a whole number of sites",
    ),
    "a bound": (
        setting("ising", "half", "beta", to=-1001),
        "ising.half.beta: expected an inverse temperature, -1000 to 1000",
    ),
    "not a number": (
        setting("ising", "half", "beta", to=float("nan")),
        "ising.half.beta: expected a finite number",
    ),
    "a choice": (
        setting("fallback", to="cats"),
        "fallback: expected none or digits, got 'cats'",
    ),
    "what is missing": (
        setting("ising", "half", to={"rows": 4}),
        "ising.half: 'columns' is missing; expected ",
    ),
    "a name": (
        setting("ising", "../x", to={}),
        "ising: the name '../x' is not usable; expected ",
    ),
    "what cannot be printed": (
        setting("graphs", "fives", "a\n\x1b[31m\0\u2028", to=1),
        r"graphs.fives: unknown key 'a \x1b[31m\x00 ' in config.yaml; known",
    ),
    "a reference": (
        setting("graphs", "fives", "images", to="sixes"),
        "graphs.fives.images: expected the name of an entry of 'images' (fives, test",
    ),
    "what does not fit": (
        setting("paper", "lattices", "half", to="standard"),
        "paper.lattices.half: expected an entry of 'graphs' over an ensemble with "
        "bonds: half",
    ),
    "a lattice too small to close": (
        setting("ising", "periodic", "rows", to=2),
        "ising.periodic: a periodic lattice needs at least 3 rows and columns, got 2",
    ),
    "a file": (
        setting("images", "new", to={"source": "./none.npy"}),
        "images.new.source: expected a file, got './none.npy', which is not there",
    ),
    "a mirror": (
        setting("mnist", "mirrors", to=["ftp://x/"]),
        "mnist.mirrors.0: expected an address of a folder: https://..., http://...",
    ),
    "no YAML": (text("a: [1\nb: {"), "config.yaml, line 2: expected YAML, but "),
    "a key twice": (text(TWICE), "config.yaml: the key 'seed' stands twice (line 3)"),
    "a character": (text("seed: \0"), "config.yaml: expected YAML, but unacceptable"),
    "depth": (
        text("[" * 999),
        "config.yaml: expected a configuration, but it is too",
    ),
    "laughs": (text(LAUGHS), "config.yaml: expected a configuration, but it is too l"),
    "a tag": (text("a: !x 1"), "config.yaml, line 1: expected YAML, but could not"),
    "an object": (text(CODE), "config.yaml, line 1: expected YAML, but could not"),
    "Snakemake's key": (text("pathvars: 3"), "config.yaml: unknown key 'pathvars'"),
    "nothing": (text(""), "config.yaml: expected YAML with keys at its top level"),
    "a second file": (second("seed: many\n"), SEED),
    "a key twice in a second file": (
        second(TWICE),
        "{place}/my.yaml: the key 'seed' stands twice (line 3)",
    ),
}
#: More of the same kinds.
MORE = {
    "a number that is text": (
        setting("ising", "half", "beta", to="1e-3"),
        "ising.half.beta: expected an inverse temperature, -1000 to 1000, got '1e-3', "
        "which is text for YAML; write 1.0e-3",
    ),
    "a name that is a number": (
        setting("graphs", "fives", "images", to=5),
        'graphs.fives.images: expected at most 64 letters, digits, "_", "." and '
        '"-", beginning with a letter or digit, not ending in 20 times the same, got '
        "5; names that are no text for YAML (5, 1.5, yes, null) need quotes",
    ),
    "a count that is text": (
        setting("ising", "half", "training", to="1e4"),
        "ising.half.training: expected a whole number of at least 1, got '1e4', which "
        "is text for YAML; write 10000",
    ),
    "a key that is a number": (
        setting("ising", 5, to={}),
        "ising: the name '5' is not usable; expected at most 64 letters",
    ),
    "a very long name": (
        setting("ising", "a" * 40_000, to={}),
        "ising: the name 'aaa",
    ),
    "a path variable": (
        setting("ising", "half", "lattice", to="./<results>/edges.txt"),
        "ising.half.lattice: expected rectangular, triangular, or a file",
    ),
    "a name that is no UTF-8": (
        setting("ising", "half", "source", to="./\udcff.npy"),
        "ising.half.source: expected a .npy, .npz or .h5 file of spins",
    ),
    "a character that is none": (
        setting("ising", "half", "lattice", to="./\ufffe.txt"),
        "ising.half.lattice: expected rectangular, triangular, or a file",
    ),
    "a section": (
        setting("seeed", to=1),
        "the configuration: unknown key 'seeed' in config.yaml; did you mean 'seed'?",
    ),
    "a key of a graph": (
        setting("graphs", "fives", "cut", to=[]),
        "graphs.fives: unknown key 'cut' in config.yaml; did you mean 'cuts'?",
    ),
    "a cut too high": (
        setting("graphs", "fives", "cuts", to=["at-1.1"]),
        "graphs.fives.cuts.0: expected at-x or top-x",
    ),
    "a cut of no kind": (
        setting("graphs", "fives", "cuts", to=["best-3"]),
        "graphs.fives.cuts.0: expected at-x or top-x",
    ),
    "two sources": (
        setting("graphs", "fives", "ising", to="half"),
        "graphs.fives: expected exactly one of 'ising' and 'images'",
    ),
    "more than there is": (
        setting("paper", "recovery", "sizes", to=[20, 61]),
        "paper.recovery.sizes: expected at most 60",
    ),
    "an activation": (
        setting("autoencoders", "half", "activation", to="rely"),
        "autoencoders.half.activation: expected a Keras activation",
    ),
    "a tab": (text("a: 1\n\tb: 2"), "config.yaml, line 2: expected YAML, but "),
    "a date": (text("seed: 2020-13-01"), "config.yaml: month must be in 1..12"),
    "a circle": (text("a: &a [*a]"), "config.yaml: expected a configuration, but it"),
    "a key in a second file": (
        second("ising:\n  half:\n    bta: 1\n"),
        "ising.half: unknown key 'bta' in {place}/my.yaml; did you mean 'beta'?",
    ),
    "what is missing in a second file": (
        second("ising:\n  cold:\n    rows: 4\n"),
        "ising.cold: 'columns' is missing",
    ),
    "a text for a list in a second file": (
        second("graphs:\n  fives:\n    cuts: at-0\n"),
        "graphs.fives.cuts: expected",
    ),
    "a second file without a section": (second("ising: null\n"), "ising: expected"),
}


@pytest.fixture
def line(place, monkeypatch):
    """Function that gives the line with which a start in a place ends, if it does."""
    monkeypatch.chdir(place.folder)

    def find(*configfiles, mirrors=None, **given):
        def start():
            config = starts.read(*configfiles, **given)
            places = [place / path for path in configfiles]
            starts.check(config, mirrors, [*places, "config.yaml"])

        return starts.line_of(start)

    return find


def files(place):
    return ["my.yaml"] if (place / "my.yaml").exists() else []


@pytest.mark.parametrize("mistake", MISTAKES | MORE)
def test_a_mistake(place, config, line, mistake):
    change, expected = (MISTAKES | MORE)[mistake]
    change(place, config)
    expected = f"error in the configuration: {expected}".format(place=place.folder)
    assert line(*files(place)).startswith(expected)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_command_says_the_same(place, config, line, mistake):
    MISTAKES[mistake][0](place, config)
    arguments = ["--configfile", *files(place)] if files(place) else []
    run = place.snakemake("-n", *arguments)
    assert end(run) == line(*files(place))
    assert not (place / "pwned").exists()


def test_a_mistake_on_the_command_line(place, line):
    run = place.snakemake("-n", "--config", "seed=many")
    assert end(run) == line(seed="many") == f"error in the configuration: {SEED}"


def test_a_mistake_in_the_mirrors_of_the_environment(place, line):
    said = end(place.snakemake("-n", mirrors=["http://x/", "ftp://x/"]))
    assert said == line(mirrors="http://x/ ftp://x/")
    assert "mnist.mirrors.1: expected an address" in said


def test_mirrors_of_the_environment_stand_in_for_none(place, config, line):
    del config["mnist"]["mirrors"]
    place.configure(config)
    assert end(place.snakemake("-n")) == line()
    assert line(mirrors="file:///x/") == ""
    assert place.snakemake("-n", mirrors=["file:///x/"]).returncode == 0


def test_a_second_file_that_is_no_yaml(place):
    # Snakemake reads it before the workflow can; what it says names no line.
    (place / "my.yaml").write_text("seed: [1", encoding="utf-8")
    run = place.snakemake("-n", "--configfile", "my.yaml")
    told = run.stdout + run.stderr
    assert run.returncode != 0 and "Traceback" not in told
    assert "Config file is not valid JSON or YAML" in told


def test_a_mistake_stops_a_real_run_before_the_first_job(place, config, line):
    config["ising"]["half"]["beta"] = -1001
    place.configure(config)
    assert end(place.snakemake("--cores", "2")) == line()
    assert not (place / "results").exists()
