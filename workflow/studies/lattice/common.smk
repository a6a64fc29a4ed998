# What the rules of the study `lattice` ask for, and where they find it.

# Ensembles of the two lattices, by how bonds count.
LATTICES = {
    bonds: config["graphs"][name]["ising"] for bonds, name in PAPER["lattices"].items()
}


def recovery_gb(wildcards):
    """Eight matrices of all pairs, and four copies of the spins, packed."""
    pixels, images = size_of("ising", wildcards)
    return 0.7 + (8 * 8 * pixels**2 + 4 * pixels * images / 8) / 1e9


def lattices_gb(wildcards):
    """Six matrices of the larger of the two lattices that are drawn."""
    sites = [
        config["ising"][n]["rows"] * config["ising"][n]["columns"]
        for n in LATTICES.values()
    ]
    return 0.6 + 6 * 8 * max(sites) ** 2 / 1e9
