"""Load sets of images, and say what memory that took: a program of its own.

    python loading.py SETTINGS

takes a list of settings as JSON, and prints one of `asked`, what the rule asks for, and
`used`, the largest resident size meanwhile, in GB.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np

from pixelwalk import images, sources
from pixelwalk.images import extent


def load(settings):
    """Load a set as `select_images` does."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # a new largest
    files = sources.files_of(settings)
    images.load(settings, files, stream=np.random.default_rng(1))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    used = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1e6
    # Of what the rule asks for, 0.3 GB are for Snakemake around the job.
    asked = 0.6 - 0.3 + extent.loading_bytes(settings, files) / 1e9
    return {"asked": round(asked, 3), "used": round(used, 3)}


if __name__ == "__main__":
    print(json.dumps([load(settings) for settings in json.loads(sys.argv[1])]))
