"""Pages of HTML: the summary and the explorer."""
