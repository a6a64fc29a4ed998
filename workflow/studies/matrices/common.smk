# What the rules of the study `matrices` ask for, and where they find it.


def matrices_gb(wildcards):
    """Five dense matrices of the largest size."""
    return 0.5 + 5 * 8 * max(config["matrices"][wildcards.name]["sizes"]) ** 2 / 1e9


def matrices_minutes(wildcards):
    """24 s for those of 8192; for each draw 2 s, and 2 s for 1024 pixels; five times."""
    entry = config["matrices"][wildcards.name]
    size, pixels = max(entry["sizes"]) / 8192, entry["rows"] * entry["columns"] / 1024
    seconds = 24 * size**3 + 2 * entry["draws"] * (size**2 + pixels**2)
    return 5 + 5 * seconds / MINUTE
