"""Make a sparse graph of many pixels, and tell how much memory that took.

The memory is that of the whole process, so it is measured in a process of its own.
"""

import json
import resource
import sys

from benchmarks import ours, pairs


def main(side, count, cut, threads):
    """Print the peak of memory, in bytes, and the entries of the graph, as JSON."""
    images = pairs.random_images(int(side), int(count))
    graph = ours.heaviest_pairs(images, cut, int(threads))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"peak memory, in bytes": peak * unit, "entries": graph.nnz}))


if __name__ == "__main__":
    main(*sys.argv[1:])
