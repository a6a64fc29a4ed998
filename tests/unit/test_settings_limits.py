"""The largest graph, the rarest jump and the coldest antiferromagnet, and beyond."""

import copy

import pytest
from test_settings import DEFAULT, SCHEMA

from pixelwalk.config import fits, settings


@pytest.fixture
def config():
    return copy.deepcopy(DEFAULT)


def refusal(config):
    with pytest.raises(ValueError) as error:
        settings.check(config, SCHEMA)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("size", [(64, 64), (1024, 4), (4, 1024), (63, 65)])
def test_a_matrix_that_is_drawn_may_have_4096_sites(config, size):
    assert fits.MOST_PIXELS == 4096
    rows, columns = size
    config["ising"]["lattice-half"] |= {"rows": rows, "columns": columns}
    settings.check(config, SCHEMA)


@pytest.mark.parametrize(
    ("size", "reduce", "came"),
    [
        ((32, 32), 1, None),
        ((32, 33), 1, "32 x 33"),
        ((64, 65), 2, None),
        ((65, 66), 2, "32 x 33"),
        ((8, 9), 2, None),
        ((8, 7), 2, "4 x 3"),
        ((10, 10), 11, "0 x 0"),
    ],
)
def test_images_of_linear_networks_have_16_to_1024_pixels_once_reduced(
    config, size, reduce, came
):
    rows, columns = size
    config["ising"]["other"] = config["ising"]["periodic"] | {
        **{"rows": rows, "columns": columns, "boundary": "free"}
    }
    config["linear"]["spins-line"] |= {"ising": "other", "reduce": reduce}
    if came is None:
        settings.check(config, SCHEMA)
        return
    line = refusal(config)
    assert line.startswith("linear.spins-line.reduce: expected images of 16 to 1024 ")
    assert f"got {came} of {rows} x {columns} by reduce: {reduce}" in line


@pytest.mark.parametrize(
    ("source", "largest"), [("mnist", 7), ("digits", 2), ("./mine", 14)]
)
def test_images_are_reduced_as_far_as_their_source_allows(config, source, largest):
    for entry in config["images"].values():
        entry["source"] = source
    for name in ("fives-plane", "fives-line"):
        config["linear"][name]["reduce"] = largest
    settings.check(config, SCHEMA)
    if largest < 14:
        config["linear"]["fives-line"]["reduce"] = largest + 1
        assert refusal(config).startswith("linear.fives-line.reduce: expected images")


@pytest.mark.parametrize("size", [(64, 65), (65, 64), (241, 17), (128, 128)])
def test_a_matrix_over_more_sites_is_refused(config, size):
    rows, columns = size
    config["ising"]["lattice-half"] |= {"rows": rows, "columns": columns}
    line = refusal(config)
    assert line.startswith("paper.lattices.half: expected ")
    assert "at most 4096 sites" in line
    assert f"got ising.lattice-half with {rows} x {columns}" in line


def test_a_graph_may_have_65536_sites_and_an_ensemble_more(config):
    assert fits.MOST_NODES == 65536
    large = {"rows": 257, "columns": 256}
    config["ising"]["large"] = config["ising"]["lattice-half"] | large
    settings.check(config, SCHEMA)
    config["graphs"]["large"] = config["graphs"]["lattice-half"] | {"ising": "large"}
    line = refusal(config)
    assert line.startswith("graphs.large.ising: expected ")
    assert "at most 65536 sites" in line and "got ising.large with 257 x 256" in line
    config["ising"]["large"]["rows"] = 256
    settings.check(config, SCHEMA)


@pytest.mark.parametrize("teleport", [0.0001, 0.00011, 0.5, 0.9999])
def test_the_chance_of_a_jump_may_reach_its_limits(config, teleport):
    config["graphs"]["fives"]["teleport"] = teleport
    settings.check(config, SCHEMA)


@pytest.mark.parametrize("teleport", [0.000099, 0.99991, 1, 0])
def test_a_jump_beyond_its_limits_is_refused(config, teleport):
    config["graphs"]["fives"]["teleport"] = teleport
    line = refusal(config)
    assert line.startswith("graphs.fives.teleport: expected the chance of a jump")
    assert f"0.0001 to 0.9999, got {teleport}" in line


@pytest.mark.parametrize("method", ["exact", "swendsen-wang"])
def test_an_antiferromagnet_needs_the_heat_bath(config, method):
    config["ising"]["lattice-half"] |= {"beta": -0.5, "method": method}
    assert refusal(config) == (
        "ising.lattice-half: a beta below 0 needs method: gibbs or auto, got beta: "
        f"-0.5 with method: {method}"
    )
    for able in ("gibbs", "auto"):
        config["ising"]["lattice-half"] |= {"method": able}
        settings.check(config, SCHEMA)


