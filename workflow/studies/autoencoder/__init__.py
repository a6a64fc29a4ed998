"""Section 8: what an autoencoder of Ising samples learns."""
