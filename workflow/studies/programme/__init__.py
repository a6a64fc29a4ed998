"""Section 11: networks that learn the stationary distribution."""
