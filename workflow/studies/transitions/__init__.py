"""The averaged graph through the critical point of the Ising model."""
