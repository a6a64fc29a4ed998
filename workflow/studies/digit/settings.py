"""Validate the graph and the image sets that the figures and claims use."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless the graph is of one label and all sets of one source."""
    paper = config["paper"]
    images = config["graphs"][paper["digit"]].get("images")
    if images is None or config["images"][images]["label"] == "any":
        raise ValueError(
            f"paper.digit: expected a graph over images of one label, got "
            f"'{paper['digit']}'"
        )
    source = config["images"][images]["source"]
    for key in ("population", "test"):
        fits.of_source(f"paper.{key}", paper[key], source, "paper.digit", config)
