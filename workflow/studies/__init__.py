"""The studies: a folder each, and nothing of a study anywhere else."""
