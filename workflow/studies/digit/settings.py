"""Validate the graph and the image sets that the figures and claims use."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless the graph is of one digit and all sets of one source."""
    paper = config["paper"]
    images = config["graphs"][paper["digit"]].get("images")
    if images is None or isinstance(config["images"][images]["label"], str):
        raise ValueError(
            f"paper.digit: expected a graph over images of one digit, got "
            f"'{paper['digit']}'"
        )
    source = config["images"][images]["source"]
    for key in ("population", "test"):
        fits.of_source(f"paper.{key}", paper[key], source, "paper.digit", config)
