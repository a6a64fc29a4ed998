"""Section 10: linear networks that learn shifts become circulant."""
