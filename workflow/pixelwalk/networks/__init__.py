"""Neural networks. The only room that imports Keras."""
