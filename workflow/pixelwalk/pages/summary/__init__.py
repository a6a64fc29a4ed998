"""The summary: question, ledger, figures and configuration, as one HTML page."""

from pixelwalk.pages.summary.page import summary_page

__all__ = ["summary_page"]
