"""The summary: question, ledger, figures and how they were made, as one page."""

from pixelwalk.pages.summary.page import summary_page

__all__ = ["summary_page"]
