# Resource functions for the rules of the study `matrices`.


def matrices_gb(wildcards):
    """Memory in GB: five dense matrices of the largest size."""
    return 0.5 + 5 * 8 * max(config["matrices"][wildcards.name]["sizes"]) ** 2 / 1e9


def matrices_minutes(wildcards):
    """Time in minutes: five times 24 s for size 8192, and 2 s + 2 s per draw."""
    entry = config["matrices"][wildcards.name]
    size, pixels = max(entry["sizes"]) / 8192, entry["rows"] * entry["columns"] / 1024
    seconds = 24 * size**3 + 2 * entry["draws"] * (size**2 + pixels**2)
    return 5 + 5 * seconds / MINUTE
