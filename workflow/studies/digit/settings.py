"""Checks of the digit that the figures and claims are about."""

from pixelwalk.config import fits


def check(config):
    """Check that the graph is of one digit, and that all image sets have one source."""
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
