"""Fetch one of the four official files of MNIST, or of a set of its format."""

import json
import logging
import os
from pathlib import Path

from pixelwalk import images
from pixelwalk.jobs import stages

# The mirrors are no params on purpose: the file is the same from all of them, so that
# a new list of mirrors reruns nothing.
archive = snakemake.config[snakemake.wildcards.archive]
# Addresses with a password come this way; in the configuration it is hidden.
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
