"""What decks and workbooks are."""
