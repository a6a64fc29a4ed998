# Needs: a folder that can be written. Makes: sure of that, and that the configuration
# can be read, each in words that help where Snakemake's own would not.

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
    sys.exit(f"error in the configuration: {configtext.one_line(error)}")


onstart:
    look("results")


onerror:
    # Of what Snakemake itself could not write it says little.
    told = [
        Path(path).read_text(encoding="utf-8", errors="replace") for path in log
    ]
    if any("No space left on device" in text for text in told):
        print("error: the disk is full; make room and run again", file=sys.stderr)
