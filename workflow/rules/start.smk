# Needs: a folder that can be written. Makes: sure of that, and that the configuration
# can be read, each in words that help where Snakemake's own would not.

import re
from pathlib import Path
from uuid import uuid4

import products
import runlog
from pixelwalk.config import text
from pixelwalk.jobs import faults

runlog.install(workflow)
# For jobs that look whether another of the same run has failed as they would.
os.environ.setdefault("PIXELWALK_RUN", uuid4().hex)


def look(folder):
    """End the run with one line if files cannot be made in a folder."""
    try:
        faults.check_writable(folder)
    except OSError as error:
        sys.exit(f"error: {error}")


look(".snakemake")  # also for a dry run
if re.search("[{}]", BASE):
    sys.exit(
        f"error: {text.one_line(BASE)}: expected a folder without {{}}, which "
        "Snakemake takes for wildcards; rename it"
    )
# A module is given its configuration; the files are those of another workflow.
CONFIGS = [] if workflow.modifier.skip_configfile else [*workflow.configfiles, CONFIG]
try:
    for path in filter(os.path.exists, CONFIGS):
        text.check(path)
except ValueError as error:
    sys.exit(f"error in the configuration: {error}")


onstart:
    look("results")


def lines_of_jobs(text, begin):
    """Find, in Snakemake's own log, the logs of jobs, and their lines that begin so."""
    for path in re.findall(r"^ +log: (\S+)", text, re.MULTILINE):
        there = Path(path).is_file()
        lines = Path(path).read_text("utf-8", "replace").splitlines() if there else []
        for line in lines:
            if line.startswith(begin):
                yield f"{path}: {line.removeprefix(begin)}"


def tell_at_the_end(log):
    """Repeat what jobs said: it stands far above, amid what Snakemake says of them."""
    told = [Path(path).read_text(encoding="utf-8", errors="replace") for path in log]
    for begin, heading in (
        ("warning: ", "To know, of"),
        ("error: ", "What went wrong, in"),
    ):
        found = {line for log in told for line in lines_of_jobs(log, begin)}
        for line in sorted(found):
            print(f"{heading} {line}", file=sys.stderr)
    return told


def tell_what_was_made():
    """Name what a run made, as `make` does, which does it by itself."""
    made = [file for job in workflow.dag.finished_jobs for file in job.output]
    try:
        lines = products.told(made) + products.others(made)
    except ValueError as error:
        lines = [f"error: {error}"]
    if made and "PIXELWALK_MAKE" not in os.environ:
        print("Made", *lines, sep="\n", file=sys.stderr)


onsuccess:
    tell_what_was_made()
    tell_at_the_end(log)


onerror:
    tell_what_was_made()
    told = tell_at_the_end(log)
    # Of what Snakemake itself could not write it says little.
    full = ("No space left on device", "File too large")
    if any(words in log for log in told for words in full):
        print("error: the disk is full; make room and run again", file=sys.stderr)
