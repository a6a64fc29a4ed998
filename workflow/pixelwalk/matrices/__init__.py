"""Matrices with a structure: of convolutions, Toeplitz and circulant."""
