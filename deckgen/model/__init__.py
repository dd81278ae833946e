"""What a deck, a workbook and a page are: frozen values, nothing else."""
