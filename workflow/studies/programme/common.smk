# What the rules of the study `programme` ask for, and where they find it.

# The two runs that the figures and claims are about.
PROGRAMME = [PAPER["programme"]["lattice"], PAPER["programme"]["images"]]


def graph_of_programme(wildcards):
    """Look up the settings of the graph that a run of the programme is about."""
    return config["graphs"][config["programme"][wildcards.name]["graph"]]


def of_programme(what):
    """Give a function that names a file a run of the programme needs, by {name}.

    Of its graph, the graph or the stationary distribution of the first cut; or the
    images, or test images, that its networks see.
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
    """Count the pixels and images of a run of the programme (a digit: up to 8,000)."""
    graph = graph_of_programme(wildcards)
    if "ising" not in graph:
        label = config["images"][graph["images"]]["label"]
        return 28 * 28, 70_000 if label == "any" else 8_000
    ensemble = config["ising"][graph["ising"]]
    sites = ensemble["rows"] * ensemble["columns"]
    return sites, ensemble["training"] + ensemble["test"]


def programme_gb(wildcards):
    """Keras, forty matrices, and in double precision four copies of the images.

    And what 10,000 images take to be solved for without the closed form.
    """
    pixels, images = images_of_graph(wildcards)
    solved = 6 * min(images, 10_000) * pixels
    return 1.5 + 8 * (4 * pixels * images + solved + 40 * pixels**2) / 1e9


def programme_minutes(wildcards):
    """Thrice what was measured of what grows with the settings.

    In training, an image takes 1 ms in each epoch and a weight 50 ns in each step; a
    pair of spins in a regression 40 ns; an entry of a matrix of single steps 100 ns;
    and the inverse covariance of each batch 1 ns times the cube of the pixels.
    """
    entry = config["programme"][wildcards.name]
    pixels, images = images_of_graph(wildcards)
    trained = entry["epochs"] * images * (1e-3 + pixels**2 * 50e-9 / entry["batch"])
    regressed = 2 * entry["batches"] * entry["regressed"] * pixels**2 * 40e-9
    drawn = len(entry["draws"]) * entry["repeats"] * pixels**2 * 100e-9
    inverted = len(entry["sizes"]) * entry["batches"] * pixels**3 * 1e-9
    return 5 + 3 * (trained + regressed + drawn + inverted) / MINUTE
