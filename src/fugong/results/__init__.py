"""What reports hand to writers: a report of rows, and the page."""