def test_shards_are_of_what_adds_up_to_a_matrix(config):
    config["ising"]["large"] = config["ising"]["lattice-half"] | {"rows": 410}
    config["graphs"]["large"] = config["graphs"]["lattice-half"] | {"ising": "large"}
    settings.check(config, SCHEMA)
    config["graphs"]["large"]["shards"] = 2
    line = refusal(config)
    assert line.startswith("graphs.large.shards: expected an ensemble of at most 4096")
    assert "got ising.large with 410 x 10" in line
    config["ising"]["large"] |= {"rows": 64, "columns": 64, "shards": 1000}
    settings.check(config, SCHEMA)


@pytest.mark.parametrize("section", ["ising", "graphs"])
@pytest.mark.parametrize("shards", [0, 1001, 2.0, "two", None])
def test_numbers_of_shards_that_are_refused(config, section, shards):
    config[section]["lattice-half"]["shards"] = shards
    line = refusal(config)
    assert line.startswith(f"{section}.lattice-half.shards: expected a whole number of")
    assert f"1 to 1000, got {shards!r}" in line


@pytest.fixture
def warm(config):
    """A transition over two graphs, and what it stands on."""
    ensemble = config["ising"]["lattice-half"] | {"boundary": "periodic"}
    for name, beta in (("warm", 0.3), ("cold", 0.6)):
        config["ising"][name] = ensemble | {"beta": beta}
        config["graphs"][name] = {"ising": name, "kind": "correlation"}
    config["transitions"] = {"critical": {"graphs": ["warm", "cold"]}}
    return config


def test_a_transition_is_over_correlations_of_a_periodic_lattice(warm):
    settings.check(warm, SCHEMA)


@pytest.mark.parametrize(
    ("section", "changes", "expected"),
    [
        ("graphs", {"kind": "same-state"}, 'kind: "correlation", got "same-state"'),
        ("graphs", {"centred": True}, "graphs.cold with centred: false, got true"),
        ("graphs", {"square": True}, "graphs.cold with square: false, got true"),
        ("graphs", {"diagonal": False}, "graphs.cold with diagonal: true, got false"),
        ("ising", {"boundary": "free"}, 'ising.cold with boundary: "periodic", got "f'),
        ("ising", {"field": 0.1}, "ising.cold with field: 0, got 0.1"),
        ("ising", {"rows": 11}, "ising.cold with rows: 10, got 11"),
        ("ising", {"bonds": "standard"}, 'with bonds: "half", got "standard"'),
        ("ising", {"beta": 0.2}, "at rising beta, from 0 on, got beta: 0.2 after 0.3"),
    ],
)
def test_a_transition_over_anything_else_is_refused(warm, section, changes, expected):
    warm[section]["cold"] |= changes
    line = refusal(warm)
    assert line.startswith("transitions.critical.graphs: expected ")
    assert expected in line


def test_a_transition_over_a_lattice_that_is_too_large_is_refused(warm):
    for name in ("warm", "cold"):
        warm["ising"][name] |= {"rows": 512}
    assert "at most 4096 sites" in refusal(warm)


def test_a_transition_over_images_is_refused(warm):
    warm["graphs"]["cold"] = {"images": "fives", "kind": "correlation"}
    assert "expected graphs over ensembles, got 'cold'" in refusal(warm)


def test_a_transition_over_a_graph_that_is_not_there_is_refused(config):
    config["transitions"] = {"critical": {"graphs": ["warm"]}}
    line = refusal(config)
    assert line.startswith("transitions.critical.graphs: expected the name of an entry")


@pytest.mark.parametrize("key", ["images", "test"])
def test_a_programme_has_images_of_the_source_of_its_graph(config, key):
    config["images"]["other"] = {"source": "digits"}
    config["programme"]["fives"][key] = "other"
    line = refusal(config)
    assert line.startswith(f"programme.fives.{key}: expected an image set with source")
    assert "mnist, as that of programme.fives.graph, got 'other' with so" in line


