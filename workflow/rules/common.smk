# Validates the configuration, and defines the functions by which rules look up names and
# settings in it.

import functools
import json
import re

from pixelwalk import sources
from pixelwalk.config import fits, settings, targets
from pixelwalk.config import schema as schemas
from pixelwalk.jobs.fingerprint import fingerprint as digest_code
from pixelwalk.sources.mnist import without_password

try:
    schema = schemas.load(STUDIES)
except ValueError as error:
    sys.exit(f"error: {error}")
try:
    # Image sets that replace sets of MNIST.
    mirrors = os.getenv("PIXELWALK_MNIST_MIRRORS")
    STAND_INS = settings.start(config, schema, mirrors, CONFIGS)
except ValueError as error:
    sys.exit(f"error in the configuration: {error}")
try:
    # Snakemake checks targets later, with less helpful messages.
    if workflow.modifier.is_main_snakefile():
        targets.check(sys.argv[1:], config, schema.titles())
except ValueError as error:
    sys.exit(f"error: {text.one_line(error)}")

# Snakemake writes the configuration into a file for each script, and the command line
# into its log; passwords must be in neither.
PRIVATE = settings.take_passwords(config)
os.environ.update(PIXELWALK_PRIVATE_MIRRORS=json.dumps(PRIVATE))
for mirror in sum(PRIVATE.values(), []):
    hidden = without_password(mirror)
    sys.argv[:] = [part.replace(mirror, hidden) for part in sys.argv]


wildcard_constraints:
    cut=r"(at|top|knn)-[0-9.]+",
    archive="|".join(sources.ARCHIVES),
    file=r"(train|t10k)-(images-idx3|labels-idx1)-ubyte\.gz",
    shard=r"[0-9]+",
    shards=r"[0-9]+",


# Settings of an ensemble that define the Ising model; the others say how it is sampled.
MODEL = ("rows", "columns", "lattice", "beta", "boundary", "bonds", "field")

# Settings of a graph: those of the sums over images, and those of the weights alone.
SUMMED = ("kind", "level")
WEIGHED = ("centred", "square", "diagonal")

PAPER = config["paper"]

digest_once = functools.cache(digest_code)


def fingerprint(script, environment):
    """Return a param function: the fingerprint of a rule's code, once it has a job."""
    return lambda wildcards: digest_once(script, environment, workflow=WORKFLOW)


def settings_of(section, *keys):
    """Return a function of {name}: the entry's name and settings, or those of `keys`."""

    def look_up(wildcards):
        entry = config[section][wildcards.name]
        chosen = {key: entry[key] for key in sorted(keys or entry) if key in entry}
        return chosen | {"name": wildcards.name}

    return look_up


def pixels_of(section, images="images"):
    """Return a function of {name}: the file with the pixels of the entry."""

    def look_up(wildcards):
        entry = config[section][wildcards.name]
        if "ising" in entry:
            return f"results/ising/{entry['ising']}/samples.h5"
        return f"results/images/{entry[images]}/images.h5"

    return look_up


def sampling_settings(wildcards):
    """Return the settings of an ensemble on which its samples depend."""
    chosen = settings_of("ising")(wildcards)
    unused = {"exact": {"sweeps"}, "auto": set()}.get(chosen["method"], {"budget"})
    return {key: chosen[key] for key in chosen if key not in unused | {"shards"}}


def reading_settings(wildcards):
    """Return the settings of an ensemble read from a file, without those of sampling."""
    chosen = settings_of("ising")(wildcards)
    unused = {"shards", "method", "sweeps", "budget"}
    return {key: chosen[key] for key in chosen if key not in unused}


def sampling_threads(wildcards):
    """Return the number of threads: 8 for ensembles that take more than a moment."""
    entry = config["ising"][wildcards.name]
    spins = entry["rows"] * entry["columns"] * (entry["training"] + entry["test"])
    return 1 if spins < 10**7 else 8


def weight_settings(entry, keys=SUMMED + WEIGHED):
    """Return the settings of a graph on which its weights depend."""
    return {key: entry[key] for key in keys}


def summed_settings(wildcards):
    """Return the settings of a graph on which its sums over images depend."""
    return weight_settings(config["graphs"][wildcards.name], SUMMED)


def walks_of_graph(wildcards):
    """List the files of the stationary distributions of a graph, in order of its cuts."""
    cuts = config["graphs"][wildcards.name]["cuts"]
    return expand("results/graphs/{name}/{cut}/stationary.h5", cut=cuts, **wildcards)


def too_large(name):
    """Return whether a graph has too many pixels to hold the weights of all pairs."""
    shape = fits.shape_of(config["graphs"][name], config)
    return bool(shape) and shape[0] * shape[1] > fits.MOST_PIXELS


def origin_of(entry):
    """Return the source of an entry's images, or the lattice and bonds of its spins."""
    if "images" in entry:
        return {"source": config["images"][entry["images"]]["source"]}
    ensemble = config["ising"][entry["ising"]]
    # Without temperature and field, since ensembles that differ in them are compared.
    keys = ("source", "lattice", "rows", "columns", "boundary", "bonds")
    return {key: ensemble[key] for key in keys if key in ensemble}


def explored_first(wildcards):
    """Return the name of the graph that an explorer shows first."""
    return wildcards.explorer.removeprefix("explorer").lstrip("-") or PAPER["digit"]


def explored(wildcards):
    """Return cuts, teleport and networks of each graph of an explorer, by its name."""
    origin = None
    if wildcards.explorer != "explorer":
        origin = origin_of(config["graphs"][explored_first(wildcards)])
    graphs = {}
    for name in sorted(SMALL):
        graph = config["graphs"][name]
        if origin in (None, origin_of(graph)):
            networks = [
                network
                for network, entry in sorted(config["autoencoders"].items())
                if origin_of(entry) == origin_of(graph)
            ]
            graphs[name] = {key: graph[key] for key in ("cuts", "teleport")}
            graphs[name] |= {"networks": networks}
    return graphs


def explored_networks(wildcards):
    """List the networks of all graphs of an explorer, sorted."""
    graphs = explored(wildcards).values()
    return sorted({name for graph in graphs for name in graph["networks"]})


def sorted_keys(part):
    """Return a part of the configuration with the keys of its mappings sorted."""
    if isinstance(part, dict):
        return {key: sorted_keys(part[key]) for key in sorted(part)}
    return part


def settings_of_results():
    """Return the configuration without the settings of downloads, keys sorted."""
    downloads = set(sources.ARCHIVES)
    return sorted_keys({key: config[key] for key in config if key not in downloads})


def unsharded(section):
    """List the entries of a section that take one job; without large graphs."""
    return [
        name
        for name, entry in config[section].items()
        if entry["shards"] == 1
        and not (section == "graphs" and too_large(name))
        and not (section == "ising" and "source" in entry)
    ]


def sharded(section):
    """List the entries of a section that are split into shards."""
    return [
        name
        for name, entry in config[section].items()
        if entry["shards"] > 1 and not (section == "ising" and "source" in entry)
    ]


def shards_of(section):
    """Return a function of {name}: the files of all shards of the entry."""

    def look_up(wildcards):
        shards = config[section][wildcards.name]["shards"]
        return [
            f"results/{section}/{wildcards.name}/shards/{shard}-of-{shards}.h5"
            for shard in range(1, shards + 1)
        ]

    return look_up


def one_of(names):
    """Return a regular expression that matches these names only; of none, nothing."""
    return "|".join(map(re.escape, names)) or "(?!)"
