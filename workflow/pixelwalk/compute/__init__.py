"""Packed bits, wide words, compiled kernels, seeds and shards."""
