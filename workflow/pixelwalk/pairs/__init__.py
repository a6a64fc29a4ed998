"""The weight of every pair of pixels, averaged over images (section 11).

A pair's weight is the mean over all images of a function of the two values. The sums
behind it are integers and kept exactly, so the result depends neither on the order of
the images, nor on blocks, shards or threads.
"""

from pixelwalk.pairs.averages import PairSums, mean_image, pair_weights
from pixelwalk.pairs.blocks import KINDS
from pixelwalk.pairs.strips import Strips, share

__all__ = ["KINDS", "PairSums", "Strips", "mean_image", "pair_weights", "share"]
