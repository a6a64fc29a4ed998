# Needs: the configuration. Makes: a checked one, and the functions by which rules find
# what they need in it.

import functools
import json
import re

from pixelwalk import sources
from pixelwalk.config import fits, settings, targets
from pixelwalk.config import schema as schemas
from pixelwalk.jobs.fingerprint import fingerprint as digest_code
from pixelwalk.sources.mnist import without_password

schema = schemas.load(STUDIES)
try:
    # Image sets that stand in for some of MNIST.
    mirrors = os.getenv("PIXELWALK_MNIST_MIRRORS")
    STAND_INS = settings.start(config, schema, mirrors, CONFIGS)
except ValueError as error:
    sys.exit(f"error in the configuration: {error}")
try:
    # Snakemake knows the targets only later, and says of a wrong one little that helps.
    if workflow.modifier.is_main_snakefile():
        targets.check(sys.argv[1:], config, schema.titles())
except ValueError as error:
    sys.exit(f"error: {text.one_line(error)}")

# While a script runs, Snakemake keeps the configuration beside it, in a file; and its
# log begins with the command, which may hold some of it.
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


# What an Ising model is made of; the rest of an ensemble is how it is sampled.
MODEL = ("rows", "columns", "lattice", "beta", "boundary", "bonds", "field")

# What the sums over images of a graph depend on, and what is made of them.
SUMMED = ("kind", "level")
WEIGHED = ("centred", "square", "diagonal")

PAPER = config["paper"]

digest_once = functools.cache(digest_code)


def fingerprint(script, environment):
    """Give a function that fingerprints the code of a rule, if it has a job."""
    return lambda wildcards: digest_once(script, environment, workflow=WORKFLOW)


def settings_of(section, *keys):
    """Give a function that looks up an entry's name and settings, or some, by {name}."""

    def look_up(wildcards):
        entry = config[section][wildcards.name]
        chosen = {key: entry[key] for key in sorted(keys or entry) if key in entry}
        return chosen | {"name": wildcards.name}

    return look_up


def pixels_of(section, images="images"):
    """Give a function that names the file with the pixels of an entry, by {name}."""

    def look_up(wildcards):
        entry = config[section][wildcards.name]
        if "ising" in entry:
            return f"results/ising/{entry['ising']}/samples.h5"
        return f"results/images/{entry[images]}/images.h5"

    return look_up


def sampling_settings(wildcards):
    """Choose the settings of an ensemble that its samples depend on."""
    chosen = settings_of("ising")(wildcards)
    unused = {"exact": {"sweeps"}, "auto": set()}.get(chosen["method"], {"budget"})
    return {key: chosen[key] for key in chosen if key not in unused | {"shards"}}


def reading_settings(wildcards):
    """Choose the settings of an ensemble that is read from a file: not how to sample."""
    chosen = settings_of("ising")(wildcards)
    unused = {"shards", "method", "sweeps", "budget"}
    return {key: chosen[key] for key in chosen if key not in unused}


def sampling_threads(wildcards):
    """Count the threads that an ensemble is worth: most are drawn in a moment."""
    entry = config["ising"][wildcards.name]
    spins = entry["rows"] * entry["columns"] * (entry["training"] + entry["test"])
    return 1 if spins < 10**7 else 8


def weight_settings(entry, keys=SUMMED + WEIGHED):
    """Choose the settings of a graph that the weights depend on."""
    return {key: entry[key] for key in keys}


def summed_settings(wildcards):
    """Choose the settings of a graph that the sums over images depend on."""
    return weight_settings(config["graphs"][wildcards.name], SUMMED)


def walks_of_graph(wildcards):
    """Name the stationary distributions of all cuts of a graph, in order."""
    cuts = config["graphs"][wildcards.name]["cuts"]
    return expand("results/graphs/{name}/{cut}/stationary.h5", cut=cuts, **wildcards)


def too_large(name):
    """Tell whether the weights of all pairs of a graph's pixels are too many to hold."""
    shape = fits.shape_of(config["graphs"][name], config)
    return bool(shape) and shape[0] * shape[1] > fits.MOST_PIXELS


def seen_by(entry):
    """Tell what images of an entry are like: their source, or their lattice and bonds."""
    if "images" in entry:
        return {"source": config["images"][entry["images"]]["source"]}
    ensemble = config["ising"][entry["ising"]]
    # Temperature and field aside, which change how much there is to see, not what.
    alike = ("source", "lattice", "rows", "columns", "boundary", "bonds")
    return {key: ensemble[key] for key in alike if key in ensemble}


def explored_first(wildcards):
    """Name the graph with which an explorer begins."""
    return wildcards.explorer.removeprefix("explorer").lstrip("-") or PAPER["digit"]


def explored(wildcards):
    """Give what an explorer needs to know of each graph: cuts, teleport, and networks."""
    alike = None
    if wildcards.explorer != "explorer":
        alike = seen_by(config["graphs"][explored_first(wildcards)])
    found = {}
    for name in sorted(SMALL):
        graph = config["graphs"][name]
        if alike in (None, seen_by(graph)):
            networks = [
                network
                for network, entry in sorted(config["autoencoders"].items())
                if seen_by(entry) == seen_by(graph)
            ]
            found[name] = {key: graph[key] for key in ("cuts", "teleport")}
            found[name] |= {"networks": networks}
    return found


def seeing(wildcards):
    """Name the networks that see such images as one of the graphs of an explorer."""
    graphs = explored(wildcards).values()
    return sorted({name for graph in graphs for name in graph["networks"]})


def in_order(part):
    """Give a part of the configuration with its mappings in the order of their keys."""
    if isinstance(part, dict):
        return {key: in_order(part[key]) for key in sorted(part)}
    return part


def configured():
    """Give the configuration but for where downloads come from, and how."""
    downloads = set(sources.ARCHIVES)
    return in_order({key: config[key] for key in config if key not in downloads})


def in_one(section):
    """Name the entries of a section that are made in one job, but for large graphs."""
    return [
        name
        for name, entry in config[section].items()
        if entry["shards"] == 1
        and not (section == "graphs" and too_large(name))
        and not (section == "ising" and "source" in entry)
    ]


def in_shards(section):
    """Name the entries of a section that are made in shards."""
    return [
        name
        for name, entry in config[section].items()
        if entry["shards"] > 1 and not (section == "ising" and "source" in entry)
    ]


def shards_of(section):
    """Give a function that names the files of all shards of an entry, by {name}."""

    def look_up(wildcards):
        shards = config[section][wildcards.name]["shards"]
        return [
            f"results/{section}/{wildcards.name}/shards/{shard}-of-{shards}.h5"
            for shard in range(1, shards + 1)
        ]

    return look_up


def one_of(names):
    """Give the regular expression that fits the names of a section, and no other."""
    return "|".join(map(re.escape, names)) or "(?!)"
