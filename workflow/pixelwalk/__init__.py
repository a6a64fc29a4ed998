"""Learn the graph behind a set of images, walk on it, and measure how sparse it is.

The rooms, in the order in which data passes them: `lattice`, `ising`, `images`;
`pairs`; `graph`; `walk`; `networks`; `claims`, `figures`. An import goes to the
left, never to the right. `settings`, `seeds`, `stages` and `storage` serve them all.
"""

__version__ = "0.1.0"
