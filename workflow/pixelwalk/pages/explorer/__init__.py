"""The explorer: an interactive HTML page with the walk on every graph."""

from pixelwalk.pages.explorer.page import explorer_page

__all__ = ["explorer_page"]
