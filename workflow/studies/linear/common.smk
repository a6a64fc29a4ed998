# What the rules of the study `linear` ask for, and where they find it.


def dense_pixels(wildcards):
    """Count the pixels of the images that a linear network sees."""
    entry = config["linear"][wildcards.name]
    pixels, _ = size_of("linear", wildcards)
    return pixels / entry["reduce"] ** 2


def dense_gb(wildcards):
    """Keras and TensorFlow, the images, and 40 matrices from all pixels to all."""
    pixels, images = size_of("linear", wildcards)
    matrices = 40 * 8 * dense_pixels(wildcards) ** 2
    return 1.3 + (4 * pixels * images + matrices) / 1e9


def dense_minutes(wildcards):
    """Products of two such matrices, at 10 Gflop/s: 3 a layer and step; 20 to solve."""
    entry = config["linear"][wildcards.name]
    solved = 20 * 14 * len(entry["noise"]) * entry["repeats"]
    steps = entry["steps"] * (6 + 3 * sum(entry["layers"]))
    return 5 + (solved + steps) * 2 * dense_pixels(wildcards) ** 3 / 1e10 / MINUTE
