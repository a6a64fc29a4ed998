# Names and resource functions for the rules of the study `autoencoder`.

# Networks whose locality is measured. Figures 1 and 2 show the first, and all replicas
# have its settings.
NETWORKS = PAPER["autoencoders"]["half"] + PAPER["autoencoders"]["standard"]
FIRST = NETWORKS[0]

# Ensembles of the replicas; none if left out.
ROLES = ("half", "standard", "infinite") if "replicas" in PAPER else ()
REPLICAS = [PAPER["replicas"][role] for role in ROLES]
INFINITE = PAPER["replicas"]["infinite"] if ROLES else "none"


def replica_settings():
    """Return the settings of all replicas: how many, and those of the first network."""
    entry = config["autoencoders"][FIRST]
    chosen = {key: entry[key] for key in sorted(entry) if key != "ising"}
    return chosen | {"networks": PAPER["replicas"]["networks"]} if REPLICAS else {}


def replicas_gb(wildcards):
    """Memory in GB: Keras and TensorFlow, the samples five times in single precision."""
    pixels, images = size_of("ising", wildcards)
    return 1.3 + 5 * 4 * pixels * images / 1e9


def replicas_minutes(wildcards):
    """Time in minutes: five times 20 ns for a pixel of an image in each epoch."""
    pixels, images = size_of("ising", wildcards)
    epochs = config["autoencoders"][FIRST]["epochs"]
    return 5 + pixels * images * epochs * 100e-9 / MINUTE
