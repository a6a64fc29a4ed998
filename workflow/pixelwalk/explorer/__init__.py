"""The explorer: what the walk does on every graph, as one page for a browser."""

from pixelwalk.explorer.page import describe, explorer_page

__all__ = ["describe", "explorer_page"]
