"""The explorer: what the walk does on every graph, as one page for a browser."""

from pixelwalk.pages.explorer.page import explorer_page

__all__ = ["explorer_page"]
