"""Read a part of MNIST for a test."""

from pixelwalk import storage
from pixelwalk.sources.mnist import find_part


def read_part(folder, part):
    """Give the images and the labels of one part in a folder of the official files."""
    images, labels = find_part(folder, part)
    return storage.read_idx(images, 3), storage.read_idx(labels, 1)
