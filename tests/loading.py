"""Load a set of images, and say what memory that took: a program of its own.

    python loading.py SETTINGS

takes settings as JSON, and prints JSON: `asked`, what the rule asks for, and `used`,
the largest resident size, in GB.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np

from pixelwalk import images, sources


def main(settings):
    """Load a set as `select_images` does."""
    files = sources.files_of(settings)
    images.load(settings, files, stream=np.random.default_rng(1))
    # Of what the rule asks for, 0.3 GB are for Snakemake around the job.
    # `resource` would count what the process was before it became this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    used = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1e6
    asked = 0.6 - 0.3 + images.loading_bytes(settings, files) / 1e9
    print(json.dumps({"asked": round(asked, 3), "used": round(used, 3)}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
