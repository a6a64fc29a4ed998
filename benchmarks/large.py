"""Make a sparse graph of many pixels, and tell how much memory that took.

The memory is that of the whole process, so it is measured in a process of its own.
"""

import json
import re
import resource
import sys
from pathlib import Path

from benchmarks import ours, pairs


def main(side, count, cut, threads):
    """Print the peak of memory, in bytes, and the entries of the graph, as JSON."""
    images = pairs.random_images(int(side), int(count))
    graph = ours.heaviest_pairs(images, cut, int(threads))
    print(json.dumps({"peak memory, in bytes": _peak(), "entries": graph.nnz}))


def _peak():
    """Peak of this process' memory, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # `getrusage` would count the process too that started this one
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS: in bytes


if __name__ == "__main__":
    main(*sys.argv[1:])
