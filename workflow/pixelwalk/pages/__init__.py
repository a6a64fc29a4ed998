"""HTML pages: the summary and the explorer."""
