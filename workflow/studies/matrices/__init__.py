"""Sections 2 and 9: convolutions, Toeplitz and circulant matrices."""
