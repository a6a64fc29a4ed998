"""Measure one benchmark in this process: `python -m benchmarks` starts it."""

import argparse
import importlib
import sys
import time
from pathlib import Path

from benchmarks import contest, document, picture, surroundings

#: Packages whose versions matter to everyone.
_LIBRARIES = ("numpy", "scipy", "numba", "scikit-learn", "keras", "tensorflow")


def main(arguments):
    """Measure, and write the JSON and the picture."""
    surroundings.hold(arguments.threads)
    begun = time.perf_counter()
    module = importlib.import_module(f"benchmarks.{arguments.name}")

    def tell(line):
        passed = time.perf_counter() - begun
        print(f"{arguments.name} {passed:6.1f} s | {line}", flush=True)

    conditions = contest.Conditions(
        arguments.threads, arguments.repeats, arguments.quick, tell
    )
    machine = surroundings.describe(arguments.threads)
    headlines, sweeps = module.measure(conditions)
    first, *further = headlines
    made = {
        "benchmark": arguments.name,
        "title": module.TITLE,
        "quick": arguments.quick,
        "machine": machine,
        "libraries": {name: surroundings.version(name) for name in _LIBRARIES},
    }
    made |= first | {"further": further, "sweeps": sweeps}
    path = Path(arguments.output) / f"{arguments.name}.json"
    document.write(path, made)
    if sweeps:
        picture.draw(path.with_suffix(".png"), module.TITLE, sweeps)
    for found in headlines:
        tell(document.in_words(found))
    return 0


def parser():
    """Command line of this process."""
    made = argparse.ArgumentParser(prog="python -m benchmarks.run")
    made.add_argument("name")
    made.add_argument("--threads", type=int, required=True)
    made.add_argument("--repeats", type=int, required=True)
    made.add_argument("--quick", action="store_true")
    made.add_argument("--output", required=True)
    return made


if __name__ == "__main__":
    sys.exit(main(parser().parse_args()))
