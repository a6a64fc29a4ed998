"""Compare the numbers of two runs, wherever their files lie.

    python tests/compare_results.py results other/results [--claims]

Every dataset of every HDF5 file counts, by the kind of its file and its own name:
both runs must have the same bytes equally often. With --claims, what claims measured
and their verdicts, statements and criteria count too. Attributes and notes do not.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import h5py
import numpy as np


def datasets(folder):
    """Count the datasets below a folder, by kind, name and digest of the bytes."""
    counts = Counter()
    for path in Path(folder).rglob("*.h5"):
        with h5py.File(path, "r") as file:
            kind = bytes(file.attrs["kind"]).decode()

            def add(name, item, kind=kind):
                if isinstance(item, h5py.Dataset):
                    values = np.asarray(item[()])
                    about = f"{values.dtype.str} {values.shape}".encode()
                    digest = hashlib.sha256(about + values.tobytes()).hexdigest()
                    counts[kind, name, digest] += 1

            file.visititems(add)
    return counts


def claims(folder):
    """Count what claims measured, and how they were judged."""
    keys = ("id", "section", "statement", "paper", "measured", "criterion", "verdict")
    texts = json.loads(Path(folder, "claims.json").read_text(encoding="utf-8"))
    return Counter(
        (claim["id"], key, json.dumps(claim[key])) for claim in texts for key in keys
    )


def differences(first, second):
    """Give a line for each thing that one run has and the other has not."""
    for sign, more in (("-", first - second), ("+", second - first)):
        for thing, count in sorted(more.items()):
            yield f"{sign} {count} x {' '.join(thing)[:200]}"


def main():
    """Compare two folders of results; exit status 1 if they differ."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs=2, metavar="FOLDER")
    parser.add_argument("--claims", action="store_true", help="compare claims, too")
    options = parser.parse_args()
    lines = list(differences(*map(datasets, options.folders)))
    if options.claims:
        lines += differences(*map(claims, options.folders))
    print(*lines, sep="\n")
    counts = sum(datasets(options.folders[0]).values())
    print(f"{counts} datasets compared, {len(lines)} differences")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