@pytest.mark.parametrize(
    ("name", "largest"), [("periodic", 9), ("fives", 27), ("line", 1)]
)
def test_a_filter_of_a_programme_fits_into_the_images(config, name, largest):
    config["ising"]["line"] = config["ising"]["periodic"] | {"boundary": "free"}
    config["ising"]["line"]["rows"] = 1
    config["graphs"]["line"] = config["graphs"]["periodic"] | {"ising": "line"}
    config["programme"]["line"] = config["programme"]["periodic"] | {"graph": "line"}
    config["programme"]["line"]["kernels"] = [1]
    config["programme"][name]["kernels"] = [1, largest] if largest > 1 else [1]
    settings.check(config, SCHEMA)
    config["programme"][name]["kernels"].append(largest + 2)
    line = refusal(config)
    assert line.startswith(f"programme.{name}.kernels: expected filters of at most ")
    assert line.endswith(f"the shorter side of the images, got {largest + 2}")


def test_filters_for_images_of_unknown_size_are_let_through(config):
    for entry in config["images"].values():
        entry["source"] = "./mine"
    config["programme"]["fives"]["kernels"] = [63]
    settings.check(config, SCHEMA)


def test_a_programme_learns_from_as_many_images_as_there_are(config):
    config["programme"]["periodic"]["sizes"] = [50000, 60000]
    config["images"]["training"]["count"] = 100
    config["programme"]["fives"]["sizes"] = [50, 60]  # the larger ones are left out
    settings.check(config, SCHEMA)
    config["programme"]["fives"]["sizes"] = [51]
    line = refusal(config)
    assert line.startswith("programme.fives.sizes: expected at least one of at most 50")
    assert "half of the images of images.training, got [51]" in line
    config["programme"]["fives"]["sizes"] = [50]
    config["programme"]["periodic"]["sizes"] = [50001, 60000]
    line = refusal(config)
    assert line.startswith("programme.periodic.sizes: expected at least one of at most")
    assert "50000, the training samples of ising.periodic, got [50001, 60000]" in line


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"lattice": "./a.edges", "boundary": "periodic"},
            "ising.other.boundary: a lattice that is a list of edges has no boundary "
            "of its own; expected free, got periodic",
        ),
        (
            {"boundary": "helical", "rows": 2},
            "ising.other: a helical lattice needs at least 3 rows and columns, got 2 x "
            "10",
        ),
        (
            {"lattice": "hexagonal"},
            "ising.other.lattice: expected rectangular, triangular, or a file with a "
            'list of edges (a path with a "/" in it, in UTF-8, without {} and <>), got '
            "'hexagonal'",
        ),
        ({"source": "mnist"}, "ising.other.source: expected a .npy, .npz or .h5 file "),
    ],
)
def test_lattices_and_sources_that_cannot_be(config, changed, message):
    config["ising"]["other"] = config["ising"]["periodic"] | changed
    assert refusal(config).startswith(message)


def test_only_spins_from_a_file_need_no_temperature(config):
    config["ising"]["other"] = dict(config["ising"]["periodic"])
    del config["ising"]["other"]["beta"]
    assert refusal(config) == (
        "ising.other: 'beta' is missing; expected an inverse temperature, -1000 to "
        "1000, or a 'source', a file of spins"
    )
    config["ising"]["other"]["source"] = "./spins.npy"
    settings.check(config, SCHEMA)


@pytest.mark.parametrize(
    ("changed", "came"),
    [
        ({"lattice": "triangular"}, "with lattice: triangular and boundary: "),
        ({"boundary": "helical"}, "with lattice: rectangular and boundary: helical"),
        ({"source": "./spins.npy"}, "with a source"),
    ],
)
@pytest.mark.parametrize(
    ("ensemble", "key"),
    [
        ("lattice-half", "paper.lattices.half"),
        ("recovery-standard", "paper.recovery.standard"),
        ("autoencoder-half", "paper.autoencoders.half"),
        ("periodic", "programme."),
    ],
)
def test_the_paper_and_the_programme_are_about_sampled_rectangular_lattices(
    config, ensemble, key, changed, came
):
    config["ising"][ensemble] |= changed
    line = refusal(config)
    assert line.startswith(key) and "on a rectangular lattice" in line
    assert f"got ising.{ensemble} {came}" in line


@pytest.mark.parametrize(
    "bad", ["caf\udce9", "a\ufffe", "a\uffff", "a\x7f", "a\n", "<a>", "{a}"]
)
def test_paths_that_snakemake_would_not_keep(config, bad):
    for section, key in (
        ("images", "source"),
        ("images", "labels"),
        ("ising", "source"),
        ("ising", "lattice"),
    ):
        name = next(iter(config[section]))
        before = config[section][name]
        config[section][name] = before | {key: f"./{bad}/a.npy"}
        line = refusal(config)
        assert line.startswith(f"{section}.{name}.{key}: expected ")
        assert "in UTF-8, without {}" in line and line.isprintable()
        config[section][name] = before
