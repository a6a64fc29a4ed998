"""Weights of all pairs of pixels, averaged over images (section 11).

The weight of a pair is the mean over all images of a function of its two values. Its
sum is an exact integer, so the result depends neither on the order of the images, nor
on blocks, shards or threads.
"""

from pixelwalk.pairs.averages import PairSums, mean_image, pair_weights
from pixelwalk.pairs.blocks import KINDS
from pixelwalk.pairs.strips import Strips, share

__all__ = ["KINDS", "PairSums", "Strips", "mean_image", "pair_weights", "share"]
