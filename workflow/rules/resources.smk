# What jobs ask for: the memory and the time that was measured, as functions of how much
# there is to do, and more on each further attempt.

MINUTE = 60  # s


def asked(amount, unit=1):
    """Give a function that asks for an amount, a number or a function of wildcards."""

    def ask(wildcards, attempt):
        least = amount(wildcards) if callable(amount) else amount
        return int(unit * least * attempt)

    return ask


def memory_mb(gigabytes):
    """Ask for memory; on a cluster up to 0.3 GB of it goes to Snakemake around the job."""
    return asked(gigabytes, unit=1000)


def minutes(count):
    """Ask for time: several times what was measured, for slow and shared disks."""
    return asked(count)


@functools.cache
def extent_of(name):
    """Count the images of a set, and their rows and columns; at most."""
    entry = config["images"][name]
    if known := fits.extent(entry):
        return known
    from pixelwalk.images import extent  # here, as a dry run need not wait for it

    try:
        return extent.extent(entry, sources.files_of(entry))
    except (ValueError, OSError):  # the job that reads the file says it better
        return 0, 0, 0


def loading_gb(wildcards):
    """Python and Snakemake, the images twice, a few blocks of a file or a picture."""
    entry = config["images"][wildcards.name]
    if known := fits.extent(entry):
        count, rows, columns = known
        return 0.65 + 2 * count * rows * columns / 1e9
    from pixelwalk.images import extent

    try:
        return 0.6 + extent.loading_bytes(entry, sources.files_of(entry)) / 1e9
    except (ValueError, OSError):  # the job says what is wrong with the file
        return 0.6


def size_of(section, wildcards):
    """Count the pixels and images of an entry, or of a shard; at most, if of images."""
    entry = config[section][wildcards.name]
    if section != "ising" and "ising" not in entry:
        count, rows, columns = extent_of(entry["images"])
        return rows * columns, count
    ensemble = entry if section == "ising" else config["ising"][entry["ising"]]
    images = ensemble["training"] + ensemble["test"]
    shards = int(wildcards.get("shards", 1))
    return ensemble["rows"] * ensemble["columns"], images / shards


def edges_gb(wildcards):
    """What lists of edges take once they are read: 30 times their files."""
    edges = files_of_ising(wildcards).get("edges")
    return 30 * os.path.getsize(edges) / 1e9 if edges else 0


def sampling_gb(wildcards):
    """Four copies of the spins, packed, and what is measured of each configuration.

    And 100 bytes a site where the lattice is not rectangular, and four of 64 samples.
    """
    pixels, images = size_of("ising", wildcards)
    entry = config["ising"][wildcards.name]
    plain = entry["lattice"] == "rectangular" and entry["boundary"] != "helical"
    neighbours = 0 if plain else 400 * pixels / 1e9 + edges_gb(wildcards)
    return 0.7 + images * (4 * pixels / 8 + 90) / 1e9 + neighbours


def reading_gb(wildcards):
    """The spins that are used, thrice as bytes, and what is held of their file."""
    from pixelwalk import storage

    pixels, images = size_of("ising", wildcards)
    path = files_of_ising(wildcards)["spins"]
    try:
        _, held = storage.extent(path, sources.kind_of(path), "spins")
    except (ValueError, OSError):  # the job says what is wrong with the file
        held = 0
    return 0.7 + edges_gb(wildcards) + (3 * pixels * images + held) / 1e9


def solving_gb(wildcards):
    """All states of a few sites, or all pairs of a small lattice."""
    return 1 + edges_gb(wildcards)


def sampling_minutes(wildcards):
    """Cluster updates at 30 ns, and others at 1 ns, of up to 1000 sweeps if exact.

    Where it is open which, the longer of clusters and of going back as far as a pilot
    may. So much for 4 neighbours a site; a list of edges has 4 bytes or more for each.
    """
    entry = config["ising"][wildcards.name]
    pixels, images = size_of("ising", wildcards)
    clusters = 30e-9 * entry["sweeps"]
    back = min(entry["budget"], max(64, 2**24 / pixels))
    seconds = {  # for a spin
        "exact": 1000 * 1e-9,
        "gibbs": 1e-9 * entry["sweeps"],
        "swendsen-wang": clusters,
        "auto": max(1e-9 * back, clusters),
    }[entry["method"]]
    if edges := files_of_ising(wildcards).get("edges"):
        seconds *= max(1, os.path.getsize(edges) / 4 / (2 * pixels))
    return 10 + pixels * images * seconds / MINUTE


def weighing_gb(wildcards):
    """Seven matrices of the weights of all pairs."""
    pixels, _ = size_of("graphs", wildcards)
    return 0.7 + 7 * 8 * pixels**2 / 1e9


def averaging_gb(wildcards):
    """The same, and four copies of the images, packed or as bytes."""
    pixels, images = size_of("graphs", wildcards)
    packed = "ising" in config["graphs"][wildcards.name]
    return weighing_gb(wildcards) + 4 * pixels * images / (8 if packed else 1) / 1e9


def strips_gb(wildcards):
    """Four copies of the images, packed, and a graph of the largest size allowed."""
    pixels, images = size_of("graphs", wildcards)
    return 1.5 + 4 * pixels * images / 8 / 1e9


def explored_pixels(wildcards):
    """Count the pixels of each graph that an explorer shows."""
    for name in explored(wildcards):
        shape = fits.shape_of(config["graphs"][name], config)
        yield shape[0] * shape[1] if shape else fits.MOST_PIXELS


def exploring_gb(wildcards):
    """Twelve matrices of the weights of all pairs of the largest graph, and ranks of all."""
    pixels = list(explored_pixels(wildcards))
    entries = [count**2 for count in pixels]
    return 0.8 + (12 * 8 * max(entries, default=0) + 2 * sum(entries)) / 1e9


def exploring_minutes(wildcards):
    """Thrice what was measured: 2 us an entry for all cuts of a graph."""
    entries = sum(count**2 for count in explored_pixels(wildcards))
    return 3 + 3 * entries * 2e-6 / MINUTE


def walking_gb(wildcards):
    """Three graphs, 12 bytes an entry, of all pairs or of the largest size allowed."""
    pixels, _ = size_of("graphs", wildcards)
    return 0.5 + 3 * 12 * min(pixels**2, 30e6) / 1e9


def exported_edges(wildcards):
    """Edges of a graph that is written as GraphML, of all pairs or as many as may be."""
    pixels, _ = size_of("graphs", wildcards)
    return min(pixels**2 / 2, 2e6) if wildcards.suffix == "graphml" else 0


def exporting_gb(wildcards):
    """The same as to walk; of GraphML 1.8 kB an edge."""
    return walking_gb(wildcards) + 1800 * exported_edges(wildcards) / 1e9


def exporting_minutes(wildcards):
    """Of GraphML 30 us an edge; five times that."""
    return 5 + 5 * 30e-6 * exported_edges(wildcards) / MINUTE


def training_gb(wildcards):
    """Keras and TensorFlow, and the pixels two and a half times in single precision."""
    pixels, images = size_of("autoencoders", wildcards)
    return 1.3 + 2.5 * 4 * pixels * images / 1e9


def training_minutes(wildcards):
    """A pixel of an image takes 20 ns in each epoch; five times that."""
    pixels, images = size_of("autoencoders", wildcards)
    epochs = config["autoencoders"][wildcards.name]["epochs"]
    return 5 + pixels * images * epochs * 100e-9 / MINUTE
