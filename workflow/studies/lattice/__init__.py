"""Section 11: averaged pair weights of Ising samples find the lattice."""
