"""Section 11: the walk on the graph of a digit."""
