"""Card faces on sheets of paper."""
