# Needs: a folder that can be written. Makes: sure of that, and that the configuration
# can be read, each in words that help where Snakemake's own would not.

import re
from pathlib import Path

from pixelwalk import configtext, faults


def look(folder):
    """End the run with one line if files cannot be made in a folder."""
    try:
        faults.look(folder)
    except OSError as error:
        sys.exit(f"error: {error}")


look(".snakemake")  # also for a dry run
try:
    for path in filter(os.path.exists, [*workflow.configfiles, "config.yaml"]):
        configtext.look(path)
except ValueError as error:
    sys.exit(f"error in the configuration: {error}")


onstart:
    look("results")


def why_failed(text):
    """Find, in Snakemake's own log, the logs of jobs that failed, and what these say."""
    for path in re.findall(r"^ +log: (\S+) \(check log", text, re.MULTILINE):
        there = Path(path).is_file()
        lines = Path(path).read_text("utf-8", "replace").splitlines() if there else []
        wrong = [line for line in lines if line.startswith("error: ")]
        if wrong:
            yield f"{path}: {wrong[-1].removeprefix('error: ')}"


onerror:
    # What a job said stands far above, amid what Snakemake says of it.
    told = [
        Path(path).read_text(encoding="utf-8", errors="replace") for path in log
    ]
    for reason in sorted({reason for text in told for reason in why_failed(text)}):
        print(f"What went wrong, in {reason}", file=sys.stderr)
    # Of what Snakemake itself could not write it says little.
    if any("No space left on device" in text for text in told):
        print("error: the disk is full; make room and run again", file=sys.stderr)
