"""Structured matrices: Toeplitz, circulant, and those of convolutional layers."""
