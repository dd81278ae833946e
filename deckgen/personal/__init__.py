"""A workbook for each team of a list, made of one that was checked."""
