# Resource functions for the rules of the study `linear`.


def dense_pixels(wildcards):
    """Return the number of pixels of the images after `reduce`."""
    entry = config["linear"][wildcards.name]
    pixels, _ = size_of("linear", wildcards)
    return pixels / entry["reduce"] ** 2


def dense_gb(wildcards):
    """Memory in GB: Keras and TensorFlow, the images, and 40 pixels x pixels matrices."""
    pixels, images = size_of("linear", wildcards)
    matrices = 40 * 8 * dense_pixels(wildcards) ** 2
    return 1.3 + (4 * pixels * images + matrices) / 1e9


def dense_minutes(wildcards):
    """Time in minutes: matrix products at 10 Gflop/s, 3 per layer and step, 20 to solve."""
    entry = config["linear"][wildcards.name]
    solved = 20 * 14 * len(entry["noise"]) * entry["repeats"]
    steps = entry["steps"] * (6 + 3 * sum(entry["layers"]))
    return 5 + (solved + steps) * 2 * dense_pixels(wildcards) ** 3 / 1e10 / MINUTE
