# Needs: the configuration. Makes: the names and digests of the files that image sets,
# spins and lattices are read from.
#
# Such files are no inputs of rules; the digest of their content is one of the params.
# Of inputs Snakemake compares the time, also of those that are `ancient`: an older file
# in the place of a source would rerun nothing, and one of tomorrow would fail each job.

from pixelwalk.sources import digests

digests_of_files = digests.Digests(".snakemake/pixelwalk-digests.json")


def digest_of_files(files):
    """Digest named files; None if there are none. End the run if one is unreadable."""
    files = list(files)
    try:
        return digests_of_files.of(files) if files else None
    except OSError as error:
        sys.exit(f"error: {error}")


@functools.cache
def digest_of_images(source, part, labels):
    """Digest the files of an image set, once for all sets that have them."""
    entry = {"source": source, "part": part} | ({"labels": labels} if labels else {})
    return digest_of_files(digests.named(sources.files_of(entry), source))


def content_of_images(wildcards):
    """Digest the files of an image set; None if they are embedded or downloaded."""
    entry = config["images"][wildcards.name]
    if entry["source"] in sources.ARCHIVES:  # held to the published checksums
        return None
    return digest_of_images(entry["source"], entry["part"], entry.get("labels"))


def downloads_of(wildcards):
    """Name the downloaded files of an image set; none if its files are the user's."""
    entry = config["images"][wildcards.name]
    return sources.files_of(entry) if entry["source"] in sources.ARCHIVES else {}


def files_of_ising(wildcards):
    """Name the files with the lattice and the spins of an ensemble, as far as it has."""
    entry = config["ising"][wildcards.name]
    files = {"edges": entry["lattice"], "spins": entry.get("source", "")}
    return {role: str(Path(path)) for role, path in files.items() if "/" in path}


def content_of_ising(wildcards):
    """Digest the files with the lattice and the spins of an ensemble; None without."""
    return digest_of_files(files_of_ising(wildcards).items())
