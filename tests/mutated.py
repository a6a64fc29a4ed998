"""Read mutated files of images, and say how that went: a program of its own.

    python mutated.py FORMAT COUNT SEED FOLDER

prints JSON: files that were read and refused, the longest time in seconds, the memory
that came on top in MB, and each error that is not one line about the file. A crash of a
library ends it, with the file that did it as FOLDER/mutated.*.
"""

import gzip
import json
import resource
import struct
import sys
import time
from pathlib import Path

import h5py
import numpy as np
from PIL import Image

from pixelwalk import images

IMAGES = np.random.default_rng(6).integers(0, 256, (12, 9, 10), np.uint8)


def _idx(path):
    head = bytes([0, 0, 8, 3]) + struct.pack(">3I", *IMAGES.shape)
    path.write_bytes(gzip.compress(head + IMAGES.tobytes(), mtime=0))


def _hdf5(path):
    with h5py.File(path, "w") as file:
        file.create_dataset("images", data=IMAGES, chunks=(5, 9, 10), compression=4)
        file["labels"] = np.arange(12)


def _picture(path):
    Image.fromarray(np.tile(IMAGES[0], (4, 4))).save(path)


def _npz(path):
    np.savez_compressed(path, images=IMAGES.astype(float), labels=np.arange(12))


#: How a file of each format is written, by its ending.
FORMATS = {
    "npy": lambda path: np.save(path, IMAGES.astype(np.float32)),
    "npz": _npz,
    "h5": _hdf5,
    "idx": _idx,
    "png": _picture,
    "jpg": _picture,
    "tif": _picture,
    "bmp": _picture,
    "gif": _picture,
    "webp": _picture,
}
KINDS = {"npy": "npy", "npz": "npz", "h5": "hdf5", "idx": "idx"}


def mutate(content, stream):
    """Change, add or leave out some bytes, most often near the beginning."""
    content = bytearray(content)
    for _ in range(stream.integers(1, 5)):
        reach = len(content) if stream.random() < 0.5 else min(200, len(content))
        place, how = int(stream.integers(0, max(1, reach))), stream.random()
        some = bytes(stream.integers(0, 256, int(stream.integers(1, 9)), np.uint8))
        if how < 0.5:
            content[place : place + 1] = some[:1]
        elif how < 0.7:
            content[place : place + len(some)] = some
        elif how < 0.8:
            content[place:place] = some
        elif how < 0.9:
            del content[place : place + len(some)]
        elif how < 0.95:
            content[place : place + 4] = b"\xff" * 4
        else:
            del content[place:]
    return bytes(content)


def read(path, ending):
    """Read a file as an image set would."""
    if ending in KINDS:
        with images.open_images(path, KINDS[ending]) as (found, _):
            for _ in found.read(np.arange(len(found))):
                pass
    else:
        found = images.Pictures([path])
        for image in found.read([0]):
            images.shaped(image, size=(28, 28))


def main(ending, count, seed, folder):
    """Read so many mutated files."""
    path = Path(folder) / f"mutated.{ending}"
    FORMATS[ending](path)
    whole, stream = path.read_bytes(), np.random.default_rng(seed)
    read(path, ending)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {"read": 0, "refused": 0, "seconds": 0.0, "wrong": []}
    for _ in range(count):
        path.write_bytes(mutate(whole, stream))
        start = time.perf_counter()
        try:
            read(path, ending)
            told["read"] += 1
        except ValueError as error:
            told["refused"] += 1
            line = str(error)
            if "\n" in line or not line.startswith(str(path)):
                told["wrong"].append(line)
        except Exception as error:
            told["wrong"].append(f"{type(error).__name__}: {error}")
        told["seconds"] = max(told["seconds"], time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(told | {"megabytes": (peak - before) / 1000}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
