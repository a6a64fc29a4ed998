"""Download one of the four files of MNIST, or of a set in its format."""

import json
import logging
import os
from pathlib import Path

from pixelwalk import images
from pixelwalk.jobs import stages

# Mirrors are deliberately no params: all of them hold the same file, so a new list of
# mirrors must rerun nothing.
archive = snakemake.config[snakemake.wildcards.archive]
# Addresses with passwords; the configuration holds them without.
private = json.loads(os.environ.get("PIXELWALK_PRIVATE_MIRRORS", "{}"))

with stages.logged(snakemake) as terminal:
    log = Path(snakemake.log[0])
    if failed := images.failed_before(log, os.getenv("PIXELWALK_RUN")):
        logging.info("not tried: %s says why", failed)
        raise SystemExit(1)
    images.fetch(
        snakemake.wildcards.file,
        Path(snakemake.output.file).parent,
        private.get(snakemake.wildcards.archive, archive["mirrors"]),
        timeout=archive["timeout"],
        retries=archive["retries"],
        archive=snakemake.wildcards.archive,
        terminal=terminal,
    )
