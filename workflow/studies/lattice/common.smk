# Input and resource functions for the rules of the study `lattice`.

# Ensembles of the two lattices, by the way of counting bonds.
LATTICES = {
    bonds: config["graphs"][name]["ising"] for bonds, name in PAPER["lattices"].items()
}


def recovery_gb(wildcards):
    """Memory in GB: eight matrices of all pairs, four copies of the packed spins."""
    pixels, images = size_of("ising", wildcards)
    return 0.7 + (8 * 8 * pixels**2 + 4 * pixels * images / 8) / 1e9


def lattices_gb(wildcards):
    """Memory in GB: six matrices of the larger of the two lattices drawn."""
    sites = [
        config["ising"][n]["rows"] * config["ising"][n]["columns"]
        for n in LATTICES.values()
    ]
    return 0.6 + 6 * 8 * max(sites) ** 2 / 1e9
