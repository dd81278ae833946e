"""Content files → the deck and the workbook."""
