"""Every kernel of the package beside what people use today, in one run.

`python -m benchmarks` measures, and writes results/benchmarks/<name>.json and .png.
"""
