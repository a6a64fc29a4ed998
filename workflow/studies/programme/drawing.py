"""What the figures of the programme share: colours, markers, and the runs they show."""

from typing import NamedTuple

from pixelwalk import storage
from studies.programme.kinds import Networks, Optimum

#: Of Okabe and Ito, safe for the colour-blind; and markers, to tell lines apart without
#: colour.
COLOURS = ("#000000", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKERS = "os^DvPX"

#: Font size of the titles of panels.
TITLE = 16


class Run(NamedTuple):
    """Trained networks, and the closed form for the same images."""

    networks: Networks
    optimum: Optimum


def read_runs(networks, optima):
    """Read the files of several runs: list of Run."""
    return [
        Run(storage.read(first, Networks), storage.read(second, Optimum))
        for first, second in zip(networks, optima, strict=True)
    ]
