"""What came back, as a report: a PDF, a page for a browser, and the actions for other programs."""
