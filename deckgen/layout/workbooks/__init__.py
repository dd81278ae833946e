"""The pages of a workbook."""
