"""Figures 1 to 5. The only room that imports matplotlib; it only draws."""
