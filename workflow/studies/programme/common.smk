# Input and resource functions for the rules of the study `programme`.

# The two runs that the figures and claims are about.
PROGRAMME = [PAPER["programme"]["lattice"], PAPER["programme"]["images"]]


def graph_of_programme(wildcards):
    """Return the settings of the graph of a run of the programme."""
    return config["graphs"][config["programme"][wildcards.name]["graph"]]


def of_programme(what):
    """Return a function of {name}: a file that a run of the programme reads.

    `what` is `graph` or `stationary` (of the first cut of its graph), or `images` or
    `test` (the images that its networks are trained and tested on).
    """

    def look_up(wildcards):
        entry, graph = config["programme"][wildcards.name], graph_of_programme(
            wildcards
        )
        if what in ("graph", "stationary"):
            return f"results/graphs/{entry['graph']}/{graph['cuts'][0]}/{what}.h5"
        if "ising" in graph:
            return f"results/ising/{graph['ising']}/samples.h5"
        return f"results/images/{entry[what]}/images.h5"

    return look_up


def images_of_graph(wildcards):
    """Return the numbers of pixels and images of a run (of one digit at most 8,000)."""
    graph = graph_of_programme(wildcards)
    if "ising" not in graph:
        label = config["images"][graph["images"]]["label"]
        return 28 * 28, 70_000 if label == "any" else 8_000
    ensemble = config["ising"][graph["ising"]]
    sites = ensemble["rows"] * ensemble["columns"]
    return sites, ensemble["training"] + ensemble["test"]


def programme_gb(wildcards):
    """Memory in GB: Keras, 40 matrices, and four copies of the images as doubles.

    Least squares without the closed form needs six copies of up to 10,000 images more.
    """
    pixels, images = images_of_graph(wildcards)
    solved = 6 * min(images, 10_000) * pixels
    return 1.5 + 8 * (4 * pixels * images + solved + 40 * pixels**2) / 1e9


def programme_minutes(wildcards):
    """Time in minutes: three times what was measured.

    Training takes 1 ms per image and epoch and 50 ns per weight and step; a regression
    40 ns per pair of spins; single steps 100 ns per entry of the matrix; and the inverse
    covariance of a batch 1 ns times the cube of the number of pixels.
    """
    entry = config["programme"][wildcards.name]
    pixels, images = images_of_graph(wildcards)
    trained = entry["epochs"] * images * (1e-3 + pixels**2 * 50e-9 / entry["batch"])
    regressed = 2 * entry["batches"] * entry["regressed"] * pixels**2 * 40e-9
    drawn = len(entry["draws"]) * entry["repeats"] * pixels**2 * 100e-9
    inverted = len(entry["sizes"]) * entry["batches"] * pixels**3 * 1e-9
    return 5 + 3 * (trained + regressed + drawn + inverted) / MINUTE
