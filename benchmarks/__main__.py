"""Start each benchmark in a process of its own, with the same surroundings.

Only the standard library is loaded here: what a library reads when it is loaded must
be set before.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import surroundings

#: In the order in which they run: what takes long comes last.
NAMES = ("sampling", "exact", "pairs", "walking", "training", "workflow")


def main(arguments):
    """Run the benchmarks that are asked for; returns how many failed."""
    environment = surroundings.environment(os.environ, arguments.threads)
    failed = []
    for name in arguments.names or NAMES:
        command = [sys.executable, "-m", "benchmarks.run", name]
        command += ["--threads", str(arguments.threads)]
        command += [
            "--repeats",
            str(arguments.repeats or (2 if arguments.quick else 5)),
        ]
        command += ["--output", str(arguments.output)]
        command += ["--quick"] * arguments.quick
        if subprocess.run(command, env=environment).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def parser():
    """Command line of `python -m benchmarks`."""
    made = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure each kernel beside what people use today; writes "
        "results/benchmarks/<name>.json and .png.",
    )
    made.add_argument(
        "names",
        nargs="*",
        metavar="name",
        help=f"of {', '.join(NAMES)}; all by default",
    )
    made.add_argument(
        "--threads", type=int, default=2, help="of every contestant, 1 or more (2)"
    )
    made.add_argument(
        "--repeats", type=int, help="times that each is measured (5; quick: 2)"
    )
    made.add_argument(
        "--quick",
        action="store_true",
        help="tiny sizes, without peers that are not installed: to see that all works",
    )
    made.add_argument(
        "--output", type=Path, default=Path("results/benchmarks"), help="folder"
    )
    return made


if __name__ == "__main__":
    given = parser()
    chosen = given.parse_args()
    if unknown := set(chosen.names) - set(NAMES):
        given.error(f"expected names of {', '.join(NAMES)}, got {', '.join(unknown)}")
    sys.exit(main(chosen))
