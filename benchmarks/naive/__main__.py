"""All experiments, one after the other."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import yaml

from benchmarks.naive import basics, figures, measures


def main(config_path, mnist, output):
    """Do everything; write results.json, and the figures beside it."""
    output = Path(output)
    output.mkdir(parents=True, exist_ok=True)
    config = yaml.safe_load(Path(config_path).read_text(encoding="utf-8"))
    stream = np.random.default_rng(config["seed"])
    done, seconds, begun = {}, {}, time.perf_counter()

    def finished(stage):
        seconds[stage] = time.perf_counter() - begun - sum(seconds.values())

    ensembles = {n: basics.gibbs(s, stream) for n, s in config["ising"].items()}
    finished("samples")
    pictures = {
        n: basics.images_of(s, mnist, stream) for n, s in config["images"].items()
    }
    finished("images")
    networks = train_all(config, ensembles, pictures, stream, done)
    finished("autoencoders and locality")
    graphs = walk_all(config, ensembles, pictures)
    finished("graphs and walks")
    study(config, ensembles, pictures, graphs, stream, done, finished)
    figures.draw(output, config, networks, graphs, pictures)
    finished("figures")
    done["seconds"] = seconds
    text = json.dumps(done, default=lambda value: np.asarray(value).tolist())
    (output / "results.json").write_text(text, encoding="utf-8")
    return 0


def train_all(config, ensembles, pictures, stream, done):
    """Train every autoencoder and measure how local its fields are."""
    networks = {}
    for number, (name, settings) in enumerate(config["autoencoders"].items()):
        ensemble = config["ising"][settings["ising"]]
        spins = (ensembles[settings["ising"]] + 1) / 2
        training = spins[: ensemble["training"]]
        test = spins[ensemble["training"] :]
        history, back, fields = measures.train(settings, training, test, number)
        networks[name] = (test, back, fields, ensemble)
        edges, squared = basics.lattice(
            ensemble["rows"], ensemble["columns"], ensemble["boundary"]
        )
        done[f"loss {name}"] = history["val_loss"][-1]
        done[f"recovered {name}"] = np.mean((back > 0.5) == (test > 0.5))
        done[f"locality {name}"] = measures.locality(
            fields, edges, squared, config["paper"]["permutations"], stream
        )
    return networks


def walk_all(config, ensembles, pictures):
    """Average, cut and walk every graph."""
    graphs = {}
    for name, settings in config["graphs"].items():
        if "ising" in settings:
            count = config["ising"][settings["ising"]]["training"]
            pixels = ensembles[settings["ising"]][:count]
        else:
            pixels = pictures[settings["images"]][0]
        weights = basics.pair_weights(pixels, settings["kind"], settings["level"])
        kept = {cut: basics.cut_off(weights, cut) for cut in settings["cuts"]}
        walks = {
            cut: basics.stationary(graph, settings["teleport"])
            for cut, graph in kept.items()
        }
        graphs[name] = weights, kept, walks
    return graphs


def study(config, ensembles, pictures, graphs, stream, done, finished):
    """Repeat, permute, read: the paper's claims."""
    paper = config["paper"]
    for name in (paper["recovery"]["half"], paper["recovery"]["standard"]):
        shape = [config["ising"][name][key] for key in ("rows", "columns", "boundary")]
        edges, _ = basics.lattice(*shape)
        found = measures.recovery(ensembles[name], edges, paper["recovery"]["sizes"])
        done[f"recovery {name}"] = found
    finished("recovery")
    digit = config["graphs"][paper["digit"]]
    pixels, labels = pictures[digit["images"]]
    population, known = pictures[paper["population"]]
    candidates = population[known == labels[0]]
    done["first likeness"] = measures.likeness(pixels, digit)
    done["likeness"], done["fractions"] = [], []
    choices = [
        stream.choice(len(candidates), len(pixels), replace=False)
        for _ in range(paper["choices"])
    ]
    for chosen in choices:
        done["likeness"].append(measures.likeness(candidates[chosen], digit))
    finished("likeness")
    for chosen in choices:
        done["fractions"].append(measures.fractions(candidates[chosen]))
    done["first fractions"] = measures.fractions(pixels)
    finished("fractions")
    _, kept, walks = graphs[paper["digit"]]
    first = digit["cuts"][0]
    done["digits"] = [
        np.corrcoef(walks[first], population[known == one].mean(axis=0))[0, 1]
        for one in np.unique(known)
    ]
    accuracy, read = measures.read_digits(
        (population, known), pictures[paper["test"]], list(walks.values())
    )
    done["accuracy"], done["read"] = accuracy, read
    finished("reading")
    done["steps"] = measures.steps(
        walks[first], kept[first], digit["teleport"], pictures[paper["test"]][0], stream
    )
    finished("steps")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
