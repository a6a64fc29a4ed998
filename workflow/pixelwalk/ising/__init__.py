"""Ising models: lattices, samplers, diagnostics, exact references."""
